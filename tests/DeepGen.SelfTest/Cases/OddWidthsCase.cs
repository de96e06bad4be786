using DeepGen.SelfTest.Reference;

namespace DeepGen.SelfTest.Cases;

[Network, Input(37)]
[Dense(19), Gelu, LayerNorm, Dense(1), Dense(33), Softplus, Dense(5), LogSoftmax]
public sealed partial class OddWidths;

internal sealed class OddWidthsCase : Case
{
    public override string Name => "37-19-1-33-5: widths no vector divides";

    public override void Run(Recorder recorder)
    {
        var network = new OddWidths(13) { Threads = recorder.Threads };
        Scatter(network, "2.weight", 1, 131);
        Scatter(network, "2.bias", 0, 132);
        double[] scale = Values(network, "2.weight"), shift = Values(network, "2.bias");
        Dense first = Dense(network, "0"), second = Dense(network, "3"), third = Dense(network, "4"), fourth = Dense(network, "6");
        recorder.Compare(37, 5, network.Predict, x =>
        {
            var hidden = Scalar.Standardise(Scalar.Map(first.Apply(x), Scalar.Gelu));
            for (int i = 0; i < hidden.Length; i++)
                hidden[i] = (hidden[i] * scale[i]) + shift[i];
            return Scalar.LogSoftmax(fourth.Apply(Scalar.Map(third.Apply(second.Apply(hidden)), Scalar.Softplus)));
        });
    }
}
