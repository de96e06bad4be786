using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Ops;

/// <summary>
/// Sum or maximum over a sliding window of every channel, channels last. Outside the image is nothing: zero for a sum,
/// -∞ for a maximum.
/// </summary>
internal sealed record Window(
    Reduction Kind,
    EquatableArray<int> Size,
    EquatableArray<int> Stride,
    EquatableArray<int> PadBefore,
    EquatableArray<int> PadAfter) : Primitive, IGradientRule, IIntervalRule
{
    public override string Name => "window";

    public override string Attributes => FormattableString.Invariant(
        $"{(Kind == Reduction.Sum ? "sum" : "max")} size={string.Join(",", Size)} stride={string.Join(",", Stride)} before={string.Join(",", PadBefore)} after={string.Join(",", PadAfter)}");

    public override ImmutableArray<TensorType> Infer(ImmutableArray<TensorType> inputs)
    {
        Typing.Floats(this, inputs);
        Shape x = Typing.Single(this, inputs);
        Typing.Require(x.Rank == 4, this, $"cannot take {x}");
        return ImmutableArray.Create(TensorType.Float(x[0], Extent(x, 0), Extent(x, 1), x[3]));
    }

    private int Extent(Shape x, int side)
    {
        int padded = PadBefore[side] + Typing.ConstantAxis(this, x, 1 + side) + PadAfter[side];
        Typing.Require(Stride[side] >= 1 && Size[side] >= 1 && padded >= Size[side], this, $"({Attributes}) has no place in {x}");
        return ((padded - Size[side]) / Stride[side]) + 1;
    }

    public override ImmutableArray<DenseTensor> Evaluate(ImmutableArray<DenseTensor> inputs)
    {
        DenseTensor x = inputs[0];
        (int height, int width, int channels) = (x.Shape[1], x.Shape[2], x.Shape[3]);
        var type = Infer(ImmutableArray.Create(TensorType.Float(Shape.OfConstants(x.Shape))))[0];
        var shape = type.Shape.Select(s => s.Value).ToImmutableArray();
        double[] y = new double[Indexing.Length(shape)];
        for (int i = 0; i < y.Length; i++)
        {
            int channel = i % channels, pixel = i / channels;
            int column = pixel % shape[2], row = pixel / shape[2] % shape[1], image = pixel / shape[2] / shape[1];
            double result = Kind == Reduction.Sum ? 0 : double.NegativeInfinity;
            for (int tap = 0; tap < Size[0] * Size[1]; tap++)
            {
                int h = (row * Stride[0]) + (tap / Size[1]) - PadBefore[0];
                int v = (column * Stride[1]) + (tap % Size[1]) - PadBefore[1];
                if (h >= 0 && h < height && v >= 0 && v < width)
                {
                    double value = x.Values[((((image * height) + h) * width) + v) * channels + channel];
                    result = Kind == Reduction.Sum ? result + value : Math.Max(result, value);
                }
            }

            y[i] = result;
        }

        return ImmutableArray.Create(new DenseTensor(shape, y));
    }

    public bool Carries(int operand) => true;

    public Node? Pull(Node y, int operand, Node dy, GradientBuilder g) => WindowGradient.Pull(this, y.Inputs[0], y, dy, g);

    public Node? Push(Node y, ImmutableArray<Node?> dx, GradientBuilder g) => WindowGradient.Push(this, y.Inputs[0], y, dx[0]!, g);

    public ImmutableArray<Bounds> Bound(ImmutableArray<Bounds> x, BoundBuilder b) =>
        Kind == Reduction.Max ? b.Ends(this, x) : b.Sum(this, x[0], (long)Size[0] * Size[1]);
}
