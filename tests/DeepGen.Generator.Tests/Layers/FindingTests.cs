using DeepGen.Generator.Check;
using DeepGen.Generator.Declare;
using static DeepGen.Generator.Tests.Layers.Specs;

namespace DeepGen.Generator.Tests.Layers;

public class FindingTests
{
    private static readonly int[] Image = [4, 9, 7];

    public static TheoryData<int[], object, string, string, string[]> Single => new()
    {
        { [4], Layer("Dense", ("Units", 0)), "DG0005", "member:0/Units", ["Units", "0"] },
        { [4], Layer("Dense", ("Expand", -2)), "DG0005", "member:0/Expand", ["Expand", "-2"] },
        { Image, Layer("Conv2D", ("Channels", 3)), "DG0005", "member:0/Kernel", ["Kernel", "0"] },
        { Image, Layer("MaxPool2D"), "DG0005", "member:0/Size", ["Size", "0"] },
        { Image, ListLayer("Reshape", "Shape", 4, 0), "DG0005", "member:0/Shape", ["Shape", "0"] },
        { Image, Layer("Conv2D", ("Kernel", 8)), "DG0006", "member:0/Kernel", ["Conv2D", "8 by 8", "9 by 7"] },
        { Image, Layer("Conv2D", ("Kernel", 5), ("Dilation", 3), ("Padding", 1)), "DG0006", "member:0/Kernel", ["Conv2D", "13 by 13", "11 by 9"] },
        { Image, Layer("AveragePool2D", ("Size", 9)), "DG0006", "member:0/Size", ["AveragePool2D", "9 by 9", "9 by 7"] },
        { Image, Layer("Conv2D", ("Kernel", 3), ("Groups", 3)), "DG0007", "member:0/Groups", ["Conv2D", "4", "3"] },
        { Image, Layer("Conv2D", ("Kernel", 3), ("Channels", 6), ("Groups", 4)), "DG0007", "member:0/Groups", ["Conv2D", "6", "4"] },
        { Image, Layer("Conv2D", ("Kernel", 3), ("Channels", 6), ("Depthwise", 1)), "DG0007", "member:0/Depthwise", ["Conv2D", "6", "4"] },
        { Image, Layer("GroupNorm", ("Groups", 3)), "DG0007", "member:0/Groups", ["GroupNorm", "4", "3"] },
        { Image, Layer("Dense", ("Units", 3)), "DG0009", "step:1", ["4 channels of 9 by 7"] },
        { [4, 9], Layer("Conv2D", ("Kernel", 3)), "DG0016", "step:1", ["Conv2D", "an image of channels, height and width", "a sequence of 4 by 9"] },
        { [10], Layer("MaxPool2D", ("Size", 2)), "DG0016", "step:1", ["MaxPool2D", "an image of channels, height and width", "a vector of 10"] },
        { [2, 3, 4, 5], Layer("Dense", ("Units", 2)), "DG0016", "step:1", ["Dense", "a vector or a sequence", "a tensor of 2 by 3 by 4 by 5"] },
        { [10], Layer("Lstm", ("Units", 2)), "DG0016", "step:1", ["Lstm", "a sequence of vectors", "a vector of 10"] },
        { [4, 10], Layer("Lstm", ("Units", 2), ("Layers", 1001)), "DG0023", "member:0/Layers", ["Layers", "1001", "at most 1000"] },
        { [4, 10], Layer("Gru", ("Layers", 0)), "DG0005", "member:0/Layers", ["Layers", "0"] },
        { [4, 10], Layer("Rnn", ("Dropout", 1)), "DG0023", "member:0/Dropout", ["Dropout", "1", "at least 0 and below 1"] },
        { [4, 10], Layer("Lstm", ("Units", 200_000_000)), "DG0024", "step:1", ["the gates of Lstm", "3200000000 values"] },
        { [4, 10], Layer("Lstm", ("Units", 50_000)), "DG0024", "step:1", ["the weight_hh_l0 of '0'", "10000000000 values"] },
        { [10], Layer("Softmax", ("Axis", 1)), "DG0022", "member:0/Axis", ["Softmax", "a vector of 10 has no axis 1"] },
        { [10, 2], Layer("LogSoftmax", ("Axis", -3)), "DG0022", "member:0/Axis", ["LogSoftmax", "a sequence of 10 by 2 has no axis -3"] },
        { [2, 3], ListLayer("Transpose", "Permutation", 0, 0), "DG0022", "member:0/Permutation", ["Transpose", "(0, 0) does not name every axis of a sequence of 2 by 3 once"] },
        { [2, 3], ListLayer("Reshape", "Shape", -1, -1), "DG0022", "member:0/Shape", ["Reshape", "only one size can be left open with -1"] },
        { [2, 3], ListLayer("Reshape", "Shape", 4, -1), "DG0022", "member:0/Shape", ["Reshape", "a sequence of 2 by 3 has 6 values, which do not fill 4 by any"] },
        { Image, Layer("Conv2D", ("Kernel", 3), ("Padding", -1)), "DG0023", "member:0/Padding", ["Padding", "-1", "a whole number of at least 0"] },
        { Image, Layer("MaxPool2D", ("Size", 3), ("Padding", 2)), "DG0023", "member:0/Padding", ["Padding", "2", "at most half of the window's size, 1"] },
        { Image, Layer("ConvTranspose2D"), "DG0005", "member:0/Kernel", ["Kernel", "0"] },
        { Image, Layer("ConvTranspose2D", ("Kernel", 2), ("Stride", 2), ("OutputPadding", 2)), "DG0023", "member:0/OutputPadding", ["OutputPadding", "2", "less than the stride or the dilation, 2"] },
        { Image, Layer("ConvTranspose2D", ("Kernel", 3), ("Padding", 5)), "DG0023", "member:0/Padding", ["Padding", "5", "at most 4, so that something is left of 9"] },
        { Image, Layer("ConvTranspose2D", ("Kernel", 3), ("Channels", 6), ("Groups", 4)), "DG0007", "member:0/Groups", ["ConvTranspose2D", "6", "4"] },
        { Image, Layer("ConvTranspose2D", ("Kernel", 2), ("Stride", 33)), "DG0024", "step:1", ["the phases of ConvTranspose2D", "1089, one for each step of its stride; there may be 1024"] },
        { [4, 3000, 3000], Layer("ConvTranspose2D", ("Kernel", 2), ("Stride", 32)), "DG0024", "step:1", ["the output of ConvTranspose2D", "36840963600 values"] },
        { Image, Layer("Conv1D", ("Kernel", 3)), "DG0016", "step:1", ["Conv1D", "a signal of channels and steps", "4 channels of 9 by 7"] },
        { [4, 9], Layer("Conv1D", ("Kernel", 12), ("Padding", 1)), "DG0006", "member:0/Kernel", ["Conv1D", "12", "11"] },
        { [4, 9], Layer("Conv1D", ("Kernel", 3), ("Padding", 1), ("Causal", 1)), "DG0023", "member:0/Padding", ["Padding", "1", "left out where Causal says how much there is"] },
        { [4, 9], Layer("Conv1D", ("Kernel", int.MaxValue), ("Dilation", int.MaxValue), ("Causal", 1)), "DG0024", "step:1", ["the padded input of Conv1D", "9223372036854775807 values"] },
        { [4, 9], Layer("MaxPool1D", ("Size", 10)), "DG0006", "member:0/Size", ["MaxPool1D", "10", "9"] },
        { Image, Layer("Conv2D", ("Kernel", 3), ("Padding", 7), ("PaddingMode", 1)), "DG0023", "member:0/Padding", ["Padding", "7", "less than the size it mirrors, 7"] },
        { Image, Layer("Pad2D", ("Padding", 8), ("Mode", 3)), "DG0023", "member:0/Padding", ["Padding", "8", "at most the size it goes round, 7"] },
        { Image, Layer("Pad2D", ("Padding", 8), ("Mode", 4)), "DG0023", "member:0/Mode", ["Mode", "4", "one of Zeros, Reflect, Replicate, Circular"] },
        { Image, Layer("PixelShuffle", ("Factor", 3)), "DG0023", "member:0/Factor", ["Factor", "3", "such that its square divides 4 channels"] },
        { [4], Layer("InstanceNorm"), "DG0016", "step:1", ["InstanceNorm", "a signal or an image", "a vector of 4"] },
        { [4], Layer("Dropout", ("Rate", 1)), "DG0023", "member:0/Rate", ["Rate", "1", "at least 0 and below 1"] },
        { [4], Layer("LeakyRelu", ("Slope", 1.5)), "DG0023", "member:0/Slope", ["Slope", "1.5", "at least 0 and at most 1"] },
        { [4], Layer("Elu", ("Alpha", double.NaN)), "DG0023", "member:0/Alpha", ["Alpha", "NaN", "greater than 0"] },
        { [4], Layer("HardTanh", ("Min", 2)), "DG0023", "member:0/Max", ["Max", "1", "greater than Min, 2"] },
        { [4], Layer("BatchNorm", ("Epsilon", 0)), "DG0023", "member:0/Epsilon", ["Epsilon", "0", "greater than 0"] },
        { [6], Layer("Dense", ("Shrink", 4)), "DG0023", "member:0/Shrink", ["Shrink", "4", "a divisor of 6"] },
        { [6], Layer("Dense", ("Units", 4), ("Expand", 2)), "DG0023", "member:0/Expand", ["Expand", "2", "left out where Units is given"] },
        { [100_000], Layer("Dense", ("Units", 100_000)), "DG0024", "step:1", ["the weight of '0'", "10000000000 values"] },
        { [3, 20_000, 20_000], Layer("Upsample2D", ("Factor", 2)), "DG0024", "step:1", ["the output of Upsample2D", "4800000000 values"] },
        { [1, 3, 3], Layer("Conv2D", ("Kernel", 3), ("Padding", int.MaxValue)), "DG0024", "step:1", ["the padded input of Conv2D", "9223372036854775807 values"] },
        { [6], Layer("Dense", ("Expand", int.MaxValue)), "DG0024", "step:1", ["the output of Dense", "12884901882 values"] },
    };

    [Theory]
    [MemberData(nameof(Single))]
    public void A_wrong_layer_gives_one_finding_at_its_place(int[] input, object layer, string id, string place, string[] words)
    {
        // What follows a wrong layer is silent.
        AssertFinding(Network(input, (LayerSpec)layer, Layer("Flatten"), Layer("Dense", ("Units", 3))), id, place, words);
    }

    [Fact]
    public void Layers_that_are_wrong_apart_from_each_other_are_all_said()
    {
        var findings = Elaborator.Elaborate(Network([4], Layer("Dense", ("Units", 0)), Layer("Dropout", ("Rate", 2)))).Findings;
        Assert.Equal(["DG0005", "DG0023"], findings.Select(f => f.Id));
    }

    [Fact]
    public void An_operation_says_both_shapes()
    {
        var module = new ModuleWriter("Net");
        int a = module.Input("a", 32, 14, 14);
        int b = module.Input("b", 10);
        AssertFinding(module.Output("y", module.Op("Add", a, b)).Network(), "DG0008", "step:2", "Add", "32 channels of 14 by 14", "a vector of 10");
    }

    [Fact]
    public void Concat_and_MatMul_say_both_shapes()
    {
        var module = new ModuleWriter("Net");
        int a = module.Input("a", 2, 3);
        int b = module.Input("b", 2, 4);
        module.Output("c", module.Op("Concat", a, b)).Output("m", module.Op("MatMul", a, b));
        var findings = Elaborator.Elaborate(module.Network()).Findings;
        Assert.Equal(2, findings.Length);
        Assert.Equal(["Concat", "a sequence of 2 by 3", "a sequence of 2 by 4"], findings[0].Arguments);
        Assert.Equal(["MatMul", "a sequence of 2 by 3", "a sequence of 2 by 4"], findings[1].Arguments);
    }

    [Fact]
    public void An_argument_of_an_operation_is_found_at_the_operation()
    {
        var module = new ModuleWriter("Net");
        int a = module.Input("a", 2, 3);
        AssertFinding(module.Output("y", module.Op("Sum", a, ("Axis", 2))).Network(), "DG0022", "step:1/Axis", "Sum", "a sequence of 2 by 3 has no axis 2");
    }

    [Fact]
    public void A_shared_layer_must_be_given_the_same_size()
    {
        var module = new ModuleWriter("Net");
        int encode = module.Member("encode", Layer("Dense", ("Units", 3)));
        int a = module.Call(encode, module.Input("a", 5));
        int b = module.Call(encode, module.Input("b", 6));
        AssertFinding(module.Output("y", module.Op("Add", a, b)).Network(), "DG0008", "step:3", "Dense", "a vector of 5", "a vector of 6");
    }

    [Fact]
    public void A_shared_convolution_may_be_given_images_of_two_sizes()
    {
        var module = new ModuleWriter("Net");
        int scan = module.Member("scan", Layer("Conv2D", ("Channels", 3), ("Kernel", 3)));
        module.Output("a", module.Call(scan, module.Input("a", 2, 5, 5))).Output("b", module.Call(scan, module.Input("b", 2, 9, 8)));
        Assert.Empty(Elaborator.Elaborate(module.Network()).Findings);
    }

    [Fact]
    public void A_residual_branch_must_keep_the_shape()
    {
        ModuleSpec block = Residual("My.Wide", Layer("Dense", ("Expand", 2)));
        var finding = Assert.Single(Elaborator.Elaborate(Network([5], Use(block))).Findings);
        Assert.Equal(new Finding("DG0010", "My.Wide/step:2", new(["a vector of 5", "a vector of 10"])), finding);
    }

    [Fact]
    public void A_stacked_block_must_keep_the_shape()
    {
        ModuleSpec block = Block("My.Wide", Layer("Dense", ("Expand", 2)));
        AssertFinding(Network([5], Stack(block, 3)), "DG0021", "step:1", "Wide", "a vector of 5", "a vector of 10");
    }

    [Fact]
    public void A_mistake_inside_a_block_is_found_once_inside_the_block()
    {
        ModuleSpec block = Block("My.Wrong", Layer("Softmax", ("Axis", 4)));
        var finding = Assert.Single(Elaborator.Elaborate(Network([5], Use(block), Stack(block, 3))).Findings);
        Assert.Equal("My.Wrong/member:0/Axis", finding.Place);
    }

    [Fact]
    public void All_copies_of_a_parameter_must_fit_together()
    {
        ModuleSpec block = Block("Wide", Layer("Dense", ("Bias", 0)));
        var finding = Assert.Single(Elaborator.Elaborate(Network([1000], Stack(block, 3000))).Findings);
        Assert.Equal(new Finding("DG0024", "Wide/step:1", new(["the weight of '0.*.0'", "3000000000 values"])), finding);
    }

    [Fact]
    public void All_parameters_must_fit_together()
    {
        var large = Layer("Dense", ("Units", 40_000), ("Bias", 0));
        var finding = Assert.Single(Elaborator.Elaborate(Network([40_000], large, large)).Findings);
        Assert.Equal(new Finding("DG0024", "Net/type", new(["all parameters together", "3200000030 values"])), finding);
    }

    [Fact]
    public void An_input_is_found_wrong_at_the_input()
    {
        AssertFinding(Network([3, 0], Layer("Relu")), "DG0005", "input:0/Shape", "Shape", "0");
        AssertFinding(Network([100_000, 100_000], Layer("Relu")), "DG0024", "input:0/Shape", "the input 'input'", "10000000000 values");
        AssertFinding(
            Network([10], InputLayout.Hwc, Layer("Relu")),
            "DG0016", "input:0/Layout", "Layout.Hwc", "an image of channels, height and width", "a vector of 10");
    }

    private static void AssertFinding(NetworkSpec spec, string id, string place, params string[] words)
    {
        Elaboration elaboration = Elaborator.Elaborate(spec);
        Assert.Equal(new Finding(id, "Net/" + place, new(words)), Assert.Single(elaboration.Findings));
        Assert.Null(elaboration.Forward);
    }
}
