using DeepGen.Generator.Ops;
using static DeepGen.Generator.Tests.Layers.Specs;

namespace DeepGen.Generator.Tests.Layers;

public class TransposedConvolutionTests
{
    [Theory]
    [InlineData(1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1)]
    [InlineData(3, 4, 5, 2, 2, 2, 0, 0, 1, 1, 2)]
    [InlineData(3, 4, 5, 2, 3, 2, 1, 1, 1, 1, 2)]
    [InlineData(2, 5, 3, 4, 4, 2, 1, 0, 1, 1, 1)]
    [InlineData(2, 5, 3, 4, 4, 2, 0, 0, 1, 1, 1)]
    [InlineData(2, 3, 3, 2, 2, 3, 0, 2, 1, 1, 2)]
    [InlineData(2, 3, 4, 3, 3, 1, 2, 0, 2, 1, 2)]
    [InlineData(4, 3, 4, 6, 3, 2, 1, 2, 3, 2, 2)]
    [InlineData(4, 3, 4, 4, 2, 2, 0, 0, 1, 4, 1)]
    public void ConvTranspose2D_is_PyTorchs_transposed_convolution(
        int channelsIn, int height, int width, int channelsOut, int kernel, int stride, int padding, int outputPadding, int dilation, int groups, int batch)
    {
        var net = new Elaborated(Network([channelsIn, height, width], Layer(
            "ConvTranspose2D",
            ("Channels", channelsOut), ("Kernel", kernel), ("Stride", stride), ("Padding", padding),
            ("OutputPadding", outputPadding), ("Dilation", dilation), ("Groups", groups))));
        Assert.Equal([channelsIn, channelsOut / groups, kernel, kernel], net["0.weight"].Shape);
        Values x = net.Random(batch, channelsIn, height, width);
        Torch.ConvTranspose2d(x, net["0.weight"], net["0.bias"], stride, padding, outputPadding, dilation, groups).AssertNear(net.Run(x));
    }

    [Theory]
    [InlineData(3, 6, 2, 4, 2, 1, 0)]
    [InlineData(2, 5, 2, 3, 3, 0, 1)]
    public void ConvTranspose1D_is_that_of_an_image_of_one_row(int channelsIn, int steps, int channelsOut, int kernel, int stride, int padding, int outputPadding)
    {
        var net = new Elaborated(Network([channelsIn, steps], Layer(
            "ConvTranspose1D", ("Channels", channelsOut), ("Kernel", kernel), ("Stride", stride), ("Padding", padding), ("OutputPadding", outputPadding))));
        Assert.Equal([channelsIn, channelsOut, kernel], net["0.weight"].Shape);
        Values x = net.Random(2, channelsIn, steps);

        // Rows of zeros around the kernel's one row, cut off again, leave the signal alone.
        int size = (2 * padding) + 1;
        Values weight = Values.From([channelsIn, channelsOut, size, kernel], i => i[2] == padding ? net["0.weight"][i[0], i[1], i[3]] : 0);
        Values y = Torch.ConvTranspose2d(Torch.Unsqueeze(x), weight, net["0.bias"], stride, padding, outputPadding, 1, 1);
        Values.From([2, channelsOut, y.Shape[3]], i => y[i[0], i[1], 0, i[2]]).AssertNear(net.Run(x));
    }

    [Fact]
    public void Weights_start_as_PyTorchs_do_within_the_root_of_what_one_input_reaches()
    {
        var net = new Elaborated(Network([4, 5, 5], Layer("ConvTranspose2D", ("Channels", 8), ("Kernel", 2), ("Groups", 2))));
        Assert.All(net.Elaboration.Parameters, p => Assert.Equal(0.25, p.Scale));
    }

    [Fact]
    public void A_stride_as_large_as_the_kernel_computes_no_product_with_a_zero()
    {
        var net = new Elaborated(Network([3, 4, 5], Layer("ConvTranspose2D", ("Channels", 2), ("Kernel", 2), ("Stride", 2))));
        var convolutions = net.Forward.Nodes.Where(n => n.Op is Convolution).ToList();
        Assert.Equal(4, convolutions.Count);
        Assert.All(convolutions, c => Assert.Equal([1, 1, 3, 2], c.Inputs[1].Shape.Select(s => s.Value)));
    }
}
