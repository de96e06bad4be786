using DeepGen.Generator.Check;
using DeepGen.Generator.Declare;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Passes;
using static DeepGen.Generator.Tests.Layers.Specs;

namespace DeepGen.Generator.Tests.Passes;

/// <summary>What the passes make of networks people declare.</summary>
public sealed class NetworkTests
{
    private static readonly LayerSpec _convolution = Layer("Conv2D", ("Kernel", 3), ("Padding", 1));

    private static readonly ModuleSpec _basic =
        Residual("Basic", _convolution, Layer("BatchNorm"), Layer("Relu"), _convolution, Layer("BatchNorm"));

    [Fact]
    public void The_digit_network_moves_no_element_of_an_image()
    {
        Graph after = Meaning.After(Pipeline.Optimise, Digits(12));
        Assert.Equal(0, TransposeCount.Of(after));
        (_, Graph main) = HoistPrepare.Run(Pipeline.Optimise(Digits(28)));
        Assert.Equal(
            [
                "input", "reshape",
                "convolution", "broadcast", "add", "window", "constant", "broadcast", "maximum",
                "convolution", "broadcast", "add", "window", "broadcast", "maximum",
                "reshape", "matmul", "broadcast", "add", "broadcast", "maximum",
                "matmul", "broadcast", "add",
            ],
            main.Nodes.Where(n => n.Op is not Parameter).Select(n => n.Op.Name));
    }

    [Fact]
    public void Its_layers_keep_their_names()
    {
        Graph after = Pipeline.Optimise(Digits(28));
        Assert.Equal(["input", "0", "1", "2", "3", "4", "5", "7", "8", "9"], after.Nodes.Where(n => n.Label is not null).Select(n => n.Label));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_residual_network_turns_its_input_around_and_nothing_else(bool isStack)
    {
        LayerSpec[] blocks = isStack ? [Stack(_basic, 3)] : [Use(_basic), Use(_basic), Use(_basic)];
        Graph graph = ResNet(4, blocks);
        Graph after = Meaning.After(Pipeline.Optimise, graph);
        Assert.Equal(1, TransposeCount.Of(after));

        var halves = HoistPrepare.Run(after);
        Meaning.IsKept(graph, halves);
        Assert.Equal(1, Meaning.Count<Transpose>(halves.Main));
        Assert.Equal(1, Meaning.Count<Multiply>(halves.Main));
        Assert.Equal(0, Meaning.Count<Sqrt>(halves.Main));
    }

    [Fact]
    public void Normalised_and_upsampled_images_stay_channels_last()
    {
        Graph graph = ResNet(
            6,
            Layer("GroupNorm", ("Groups", 3)),
            Layer("MaxPool2D", ("Size", 2)),
            Layer("Upsample2D", ("Factor", 2)),
            Layer("LayerNorm"),
            _convolution,
            Layer("AveragePool2D", ("Size", 2)),
            Layer("Softmax"));
        Assert.Equal(1, TransposeCount.Of(Meaning.After(Pipeline.Optimise, graph)));
    }

    [Fact]
    public void Images_that_grow_again_and_get_other_edges_stay_channels_last()
    {
        Graph graph = ResNet(
            4,
            Layer("MaxPool2D", ("Size", 2)),
            Layer("ConvTranspose2D", ("Kernel", 2), ("Stride", 2)),
            Layer("Conv2D", ("Kernel", 3), ("Padding", 1), ("PaddingMode", 1)),
            Layer("Upsample2D", ("Factor", 2), ("Mode", 1)),
            Layer("InstanceNorm"),
            Layer("Pad2D", ("Padding", 1), ("Mode", 3)),
            Layer("Relu"));
        Assert.Equal(1, TransposeCount.Of(Meaning.After(Pipeline.Optimise, graph)));
    }

    [Fact]
    public void Signals_are_turned_around_once()
    {
        var graph = Forward(Network(
            [2, 16],
            Layer("Conv1D", ("Channels", 4), ("Kernel", 3), ("Causal", 1)),
            Layer("Relu"),
            Layer("Conv1D", ("Kernel", 3), ("Padding", 1)),
            Layer("BatchNorm"),
            Layer("Relu"),
            Layer("MaxPool1D", ("Size", 2)),
            Layer("ConvTranspose1D", ("Kernel", 2), ("Stride", 2))));
        Assert.Equal(2, TransposeCount.Of(Meaning.After(Pipeline.Optimise, graph)));
    }

    [Fact]
    public void An_interleaved_image_is_never_turned_around()
    {
        Graph graph = Forward(Network([3, 6, 4], InputLayout.Hwc, _convolution, Layer("Relu"), Layer("Flatten"), Layer("Dense", ("Units", 3))));
        Assert.Equal(0, TransposeCount.Of(Meaning.After(Pipeline.Optimise, graph)));
    }

    [Fact]
    public void Bounds_of_an_optimised_network_need_no_more_transposes_than_they_have_inputs()
    {
        Graph bounds = Interval.Run(Pipeline.Optimise(ResNet(4, Stack(_basic, 3))));
        Graph after = Meaning.After(Pipeline.OptimiseExactly, bounds);
        Assert.Equal(2, TransposeCount.Of(after));
        Meaning.IsKept(bounds, HoistPrepare.Run(after));
    }

    private static Graph Digits(int side) => Forward(Network(
        [1, side, side],
        Layer("Conv2D", ("Channels", 32), ("Kernel", 3), ("Padding", 1)),
        Layer("Relu"),
        Layer("MaxPool2D", ("Size", 2)),
        Layer("Conv2D", ("Channels", 64), ("Kernel", 3), ("Padding", 1)),
        Layer("Relu"),
        Layer("MaxPool2D", ("Size", 2)),
        Layer("Flatten"),
        Layer("Dense", ("Units", 128)),
        Layer("Relu"),
        Layer("Dense", ("Units", 10))));

    private static Graph ResNet(int width, params LayerSpec[] middle) => Forward(Network(
        [3, 8, 8],
        [
            Layer("Conv2D", ("Channels", width), ("Kernel", 3), ("Padding", 1)),
            Layer("BatchNorm"),
            Layer("Relu"),
            .. middle,
            Layer("GlobalAveragePool"),
            Layer("Dense", ("Units", 10)),
        ]));

    private static Graph Forward(NetworkSpec spec)
    {
        Elaboration elaboration = Elaborator.Elaborate(spec);
        Assert.Empty(elaboration.Findings);
        return elaboration.Forward!;
    }
}
