using DeepGen.Runtime;
using DeepGen.SelfTest.Reference;

namespace DeepGen.SelfTest.Cases;

[Network, Input(5, 37), Weights(WeightFormat.BFloat16)]
[Dense(66), Relu, Dense(17), Dense(150), Relu, Dense(33)]
public sealed partial class Halved;

/// <summary>Weights in pairs: one row and several, panels that are full and not.</summary>
internal sealed class HalvedCase : Case
{
    public override string Name => "weights as bfloat16";

    public override void Run(Recorder recorder)
    {
        var network = new Halved(29) { Threads = recorder.Threads };
        Dense first = Rounded(network, "0"), second = Rounded(network, "2"), third = Rounded(network, "3"), fourth = Rounded(network, "5");
        recorder.Compare(5 * 37, 5 * 33, network.Predict, x =>
            fourth.Apply(Scalar.Map(third.Apply(second.Apply(Scalar.Map(first.Apply(x), Scalar.Relu))), Scalar.Relu)));
    }

    private static Dense Rounded(INetwork network, string layer) => new(
        [.. Values(network, layer + ".weight").Select(w => (double)BFloat16.Value(BFloat16.Of((float)w)))], Values(network, layer + ".bias"));
}
