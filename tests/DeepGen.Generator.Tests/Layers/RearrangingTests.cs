using DeepGen.Generator.Declare;
using static DeepGen.Generator.Tests.Layers.Specs;

namespace DeepGen.Generator.Tests.Layers;

public class RearrangingTests
{
    [Fact]
    public void Flatten_keeps_channels_first_order()
    {
        var net = new Elaborated(Network([2, 3, 4], Layer("Flatten")));
        Values x = net.Random(3, 2, 3, 4);
        new Values([3, 24], x.Data).AssertNear(net.Run(x));
    }

    [Fact]
    public void Flatten_after_a_convolution_sees_channels_first_values()
    {
        var net = new Elaborated(Network([2, 5, 5], Layer("Conv2D", ("Channels", 3), ("Kernel", 3)), Layer("Flatten"), Layer("Dense", ("Units", 4))));
        Values x = net.Random(2, 2, 5, 5);
        Values image = Torch.Conv2d(x, net["0.weight"], net["0.bias"], 1, 0, 1, 1);
        Torch.Linear(new Values([2, 27], image.Data), net["2.weight"], net["2.bias"]).AssertNear(net.Run(x));
    }

    [Theory]
    [InlineData(new[] { 6, 4 }, new[] { 6, 4 })]
    [InlineData(new[] { -1, 4 }, new[] { 6, 4 })]
    [InlineData(new[] { 2, -1, 2 }, new[] { 2, 6, 2 })]
    [InlineData(new[] { 24 }, new[] { 24 })]
    public void Reshape_keeps_the_order_and_fills_in_the_open_size(int[] written, int[] shape)
    {
        var net = new Elaborated(Network([2, 3, 4], ListLayer("Reshape", "Shape", written)));
        Values x = net.Random(2, 2, 3, 4);
        new Values([2, .. shape], x.Data).AssertNear(net.Run(x));
    }

    [Fact]
    public void Transpose_reorders_the_axes_after_the_batch()
    {
        var net = new Elaborated(Network([2, 3, 4], ListLayer("Transpose", "Permutation", 2, 0, -2)));
        Values x = net.Random(2, 2, 3, 4);
        Torch.Permute(x, 0, 3, 1, 2).AssertNear(net.Run(x));
    }

    [Fact]
    public void An_interleaved_image_is_seen_channels_first()
    {
        var net = new Elaborated(Network([3, 4, 5], InputLayout.Hwc, Layer("Conv2D", ("Channels", 2), ("Kernel", 3))));
        Values interleaved = net.Random(2, 4, 5, 3);
        Values x = Torch.Permute(interleaved, 0, 3, 1, 2);
        Torch.Conv2d(x, net["0.weight"], net["0.bias"], 1, 0, 1, 1).AssertNear(net.Run(interleaved));
    }
}
