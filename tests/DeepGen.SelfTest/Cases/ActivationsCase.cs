using DeepGen.SelfTest.Reference;
using static DeepGen.Ops;

namespace DeepGen.SelfTest.Cases;

[Network]
public sealed partial class Activations
{
    private static Tensor Forward([Shape(21)] Tensor x) => Concat(
        Ops.Relu(x), Ops.LeakyRelu(x, 0.1f), Ops.Elu(x, 0.7f), Ops.Gelu(x), Ops.Gelu(x, approximate: true), Ops.Silu(x),
        Ops.Sigmoid(x), Ops.Tanh(x), Ops.Softplus(x), Ops.HardTanh(x, -2, 1), Ops.Softmax(x), Ops.LogSoftmax(x));
}

internal sealed class ActivationsCase : Case
{
    public override string Name => "every activation, inputs up to 8";

    public override void Run(Recorder recorder)
    {
        var network = new Activations { Threads = recorder.Threads };
        recorder.Compare(
            21,
            21 * 12,
            network.Predict,
            x => Scalar.Join(
                Scalar.Map(x, Scalar.Relu), Scalar.Map(x, v => Scalar.LeakyRelu(v, 0.1f)), Scalar.Map(x, v => Scalar.Elu(v, 0.7f)),
                Scalar.Map(x, Scalar.Gelu), Scalar.Map(x, Scalar.GeluTanh), Scalar.Map(x, Scalar.Silu), Scalar.Map(x, Scalar.Sigmoid),
                Scalar.Map(x, Scalar.Tanh), Scalar.Map(x, Scalar.Softplus), Scalar.Map(x, v => Scalar.HardTanh(v, -2, 1)),
                Scalar.Softmax(x), Scalar.LogSoftmax(x)),
            scale: 8);
    }
}
