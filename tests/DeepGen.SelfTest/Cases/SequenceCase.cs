using DeepGen.SelfTest.Reference;

namespace DeepGen.SelfTest.Cases;

[Network, Input(6, 10)]
[Dense(24), Tanh, Transpose(1, 0), Dense(3), Reshape(8, -1), Sigmoid]
public sealed partial class Sequence;

internal sealed class SequenceCase : Case
{
    public override string Name => "rows of features, transposed and reshaped";

    public override void Run(Recorder recorder)
    {
        var network = new Sequence(14) { Threads = recorder.Threads };
        Dense rows = Dense(network, "0"), columns = Dense(network, "3");
        recorder.Compare(60, 72, network.Predict, x =>
        {
            double[] hidden = Scalar.Map(rows.Apply(x), Scalar.Tanh), turned = new double[hidden.Length];
            for (int row = 0; row < 6; row++)
                for (int feature = 0; feature < 24; feature++)
                    turned[(feature * 6) + row] = hidden[(row * 24) + feature];
            return Scalar.Map(columns.Apply(turned), Scalar.Sigmoid);
        });
    }
}
