using System.Collections.Immutable;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>
/// What primitives share that compute a value for each entry (i, j) of a sparse matrix and each column from rows i and j of others:
/// z = d[i] + s[j], bent at zero, e = max(z, slope z). Entries count as being there or not.
/// </summary>
internal static class Edges
{
    public static void Infer(Primitive op, ImmutableArray<TensorType> inputs)
    {
        (TensorType a, TensorType rows) = (inputs[0], inputs[1]);
        Typing.Require(a.IsSparse && a.Shape.Rank == 2 && a.Shape[0].Equals(a.Shape[1]), op, "takes the matrix of a graph");
        bool fits = rows.Shape.Rank == 2 && rows.Shape[0].Equals(a.Shape[0]) && rows.Shape[1].IsConstant && inputs.Skip(1).All(i => i.Equals(rows));
        Typing.Require(rows.Element == ElementType.Float32 && fits, op, $"takes f32 rows of one width for {a.Shape}");
    }

    /// <summary>Every (i, j) where there is an entry, row by row.</summary>
    public static IEnumerable<(int I, int J)> Of(DenseTensor a) =>
        Enumerable.Range(0, a.Values.Length).Where(e => a.Values[e] != 0).Select(e => (e / a.Shape[1], e % a.Shape[1]));

    public static double Bent(double z, double slope) => Math.Max(z, slope * z);
}
