using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Tests.Interpret;

/// <summary>Sums over edges in float32: each weight is computed by itself and rounds, terms are added in a given order.</summary>
internal sealed class FloatEdges(SummationOrder order, bool poorFunctions)
{
    public DenseTensor Sum(EdgeSum op, ImmutableArray<DenseTensor> x)
    {
        (DenseTensor a, DenseTensor d, DenseTensor s, DenseTensor l) = (x[0], x[1], x[2], x[3]);
        int width = d.Shape[^1], nodes = a.Shape[^1];
        ImmutableArray<Scalar> v = Scalar.Arguments(3);
        Scalar weight = Scalar.Exp(Bent(v[0] + v[1], op.Slope) - v[2]);
        weight = op.Below == 1 ? weight : Scalar.Select(Scalar.LessThan(v[0] + v[1], 0), weight * op.Below, weight);
        ILookup<int, (int I, int J)> edges = Edges.Of(a).ToLookup(e => op.IsTransposed ? e.J : e.I);
        return Each(d, (row, n) => order.Of([.. edges[row].Select(e =>
        {
            (int i, int j) = ((e.I * width) + n, (e.J * width) + n);
            float entry = op.IsWeighted ? (float)a.Values[(e.I * nodes) + (e.J % nodes)] : 1;
            return (Value(weight, d.Values[i], s.Values[j], l.Values[i]) * entry, x.Length > 4 ? (float)x[4].Values[op.IsTransposed ? i : j] : 1);
        })]));
    }

    public DenseTensor LogSum(EdgeLogSum op, ImmutableArray<DenseTensor> x)
    {
        (DenseTensor d, DenseTensor s) = (x[1], x[2]);
        int width = d.Shape[^1];
        ImmutableArray<Scalar> v = Scalar.Arguments(3);
        ILookup<int, int> edges = Edges.Of(x[0]).ToLookup(e => e.I, e => e.J);
        return Each(d, (row, n) =>
        {
            double own = d.Values[(row * width) + n];
            double[] others = [.. edges[row].Select(j => s.Values[(j * width) + n])];
            if (others.Length == 0)
            {
                return 0;
            }

            float most = Value(Bent(v[0] + v[1], op.Slope), own, others.Max(), 0);
            float sum = order.Of([.. others.Select(o => (Value(Scalar.Exp(Bent(v[0] + v[1], op.Slope) - v[2]), own, o, most), 1f))]);
            return Value(v[0] + Scalar.Log(v[1]), most, sum, 0);
        });
    }

    private float Value(Scalar body, double a, double b, double c) => FloatScalar.Evaluate(body, [(float)a, (float)b, (float)c], order, poorFunctions);

    private static Scalar Bent(Scalar z, float slope) => Scalar.Max(z, z * slope);

    private static DenseTensor Each(DenseTensor like, Func<int, int, double> value)
    {
        int width = like.Shape[^1];
        return new DenseTensor(like.Shape, [.. Enumerable.Range(0, like.Values.Length).Select(i => value(i / width, i % width))]);
    }
}
