using System.Collections.Immutable;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Tests.Ops;

/// <summary>One primitive applied to numbers written in the test.</summary>
internal static class Evaluation
{
    public static DenseTensor Tensor(int[] shape, params double[] values) => new([.. shape], values);

    public static DenseTensor Count(params int[] shape) =>
        new([.. shape], [.. Enumerable.Range(0, shape.Aggregate(1, (n, s) => n * s)).Select(i => (double)i)]);

    public static DenseTensor Of(Primitive op, params DenseTensor[] inputs) => op.Evaluate([.. inputs])[0];

    public static void Is(DenseTensor actual, int[] shape, params double[] values)
    {
        Assert.Equal(shape, actual.Shape);
        Assert.Equal(values, actual.Values);
    }

    public static IrException Refuses(Primitive op, params Shape[] shapes) =>
        Assert.Throws<IrException>(() => op.Infer([.. shapes.Select(s => TensorType.Float(s))]));
}
