using static DeepGen.Generator.Tests.Layers.Specs;

namespace DeepGen.Generator.Tests.Layers;

public class ResizingTests
{
    public static TheoryData<int> Modes => [0, 1, 2, 3];

    [Theory]
    [InlineData(1, 4, 5)]
    [InlineData(2, 4, 5)]
    [InlineData(3, 2, 1)]
    [InlineData(5, 1, 3)]
    public void Bilinear_upsampling_is_PyTorchs(int factor, int height, int width)
    {
        var net = new Elaborated(Network([3, height, width], Layer("Upsample2D", ("Factor", factor), ("Mode", 1))));
        Values x = net.Random(2, 3, height, width);
        Torch.UpsampleBilinear(x, factor).AssertNear(net.Run(x));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void PixelShuffle_makes_squares_of_channels(int factor)
    {
        var net = new Elaborated(Network([2 * factor * factor, 3, 4], Layer("PixelShuffle", ("Factor", factor))));
        Values x = net.Random(2, 2 * factor * factor, 3, 4);
        Torch.PixelShuffle(x, factor).AssertNear(net.Run(x));
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Padding_holds_what_its_mode_says(int mode)
    {
        var net = new Elaborated(Network([2, 4, 5], Layer("Pad2D", ("Padding", 2), ("Left", 0), ("Bottom", 3), ("Mode", mode))));
        Values x = net.Random(2, 2, 4, 5);
        Torch.Pad(x, 2, 3, 0, 2, (i, size) => Torch.Edge(mode, i, size)).AssertNear(net.Run(x), 0);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Padding_of_a_signal_lies_at_its_ends(int mode)
    {
        var net = new Elaborated(Network([2, 5], Layer("Pad1D", ("Padding", 1), ("Right", 3), ("Mode", mode))));
        Values x = net.Random(2, 2, 5);
        Torch.Squeeze(Torch.Pad(Torch.Unsqueeze(x), 0, 0, 1, 3, (i, size) => Torch.Edge(mode, i, size))).AssertNear(net.Run(x), 0);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void A_convolution_pads_as_its_mode_says(int mode)
    {
        var net = new Elaborated(Network([2, 4, 5], Layer("Conv2D", ("Channels", 3), ("Kernel", 3), ("Padding", 2), ("Stride", 2), ("PaddingMode", mode))));
        Values x = net.Random(2, 2, 4, 5);
        Values padded = Torch.Pad(x, 2, 2, 2, 2, (i, size) => Torch.Edge(mode, i, size));
        Torch.Conv2d(padded, net["0.weight"], net["0.bias"], 2, 0, 1, 1).AssertNear(net.Run(x));
    }

    [Fact]
    public void InstanceNorm_is_GroupNorm_with_a_group_for_each_channel()
    {
        var net = new Elaborated(Network([3, 4, 5], Layer("InstanceNorm", ("Affine", 1), ("Epsilon", 0.01f))));
        Values x = net.Random(2, 3, 4, 5);
        Torch.GroupNorm(x, net["0.weight"], net["0.bias"], 3, 0.01f).AssertNear(net.Run(x));
        Assert.Empty(new Elaborated(Network([3, 4], Layer("InstanceNorm"))).ParameterNames);
    }

    [Fact]
    public void Relu6_keeps_values_between_zero_and_six()
    {
        var net = new Elaborated(Network([3], Layer("Relu6")));
        new Values([2, 3], [0, 2, 6, 0, 6, 6]).AssertNear(net.Run(new Values([2, 3], [-1, 2, 7, 0, 6, 100])), 0);
    }
}
