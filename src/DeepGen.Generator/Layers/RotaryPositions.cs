using DeepGen.Generator.Check;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Layers;

/// <summary>Which two numbers of a head are turned together; names and numbers are those of the attributes' enumeration.</summary>
internal enum Rotary
{
    None,
    Halves,
    Pairs,
}

/// <summary>
/// Turns two numbers (a, b) of a head at position i by the angle i ωₖ, ωₖ = base^(−2k / n), to (a cos − b sin, b cos + a sin): the
/// product of a query and a key then depends on how far apart they are (Su et al. 2021).
/// </summary>
internal static class RotaryPositions
{
    /// <param name="x">[B, t, heads, n], n being even.</param>
    /// <param name="pairing">Which numbers belong together.</param>
    /// <param name="base">The base of the frequencies.</param>
    public static Term Turned(Term x, Rotary pairing, double @base)
    {
        int half = x.Shape[3].Value / 2;
        bool isPairs = pairing == Rotary.Pairs;
        Shape split = isPairs ? x.Shape.With(3, half) : x.Shape;
        Term apart = isPairs ? x.Reshape(Shape.Of(split.Append(2))) : x;
        int axis = isPairs ? 4 : 3;
        int length = isPairs ? 1 : half;
        Term a = apart.Slice(axis, 0, length), b = apart.Slice(axis, length, length);
        Term cosine = Angles(x, half, @base, Math.Cos).Over(a.Shape, 1, 3);
        Term sine = Angles(x, half, @base, Math.Sin).Over(a.Shape, 1, 3);
        Term turned = ((a * cosine) - (b * sine)).Concat(axis, (b * cosine) + (a * sine));
        return turned.Reshape(x.Shape);
    }

    private static Term Angles(Term x, int frequencies, double @base, Func<double, double> f)
    {
        Term table = Positional.Table(x.Graph, Positional.Longest(x), frequencies, @base, (angle, _) => f(angle), k => k, frequencies);
        return Positional.Rows(table, x.Shape[1]);
    }
}
