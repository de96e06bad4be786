using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Ops;

/// <summary>
/// What primitives share that compute a value for each entry (i, j) of a sparse matrix and each column from rows i and j of others:
/// z = d[i] + s[j], bent at zero, e = max(z, slope z). Entries count as being there or not.
/// </summary>
internal static class Edges
{
    public static void Infer(Primitive op, ImmutableArray<TensorType> inputs, float slope)
    {
        Typing.Require(slope is >= 0 and <= 1, op, $"cannot bend by {FloatText.Of(slope)}");
        (TensorType a, TensorType rows) = (inputs[0], inputs[1]);
        int last = a.Shape.Rank - 1;
        Typing.Require(a.IsSparse && last is 1 or 2 && a.Shape[last - 1].Equals(a.Shape[last]), op, "takes the matrix of a graph");
        bool fits = rows.Shape.Rank == last + 1 && rows.Shape.Take(last).SequenceEqual(a.Shape.Take(last)) && rows.Shape[last].IsConstant && inputs.Skip(1).All(i => i.Equals(rows));
        Typing.Require(rows.Element == ElementType.Float32 && fits, op, $"takes f32 rows of one width for {a.Shape}");
    }

    /// <summary>Every (i, j) where there is an entry, row by row; the nodes of a sample's graph are counted on from those before it.</summary>
    public static IEnumerable<(int I, int J)> Of(DenseTensor a)
    {
        int nodes = a.Shape[a.Shape.Length - 1];
        return Enumerable.Range(0, a.Values.Length).Where(e => a.Values[e] != 0).Select(e => (e / nodes, (e / (nodes * nodes) * nodes) + (e % nodes)));
    }

    public static double Bent(double z, double slope) => Math.Max(z, slope * z);
}
