namespace DeepGen;

public static partial class Ops
{
    /// <summary>The larger of two, element by element.</summary>
    public static Tensor Max(Tensor left, Tensor right) => throw Tensor.OnlyInForward();

    /// <summary>The larger of each element and the number.</summary>
    public static Tensor Max(Tensor left, float right) => throw Tensor.OnlyInForward();

    /// <summary>The larger of the number and each element.</summary>
    public static Tensor Max(float left, Tensor right) => throw Tensor.OnlyInForward();

    /// <summary>The smaller of two, element by element.</summary>
    public static Tensor Min(Tensor left, Tensor right) => throw Tensor.OnlyInForward();

    /// <summary>The smaller of each element and the number.</summary>
    public static Tensor Min(Tensor left, float right) => throw Tensor.OnlyInForward();

    /// <summary>The smaller of the number and each element.</summary>
    public static Tensor Min(float left, Tensor right) => throw Tensor.OnlyInForward();

    /// <summary>eˣ.</summary>
    public static Tensor Exp(Tensor x) => throw Tensor.OnlyInForward();

    /// <summary>The natural logarithm.</summary>
    public static Tensor Log(Tensor x) => throw Tensor.OnlyInForward();

    /// <summary>The square root.</summary>
    public static Tensor Sqrt(Tensor x) => throw Tensor.OnlyInForward();

    /// <summary>The absolute value.</summary>
    public static Tensor Abs(Tensor x) => throw Tensor.OnlyInForward();

    /// <summary>The sum along an axis, which is gone afterwards; axis 0 is the first after the batch, −1 the last.</summary>
    public static Tensor Sum(Tensor x, int axis) => throw Tensor.OnlyInForward();

    /// <summary>The mean along an axis, which is gone afterwards; axis 0 is the first after the batch, −1 the last.</summary>
    public static Tensor Mean(Tensor x, int axis) => throw Tensor.OnlyInForward();

    /// <summary>The product of two matrices [m, k] and [k, n], for each sample of the batch: [m, n].</summary>
    public static Tensor MatMul(Tensor left, Tensor right) => throw Tensor.OnlyInForward();
}
