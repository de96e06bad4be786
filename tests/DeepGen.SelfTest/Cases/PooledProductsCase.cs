using DeepGen.SelfTest.Reference;

namespace DeepGen.SelfTest.Cases;

[Network, Input(3, 21, 27)]
[Conv2D(20, 3, Padding = 1), Relu, MaxPool2D(2), Conv2D(40, 5, Padding = 2), AveragePool2D(2), Conv2D(33, 1), Relu, MaxPool2D(2)]
public sealed partial class PooledProducts;

[Network, Input(9, 26, 23)]
[Conv2D(17, 3, Padding = 1, Stride = 2), Relu, MaxPool2D(2), Conv2D(8, 3, Padding = 2, Dilation = 2), Relu, MaxPool2D(3)]
public sealed partial class PooledSparseTaps;

/// <summary>
/// Convolutions with a pool behind them: where registers are wide it is in the tile, whose two lines meet the edges of the image one after another, and
/// elsewhere it follows. Columns that no window reads, sums of one vector and of parts of one.
/// </summary>
internal sealed class PooledProductsCase : Case
{
    public override string Name => "pools of products";

    public override void Run(Recorder recorder)
    {
        var network = new PooledProducts(31) { Threads = recorder.Threads };
        recorder.Compare(3 * 21 * 27, 33 * 2 * 3, network.Predict, x =>
        {
            Image image = new Image(3, 21, 27, x)
                .Convolve(Weight(network, "0"), Bias(network, "0"), 20, 3, 1, 1, 1, 1).Map(Scalar.Relu).MaxPool(2, 2, 0)
                .Convolve(Weight(network, "3"), Bias(network, "3"), 40, 5, 1, 2, 1, 1).AveragePool(2, 2, 0);
            return image.Convolve(Weight(network, "5"), Bias(network, "5"), 33, 1, 1, 0, 1, 1).Map(Scalar.Relu).MaxPool(2, 2, 0).Values;
        });

        var sparse = new PooledSparseTaps(37) { Threads = recorder.Threads };
        recorder.Compare(9 * 26 * 23, 8 * 2 * 2, sparse.Predict, x => new Image(9, 26, 23, x)
            .Convolve(Weight(sparse, "0"), Bias(sparse, "0"), 17, 3, 2, 1, 1, 1).Map(Scalar.Relu).MaxPool(2, 2, 0)
            .Convolve(Weight(sparse, "3"), Bias(sparse, "3"), 8, 3, 1, 2, 2, 1).Map(Scalar.Relu).MaxPool(3, 3, 0).Values);
    }

    private static double[] Weight(INetwork network, string layer) => Values(network, layer + ".weight");

    private static double[] Bias(INetwork network, string layer) => Values(network, layer + ".bias");
}
