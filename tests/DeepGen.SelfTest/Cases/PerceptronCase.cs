using DeepGen.SelfTest.Reference;

namespace DeepGen.SelfTest.Cases;

[Network, Input(784)]
[Dense(96), Relu, Dense(32), Silu, Dense(10), Softmax]
public sealed partial class Perceptron;

internal sealed class PerceptronCase : Case
{
    public override string Name => "784-96-32-10 with softmax";

    public override void Run(Recorder recorder)
    {
        var network = new Perceptron(12) { Threads = recorder.Threads };
        Dense first = Dense(network, "0"), second = Dense(network, "2"), third = Dense(network, "4");
        recorder.Compare(784, 10, network.Predict, x =>
            Scalar.Softmax(third.Apply(Scalar.Map(second.Apply(Scalar.Map(first.Apply(x), Scalar.Relu)), Scalar.Silu))));
    }
}
