using static DeepGen.Generator.Tests.Layers.Specs;

namespace DeepGen.Generator.Tests.Layers;

public class Conv2DTests
{
    [Theory]
    [InlineData(1, 1, 1, 1, 1, 1, 0, 1, 1, 1)]
    [InlineData(3, 7, 5, 4, 3, 1, 1, 1, 1, 2)]
    [InlineData(2, 9, 6, 5, 3, 2, 1, 1, 1, 3)]
    [InlineData(3, 9, 11, 2, 3, 1, 2, 2, 1, 1)]
    [InlineData(3, 11, 9, 2, 3, 3, 0, 3, 1, 2)]
    [InlineData(4, 5, 5, 6, 3, 1, 1, 1, 2, 2)]
    [InlineData(6, 5, 4, 6, 2, 2, 1, 1, 3, 1)]
    [InlineData(5, 4, 7, 10, 3, 1, 1, 1, 5, 2)]
    [InlineData(2, 3, 3, 3, 5, 1, 1, 1, 1, 2)]
    public void Conv2D_is_PyTorchs_convolution(
        int channelsIn, int height, int width, int channelsOut, int kernel, int stride, int padding, int dilation, int groups, int batch)
    {
        var net = new Elaborated(Network([channelsIn, height, width], Layer(
            "Conv2D", ("Channels", channelsOut), ("Kernel", kernel), ("Stride", stride), ("Padding", padding), ("Dilation", dilation), ("Groups", groups))));
        Values x = net.Random(batch, channelsIn, height, width);
        Torch.Conv2d(x, net["0.weight"], net["0.bias"], stride, padding, dilation, groups).AssertNear(net.Run(x));
    }

    [Fact]
    public void Depthwise_convolves_every_channel_by_itself()
    {
        var net = new Elaborated(Network([3, 6, 5], Layer("Conv2D", ("Kernel", 3), ("Padding", 1), ("Depthwise", 1), ("Expand", 2))));
        Assert.Equal([6, 1, 3, 3], net["0.weight"].Shape);
        Values x = net.Random(2, 3, 6, 5);
        Torch.Conv2d(x, net["0.weight"], net["0.bias"], 1, 1, 1, 3).AssertNear(net.Run(x));
    }

    [Fact]
    public void A_kernel_can_be_oblong_and_without_bias()
    {
        var net = new Elaborated(Network([2, 5, 6], Layer("Conv2D", ("Channels", 3), ("KernelHeight", 1), ("KernelWidth", 4), ("Bias", 0))));
        Assert.Equal(["0.weight"], net.ParameterNames);
        Values x = net.Random(2, 2, 5, 6);
        Torch.Conv2d(x, net["0.weight"], null, 1, 0, 1, 1).AssertNear(net.Run(x));
    }

    [Fact]
    public void Channels_left_out_are_as_many_as_come_in() =>
        Assert.Equal([4, 4, 3, 3], new Elaborated(Network([4, 5, 5], Layer("Conv2D", ("Kernel", 3))))["0.weight"].Shape);

    [Fact]
    public void Weights_start_within_the_root_of_the_fan_in()
    {
        var net = new Elaborated(Network([4, 5, 5], Layer("Conv2D", ("Channels", 8), ("Kernel", 2), ("Groups", 4))));
        Assert.All(net.Elaboration.Parameters, p => Assert.Equal(0.5, p.Scale));
    }
}
