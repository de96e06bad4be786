using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Ops;

/// <summary>
/// dw[p, q, c, o] = Σ over b, i, j of x[b, i·stride + p·dilation - before, …, c] dy[b, i, j, o]: the cotangent of a convolution's
/// filters, summed over the batch. Output o sees the input channels of its own group only.
/// </summary>
internal sealed record FilterGradient(
    EquatableArray<int> Stride,
    EquatableArray<int> PadBefore,
    EquatableArray<int> PadAfter,
    EquatableArray<int> Dilation,
    int Groups,
    int KernelHeight,
    int KernelWidth) : Bilinear
{
    public override string Name => "filter_gradient";

    public override string Attributes => FormattableString.Invariant($"{Forward.Attributes} kernel={KernelHeight},{KernelWidth}");

    /// <summary>Whether each pixel meets the filter alone, and no channels are set apart: a sum of products of pixels, which may change sides.</summary>
    public bool IsOfPixels => KernelHeight == 1 && KernelWidth == 1 && Groups == 1 && Stride.All(s => s == 1) && PadBefore.Concat(PadAfter).All(p => p == 0);

    /// <summary>The convolution whose filters these are.</summary>
    private Convolution Forward => new(Stride, PadBefore, PadAfter, Dilation, Groups);

    public override ImmutableArray<TensorType> Infer(ImmutableArray<TensorType> inputs)
    {
        Typing.Arity(this, inputs, 2);
        Typing.Floats(this, inputs);
        (Shape x, Shape dy) = (inputs[0].Shape, inputs[1].Shape);
        Typing.Require(x.Rank == 4 && dy.Rank == 4, this, $"cannot take {x} and {dy}");
        int depth = Typing.ConstantAxis(this, x, 3) / Math.Max(Groups, 1);
        TensorType dw = TensorType.Float(KernelHeight, KernelWidth, depth, Typing.ConstantAxis(this, dy, 3));
        TensorType y = Forward.Infer(ImmutableArray.Create(inputs[0], dw))[0];
        Typing.Require(y.Shape.Equals(dy), this, $"of {x} wants {y.Shape}, not {dy}");
        return ImmutableArray.Create(dw);
    }

    public override ImmutableArray<DenseTensor> Evaluate(ImmutableArray<DenseTensor> inputs)
    {
        (DenseTensor x, DenseTensor dy) = (inputs[0], inputs[1]);
        (int height, int width, int channels) = (x.Shape[1], x.Shape[2], x.Shape[3]);
        (int depth, int outputs) = (channels / Groups, dy.Shape[3]);
        int perGroup = outputs / Groups;
        double[] dw = new double[KernelHeight * KernelWidth * depth * outputs];
        for (int pixel = 0; pixel < dy.Values.Length / outputs; pixel++)
        {
            int column = pixel % dy.Shape[2], row = pixel / dy.Shape[2] % dy.Shape[1], image = pixel / dy.Shape[2] / dy.Shape[1];
            for (int tap = 0; tap < KernelHeight * KernelWidth; tap++)
            {
                int h = (row * Stride[0]) + (tap / KernelWidth * Dilation[0]) - PadBefore[0];
                int v = (column * Stride[1]) + (tap % KernelWidth * Dilation[1]) - PadBefore[1];
                if (h < 0 || h >= height || v < 0 || v >= width)
                {
                    continue;
                }

                int source = ((((image * height) + h) * width) + v) * channels;
                for (int c = 0; c < depth; c++)
                {
                    for (int o = 0; o < outputs; o++)
                    {
                        dw[(((tap * depth) + c) * outputs) + o] +=
                            x.Values[source + (o / perGroup * depth) + c] * dy.Values[(pixel * outputs) + o];
                    }
                }
            }
        }

        return ImmutableArray.Create(new DenseTensor(ImmutableArray.Create(KernelHeight, KernelWidth, depth, outputs), dw));
    }

    /// <summary>⟨g, dw⟩ = ⟨Convolution(x, g), dy⟩: a filter g weighs x and dy as the convolution with it does.</summary>
    public override Node? Pull(Node y, int operand, Node dy, GradientBuilder g) => operand == 0
        ? ConvolutionGradient.OfImage(Forward, y.Inputs[0].Shape, dy, y.Inputs[1], g)
        : g.Add(Forward, y.Inputs[0], dy);
}
