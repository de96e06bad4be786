using DeepGen.SelfTest.Reference;

namespace DeepGen.SelfTest.Cases;

[Block, Residual]
[Conv2D(Kernel = 3, Padding = 1), BatchNorm, Relu]
[Conv2D(Kernel = 3, Padding = 1), BatchNorm]
public sealed partial class SmallBlock;

[Network, Input(2, 7, 7)]
[Conv2D(8, 3, Padding = 1), Stack<SmallBlock>(4), GlobalAveragePool, Dense(3)]
public sealed partial class ResidualStack;

internal sealed class ResidualStackCase : Case
{
    private const int Blocks = 4;

    public override string Name => "a stack of residual blocks";

    public override void Run(Recorder recorder)
    {
        var network = new ResidualStack(19) { Threads = recorder.Threads };
        var stem = new Convolution(network, "0");
        var first = new Convolution[Blocks];
        var second = new Convolution[Blocks];
        for (int i = 0; i < Blocks; i++)
        {
            first[i] = new Convolution(network, "1." + i + ".0");
            second[i] = new Convolution(network, "1." + i + ".3");
        }

        var scores = Dense(network, "3");
        // Fresh statistics are 0 and 1, so a norm here only divides by √(1 + ε).
        double norm = 1 / Math.Sqrt(1 + (double)1e-5f);
        recorder.Compare(98, 3, network.Predict, x =>
        {
            var image = stem.Apply(new Image(2, 7, 7, x));
            for (int i = 0; i < Blocks; i++)
            {
                var branch = second[i].Apply(first[i].Apply(image).Map(value => Scalar.Relu(value * norm))).Map(value => value * norm);
                image = branch.Plus(image);
            }

            return scores.Apply(image.ChannelMeans());
        });
    }

    /// <summary>3x3, padding 1, to eight channels.</summary>
    private sealed class Convolution(INetwork network, string name)
    {
        private readonly double[] _weight = Values(network, name + ".weight");
        private readonly double[] _bias = Values(network, name + ".bias");

        public Image Apply(Image x) => x.Convolve(_weight, _bias, 8, 3, 1, 1, 1, 1);
    }
}
