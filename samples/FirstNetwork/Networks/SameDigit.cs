using DeepGen;
using static DeepGen.Ops;

namespace FirstNetwork.Networks;

/// <summary>Do two drawings show the same digit? One encoder reads both, so its weights exist once.</summary>
[Network]
public sealed partial class SameDigit
{
    [Dense(32)]
    private partial Tensor Encode(Tensor x);

    [Dense(16), Tanh, Dense(1)]
    private partial Tensor Compare(Tensor x);

    private Tensor Forward([Shape(784)] Tensor left, [Shape(784)] Tensor right)
    {
        var a = Relu(Encode(left));
        var b = Relu(Encode(right));
        return Sigmoid(Compare(Concat(Abs(a - b), a * b)));
    }
}
