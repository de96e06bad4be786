namespace DeepGen;

public static partial class Ops
{
    /// <summary>All axes in one: [c, h, w] → [c·h·w].</summary>
    public static Tensor Flatten(Tensor x) => throw Tensor.OnlyInForward();

    /// <summary>The same values under another shape; one size may be −1: whatever is left.</summary>
    public static Tensor Reshape(Tensor x, params int[] shape) => throw Tensor.OnlyInForward();

    /// <summary>Reorders the axes: the output's axis i is the input's axis permutation[i].</summary>
    public static Tensor Transpose(Tensor x, params int[] permutation) => throw Tensor.OnlyInForward();

    /// <summary>Tensors one after the other along axis 0: the channels of images, the values of vectors.</summary>
    public static Tensor Concat(params Tensor[] tensors) => throw Tensor.OnlyInForward();

    /// <summary>Tensors one after the other along an axis; axis 0 is the first after the batch, −1 the last.</summary>
    public static Tensor Concat(int axis, params Tensor[] tensors) => throw Tensor.OnlyInForward();

    /// <summary>The largest value of each window; a stride of 0 is the window's size.</summary>
    public static Tensor MaxPool2D(Tensor x, int size, int stride = 0, int padding = 0) => throw Tensor.OnlyInForward();

    /// <summary>The mean of each window, the padding's zeros included; a stride of 0 is the window's size.</summary>
    public static Tensor AveragePool2D(Tensor x, int size, int stride = 0, int padding = 0) => throw Tensor.OnlyInForward();

    /// <summary>The mean of each channel: [c, h, w] → [c].</summary>
    public static Tensor GlobalAveragePool(Tensor x) => throw Tensor.OnlyInForward();

    /// <summary>The largest value of each window of a signal [c, t]; a stride of 0 is the window's size.</summary>
    public static Tensor MaxPool1D(Tensor x, int size, int stride = 0, int padding = 0) => throw Tensor.OnlyInForward();

    /// <summary>The mean of each window of a signal [c, t], the padding's zeros included; a stride of 0 is the window's size.</summary>
    public static Tensor AveragePool1D(Tensor x, int size, int stride = 0, int padding = 0) => throw Tensor.OnlyInForward();

    /// <summary>An image so many times as high and as wide: [c, h, w] → [c, factor·h, factor·w].</summary>
    public static Tensor Upsample2D(Tensor x, int factor, UpsampleMode mode = UpsampleMode.Nearest) => throw Tensor.OnlyInForward();

    /// <summary>Every factor² channels become one, each of their pixels a square: [c, h, w] → [c / factor², factor·h, factor·w].</summary>
    public static Tensor PixelShuffle(Tensor x, int factor) => throw Tensor.OnlyInForward();

    /// <summary>Rows and columns around an image: [c, h, w] → [c, h + 2·padding, w + 2·padding].</summary>
    public static Tensor Pad2D(Tensor x, int padding, PaddingMode mode = PaddingMode.Zeros) => throw Tensor.OnlyInForward();

    /// <summary>Steps before and after a signal: [c, t] → [c, t + 2·padding].</summary>
    public static Tensor Pad1D(Tensor x, int padding, PaddingMode mode = PaddingMode.Zeros) => throw Tensor.OnlyInForward();
}
