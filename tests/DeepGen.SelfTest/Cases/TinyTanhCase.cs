using DeepGen.SelfTest.Reference;

namespace DeepGen.SelfTest.Cases;

[Network, Input(4)]
[Dense(16), Tanh, Dense(16), Tanh, Dense(2)]
public sealed partial class TinyTanh;

internal sealed class TinyTanhCase : Case
{
    public override string Name => "4-16-16-2 with tanh";

    public override void Run(Recorder recorder)
    {
        var network = new TinyTanh(11) { Threads = recorder.Threads };
        Dense first = Dense(network, "0"), second = Dense(network, "2"), third = Dense(network, "4");
        recorder.Compare(4, 2, network.Predict, x =>
            third.Apply(Scalar.Map(second.Apply(Scalar.Map(first.Apply(x), Scalar.Tanh)), Scalar.Tanh)));
    }
}
