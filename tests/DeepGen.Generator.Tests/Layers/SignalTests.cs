using static DeepGen.Generator.Tests.Layers.Specs;

namespace DeepGen.Generator.Tests.Layers;

public class SignalTests
{
    [Theory]
    [InlineData(1, 1, 1, 1, 1, 0, 1, 1)]
    [InlineData(3, 9, 4, 3, 2, 1, 1, 1)]
    [InlineData(4, 11, 6, 3, 1, 2, 2, 2)]
    [InlineData(4, 7, 4, 4, 3, 0, 1, 4)]
    public void Conv1D_is_the_convolution_of_an_image_of_one_row(
        int channelsIn, int steps, int channelsOut, int kernel, int stride, int padding, int dilation, int groups)
    {
        var net = new Elaborated(Network([channelsIn, steps], Layer(
            "Conv1D", ("Channels", channelsOut), ("Kernel", kernel), ("Stride", stride), ("Padding", padding), ("Dilation", dilation), ("Groups", groups))));
        Assert.Equal([channelsOut, channelsIn / groups, kernel], net["0.weight"].Shape);
        Values x = net.Random(2, channelsIn, steps);
        Values padded = Torch.Pad(Torch.Unsqueeze(x), 0, 0, padding, padding, (i, size) => Torch.Edge(0, i, size));
        Torch.Squeeze(Rows(padded, net, stride, dilation, groups)).AssertNear(net.Run(x));
    }

    [Theory]
    [InlineData(3, 1, 1)]
    [InlineData(2, 4, 1)]
    [InlineData(4, 2, 3)]
    public void A_causal_convolution_does_not_see_what_comes_later(int kernel, int dilation, int stride)
    {
        var net = new Elaborated(Network([2, 12], Layer("Conv1D", ("Channels", 3), ("Kernel", kernel), ("Dilation", dilation), ("Stride", stride), ("Causal", 1))));
        Values x = net.Random(2, 2, 12);
        Values padded = Torch.Pad(Torch.Unsqueeze(x), 0, 0, dilation * (kernel - 1), 0, (i, size) => Torch.Edge(0, i, size));
        Values y = net.Run(x);
        Torch.Squeeze(Rows(padded, net, stride, dilation, 1)).AssertNear(y);
        Assert.Equal((12 + stride - 1) / stride, y.Shape[2]);

        const int now = 6;
        Values other = net.Run(Values.From(x.Shape, i => i[2] > now ? 9 : x[i]));
        Values.From(y.Shape, i => i[2] * stride <= now ? other[i] : y[i]).AssertNear(y, 0);
    }

    [Theory]
    [InlineData(2, 0, 0)]
    [InlineData(3, 2, 1)]
    public void Pools_of_signals_have_windows_of_one_row(int size, int stride, int padding)
    {
        (string, double)[] arguments = [("Size", size), ("Padding", padding), .. stride == 0 ? Array.Empty<(string, double)>() : [("Stride", stride)]];
        var largest = new Elaborated(Network([3, 9], Layer("MaxPool1D", arguments)));
        var average = new Elaborated(Network([3, 9], Layer("AveragePool1D", arguments)));
        Values x = largest.Random(2, 3, 9);
        int step = stride == 0 ? size : stride;
        int[] shape = [2, 3, ((9 + (2 * padding) - size) / step) + 1];
        Window(values => values.Max()).AssertNear(largest.Run(x));
        Window(values => values.Sum() / size).AssertNear(average.Run(x));

        Values Window(Func<double[], double> of) => Values.From(shape, i => of(Enumerable.Range((i[2] * step) - padding, size)
            .Where(t => t >= 0 && t < 9)
            .Select(t => x[i[0], i[1], t])
            .ToArray()));
    }

    private static Values Rows(Values x, Elaborated net, int stride, int dilation, int groups)
    {
        Values weight = net["0.weight"];
        return Torch.Conv2d(x, new Values([weight.Shape[0], weight.Shape[1], 1, weight.Shape[2]], weight.Data), net["0.bias"], stride, 0, dilation, groups);
    }
}
