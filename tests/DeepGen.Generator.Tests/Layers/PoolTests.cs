using static DeepGen.Generator.Tests.Layers.Specs;

namespace DeepGen.Generator.Tests.Layers;

public class PoolTests
{
    [Theory]
    [InlineData(1, 1, 1, 1, 0, 0, 1)]
    [InlineData(2, 7, 5, 2, 0, 0, 2)]
    [InlineData(3, 6, 9, 3, 2, 1, 3)]
    [InlineData(1, 5, 5, 4, 1, 2, 2)]
    public void Pools_are_PyTorchs(int channels, int height, int width, int size, int stride, int padding, int batch)
    {
        (string, double)[] arguments = [("Size", size), ("Padding", padding), .. stride == 0 ? Array.Empty<(string, double)>() : [("Stride", stride)]];
        var largest = new Elaborated(Network([channels, height, width], Layer("MaxPool2D", arguments)));
        var average = new Elaborated(Network([channels, height, width], Layer("AveragePool2D", arguments)));
        Values x = largest.Random(batch, channels, height, width);
        int step = stride == 0 ? size : stride;
        Torch.MaxPool2d(x, size, step, padding).AssertNear(largest.Run(x));
        Torch.AvgPool2d(x, size, step, padding).AssertNear(average.Run(x));
    }

    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(5, 3, 4, 2)]
    public void GlobalAveragePool_leaves_a_vector_of_channel_means(int channels, int height, int width, int batch)
    {
        var net = new Elaborated(Network([channels, height, width], Layer("GlobalAveragePool")));
        Values x = net.Random(batch, channels, height, width);
        Torch.GlobalAvgPool(x).AssertNear(net.Run(x));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Upsample2D_repeats_each_pixel(int factor)
    {
        var net = new Elaborated(Network([3, 2, 5], Layer("Upsample2D", ("Factor", factor))));
        Values x = net.Random(2, 3, 2, 5);
        Torch.UpsampleNearest(x, factor).AssertNear(net.Run(x));
    }
}
