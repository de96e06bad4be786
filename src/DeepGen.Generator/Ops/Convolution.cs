using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Ops;

/// <summary>
/// y[b, i, j, o] = Σ x[b, i·stride + p·dilation - before, …, c] w[p, q, c, o], channels last, zeros outside the image. With
/// G groups, output o sees the input channels of its own group only.
/// </summary>
/// <param name="Tile">
/// 0 where every output is its own sum. Otherwise outputs are computed in tiles of so many on a side, as
/// <see cref="WinogradTransform"/> says: the same convolution, with other roundings.
/// </param>
internal sealed record Convolution(
    EquatableArray<int> Stride,
    EquatableArray<int> PadBefore,
    EquatableArray<int> PadAfter,
    EquatableArray<int> Dilation,
    int Groups,
    int Tile = 0) : Bilinear, IIntervalRule
{
    public override string Name => Tile == 0 ? "convolution" : "winograd_convolution";

    /// <summary>Whether tiles of outputs can compute it.</summary>
    public bool AllowsTiles(int kernelHeight, int kernelWidth) =>
        kernelHeight == WinogradTransform.Taps && kernelWidth == WinogradTransform.Taps && Groups == 1 && Stride.Concat(Dilation).All(s => s == 1);

    public override string Attributes => FormattableString.Invariant(
        $"stride={string.Join(",", Stride)} before={string.Join(",", PadBefore)} after={string.Join(",", PadAfter)} dilation={string.Join(",", Dilation)} groups={Groups}{(Tile == 0 ? "" : FormattableString.Invariant($" tile={Tile}"))}");

    public override ImmutableArray<TensorType> Infer(ImmutableArray<TensorType> inputs)
    {
        Typing.Arity(this, inputs, 2);
        Typing.Floats(this, inputs);
        (Shape x, Shape w) = (inputs[0].Shape, inputs[1].Shape);
        Typing.Require(x.Rank == 4 && w.Rank == 4 && w.IsConstant, this, $"cannot take {x} and {w}");
        int channels = Typing.ConstantAxis(this, x, 3);
        bool grouped = Groups >= 1 && w[2].Value * Groups == channels && w[3].Value % Groups == 0;
        Typing.Require(grouped, this, FormattableString.Invariant($"cannot take {x} and {w} in {Groups} groups"));
        Typing.Require(Tile == 0 || (Tile is 2 or 4 && AllowsTiles(w[0].Value, w[1].Value)), this, $"cannot be done in tiles with {w}");
        return ImmutableArray.Create(TensorType.Float(x[0], Extent(x, w, 0), Extent(x, w, 1), w[3]));
    }

    private Size Extent(Shape x, Shape w, int side)
    {
        Typing.Require(!x[1 + side].IsBatch, this, $"cannot take {x}");
        Size padded = x[1 + side] + (PadBefore[side] + PadAfter[side]);
        int reach = (Dilation[side] * (w[side].Value - 1)) + 1;
        Typing.Require(Stride[side] >= 1 && Dilation[side] >= 1 && padded.Value >= reach, this, $"has no place for {w} in {x}");
        Typing.Require(padded.IsConstant || Stride[side] == 1, this, $"cannot move by {Stride[side]} along {x}");
        return padded.IsConstant ? ((padded.Value - reach) / Stride[side]) + 1 : padded - (reach - 1);
    }

    public override ImmutableArray<DenseTensor> Evaluate(ImmutableArray<DenseTensor> inputs)
    {
        (DenseTensor x, DenseTensor w) = (inputs[0], inputs[1]);
        (int height, int width, int channels) = (x.Shape[1], x.Shape[2], x.Shape[3]);
        (int taps, int depth, int outputs) = (w.Shape[0] * w.Shape[1], w.Shape[2], w.Shape[3]);
        var type = Infer(ImmutableArray.Create(TensorType.Float(Shape.OfConstants(x.Shape)), TensorType.Float(Shape.OfConstants(w.Shape))))[0];
        var shape = type.Shape.Select(s => s.Value).ToImmutableArray();
        double[] y = new double[Indexing.Length(shape)];
        int perGroup = outputs / Groups;
        for (int pixel = 0; pixel < y.Length / outputs; pixel++)
        {
            int column = pixel % shape[2], row = pixel / shape[2] % shape[1], image = pixel / shape[2] / shape[1];
            for (int tap = 0; tap < taps; tap++)
            {
                int h = (row * Stride[0]) + (tap / w.Shape[1] * Dilation[0]) - PadBefore[0];
                int v = (column * Stride[1]) + (tap % w.Shape[1] * Dilation[1]) - PadBefore[1];
                if (h < 0 || h >= height || v < 0 || v >= width)
                {
                    continue;
                }

                int source = ((((image * height) + h) * width) + v) * channels;
                for (int o = 0; o < outputs; o++)
                {
                    double sum = 0;
                    for (int c = 0; c < depth; c++)
                    {
                        sum += x.Values[source + (o / perGroup * depth) + c] * w.Values[(((tap * depth) + c) * outputs) + o];
                    }

                    y[(pixel * outputs) + o] += sum;
                }
            }
        }

        return ImmutableArray.Create(new DenseTensor(shape, y));
    }

    public override Node? Pull(Node y, int operand, Node dy, GradientBuilder g)
    {
        (Node x, Node w) = (y.Inputs[0], y.Inputs[1]);
        return operand == 0
            ? ConvolutionGradient.OfImage(this, x.Shape, w, dy, g)
            : g.Add(new FilterGradient(Stride, PadBefore, PadAfter, Dilation, Groups, w.Shape[0].Value, w.Shape[1].Value), x, dy);
    }

    public ImmutableArray<Bounds> Bound(ImmutableArray<Bounds> x, BoundBuilder b) =>
        ProductBounds.Of(this, x[1].Shape.Take(3).Aggregate(1L, (n, s) => n * s.Value), x[0], x[1], b);
}
