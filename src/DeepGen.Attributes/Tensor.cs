namespace DeepGen;

/// <summary>
/// A value inside <c>Forward</c>: what an input holds, what a layer gives. A tensor exists only while the network is
/// compiled, so nothing can be read from it while the program runs; call the generated <c>Predict</c> for that.
/// </summary>
/// <remarks>
/// The batch is implicit: shapes leave it out, and axis 0 is the first axis after it. Both operands of an operator have the
/// same shape; a number goes with every element.
/// </remarks>
public sealed class Tensor
{
    private Tensor()
    {
    }

    /// <summary>The sum, element by element.</summary>
    public static Tensor operator +(Tensor left, Tensor right) => throw OnlyInForward();

    /// <summary>The number added to every element.</summary>
    public static Tensor operator +(Tensor left, float right) => throw OnlyInForward();

    /// <summary>The number added to every element.</summary>
    public static Tensor operator +(float left, Tensor right) => throw OnlyInForward();

    /// <summary>The difference, element by element.</summary>
    public static Tensor operator -(Tensor left, Tensor right) => throw OnlyInForward();

    /// <summary>The number taken from every element.</summary>
    public static Tensor operator -(Tensor left, float right) => throw OnlyInForward();

    /// <summary>Every element taken from the number.</summary>
    public static Tensor operator -(float left, Tensor right) => throw OnlyInForward();

    /// <summary>The product, element by element; for the product of matrices see <see cref="Ops.MatMul"/>.</summary>
    public static Tensor operator *(Tensor left, Tensor right) => throw OnlyInForward();

    /// <summary>Every element times the number.</summary>
    public static Tensor operator *(Tensor left, float right) => throw OnlyInForward();

    /// <summary>Every element times the number.</summary>
    public static Tensor operator *(float left, Tensor right) => throw OnlyInForward();

    /// <summary>The quotient, element by element.</summary>
    public static Tensor operator /(Tensor left, Tensor right) => throw OnlyInForward();

    /// <summary>Every element divided by the number.</summary>
    public static Tensor operator /(Tensor left, float right) => throw OnlyInForward();

    /// <summary>The number divided by every element.</summary>
    public static Tensor operator /(float left, Tensor right) => throw OnlyInForward();

    /// <summary>The negative of every element.</summary>
    public static Tensor operator -(Tensor x) => throw OnlyInForward();

    internal static InvalidOperationException OnlyInForward() => new(
        "Tensors exist only inside Forward, which the compiler reads and never runs. To compute with the network, call Predict.");
}
