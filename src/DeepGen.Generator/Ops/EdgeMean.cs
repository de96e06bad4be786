using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>
/// Bounds of y = Σ p x where the weights p = exp(e − l) of a row add up to one, however far apart the ends of the weights are: y lies between
/// the least x of the neighbours and the greatest, and is 0 where there are none. max x ≤ ln(Σ exp(β x)) / β ≤ max x + (ln n) / β, and what is there in the
/// middle is an <see cref="EdgeLogSum"/> that has bounds of its own.
/// </summary>
/// <remarks>
/// Rounding takes p to p exp(δ), and with it y by (exp(δ) − 1) max |x| at most. As −ln p = l − e, Σ p |e| is at most |l| and the entropy of p, which is at most
/// ln n; so a relative error of all e, k u, weighs as much as one of k u (|l| + ln n). With the errors of <see cref="EdgeRounding"/>, twice in e
/// (3.01 u here, 2.01 u in l) and twice in l (1.01 u here and where l was added up), the rest of l as <see cref="EdgeLogSum"/> has it, and those of the sum itself,
///   δ ≤ 8 u (|l| + 1 + n / 7) + 2 Exp + (2 n + 2) u + (u + Log) (1 + n / 7) + 0.04 Log,
/// and exp(δ) − 1 ≤ δ + δ² where δ ≤ 1.
/// </remarks>
internal static class EdgeMean
{
    private const float Sharpness = 1024;

    /// <summary>What is known of y, nearer than the bounds from weights where those are far apart.</summary>
    public static Bounds Of(Bounds a, Bounds l, Bounds x, EdgeRounding edges, BoundBuilder b)
    {
        (Node greatest, Node least) = (Greatest(a, x, b), b.Negate(Greatest(a, b.Apply(new Negate(), x), b)));
        if (b.Rounding.IsExact)
        {
            return new Bounds(least, greatest);
        }

        (double u, double log) = (b.Rounding.Unit, b.Rounding.Log);
        double each = (((9 * u) + log) / 7) + (2 * u), once = (2 * b.Rounding.Exp) + (11 * u) + (1.04 * log);
        Node size = b.Magnitude(l);
        Node ofSize = b.Add(new Multiply(), size, b.Filled(BoundBuilder.RoundUp(9 * u), size));
        Node delta = b.Add(new Add(), edges.Loss(1.1 * each, 1.1 * once), ofSize);
        Node one = b.Filled(1, delta);
        Node share = b.Add(new Multiply(), delta, b.Add(new Add(), delta, b.Filled(1 + (16 * u), one)));
        share = b.Select(b.Less(delta, one), share, b.Filled(double.PositiveInfinity, one));
        Node underflow = edges.Reach(b.Magnitude(x), isWeighted: false, 3 * b.Rounding.Floor);
        Node error = b.Add(new Add(), b.Add(new Multiply(), share, b.Magnitude(new Bounds(least, greatest))), underflow);
        double floor = Math.Pow(2, 34) * b.Rounding.Smallest;
        return new Bounds(
            b.Below(b.Add(new Subtract(), least, error), 4 * u, floor),
            b.Above(b.Add(new Add(), greatest, error), 4 * u, floor));
    }

    /// <summary>What is known where some terms are left out and each other counts so many times at most: they are beside 0.</summary>
    public static Bounds OfSome(Bounds mean, float most, BoundBuilder b)
    {
        Node zero = b.Filled(0, mean.Lower);

        // An entry multiplies its term, which rounds once more in the value as in its bound.
        double u = b.Rounding.IsExact ? 0 : b.Rounding.Unit;
        Node times = b.Filled(u == 0 ? most : BoundBuilder.RoundUp(most * (1 + (4 * u))), zero);
        Node lower = b.Add(new Multiply(), b.Min(mean.Lower, zero), times), upper = b.Add(new Multiply(), b.Max(mean.Upper, zero), times);
        return u == 0 ? new Bounds(lower, upper) : new Bounds(b.Below(lower, 2 * u), b.Above(upper, 2 * u));
    }

    /// <summary>At least the greatest x of the neighbours; near zero where there are none.</summary>
    private static Node Greatest(Bounds a, Bounds x, BoundBuilder b)
    {
        Bounds Number(double value) => new(b.Filled(value, x.Lower));
        Bounds scaled = b.Apply(new Multiply(), x, Number(Sharpness));
        return b.Apply(new Multiply(), b.Apply(new EdgeLogSum(1), a, Number(0), scaled), Number(1 / Sharpness)).Upper;
    }
}
