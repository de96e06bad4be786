namespace DeepGen.Generator.Tests.Diagnostics;

public sealed class DG0023Tests : DiagnosticTest
{
    [Fact]
    public void A_rate_is_below_one() =>
        Says(
            "Rate is 1; it must be at least 0 and below 1",
            at: "1",
            """
            [Network, Input(4), Dropout(1), Dense(2)]
            public sealed partial class Net;
            """);

    [Fact]
    public void A_padding_is_not_negative() =>
        Says(
            "Padding is -1; it must be a whole number of at least 0",
            at: "Padding = -1",
            """
            [Network, Input(1, 8, 8), Conv2D(4, 3, Padding = -1)]
            public sealed partial class Net;
            """);

    [Fact]
    public void An_input_is_named_by_an_identifier() =>
        Says(
            "Name is \"my image\"; it must be a C# identifier",
            at: "Name = \"my image\"",
            """
            [Network, Input(4, Name = "my image"), Dense(2)]
            public sealed partial class Net;
            """);

    [Theory]
    [InlineData("LabelSmoothing = 1", "LabelSmoothing is 1; it must be at least 0 and below 1")]
    [InlineData("ClassWeights = new[] { 1f, -1f }", "ClassWeights is -1; it must be at least 0")]
    [InlineData("Weight = 0", "Weight is 0; it must be greater than 0")]
    public void Arguments_of_a_loss_are_in_range(string argument, string message) =>
        Says(message, argument, $"[Network, Input(4), Dense(2), Train(Loss.CrossEntropy, {argument})] public sealed partial class Net;");

    [Fact]
    public void Where_a_square_turns_into_a_line_is_positive() =>
        Says(
            "Delta is -1; it must be greater than 0",
            at: "Delta = -1",
            "[Network, Input(4), Dense(2), Train(Loss.Huber, Delta = -1)] public sealed partial class Net;");

    [Theory]
    [InlineData("Dense(2), Train((Loss)99)", "(Loss)99", "Loss is 99; it must be one of CrossEntropy, BinaryCrossEntropy, MeanSquaredError, L1, Huber, KullbackLeibler, GaussianNll, CosineEmbedding")]
    [InlineData("Dense(2), Initialize((Initial)99)", "(Initial)99", "Initial is 99; it must be one of Default, KaimingUniform, KaimingNormal, XavierUniform, XavierNormal, Orthogonal, TruncatedNormal, Zeros, ByActivation")]
    [InlineData("Dense(2), Convolutions((ConvolutionAlgorithm)9)", "(ConvolutionAlgorithm)9", "Algorithm is 9; it must be one of Direct, Winograd")]
    [InlineData("Dense(2), Weights((WeightFormat)2)", "(WeightFormat)2", "Format is 2; it must be one of Float32, BFloat16")]
    [InlineData("Dense(2), BatchNorm(Init = Initial.Orthogonal)", "Init = Initial.Orthogonal", "Init is 5; it must be Default or Zeros")]
    [InlineData("Dense(2), BatchNorm(Momentum = 0)", "Momentum = 0", "Momentum is 0; it must be above 0 and at most 1")]
    public void A_choice_is_one_of_those_there_are(string attributes, string at, string message) =>
        Says(message, at, $"[Network, Input(4), {attributes}] public sealed partial class Net;");

    [Theory]
    [InlineData("Conv2D(8, 5, Algorithm = ConvolutionAlgorithm.Winograd)")]
    [InlineData("Conv2D(8, 3, Stride = 2, Algorithm = ConvolutionAlgorithm.Winograd)")]
    [InlineData("Conv2D(8, 3, Dilation = 2, Algorithm = ConvolutionAlgorithm.Winograd)")]
    [InlineData("Conv2D(8, 3, Groups = 2, Algorithm = ConvolutionAlgorithm.Winograd)")]
    public void Tiles_are_for_one_kind_of_convolution(string layer) =>
        Says(
            "Algorithm is Winograd; it must be Direct, unless the kernel is 3 x 3, stride and dilation are 1 and there is one group",
            at: "Algorithm = ConvolutionAlgorithm.Winograd",
            $"[Network, Input(8, 12, 12), {layer}] public sealed partial class Net;");

    [Fact]
    public void There_are_two_layouts() =>
        Says(
            "Layout is 7; it must be Chw or Hwc",
            at: "Layout = (Layout)7",
            """
            [Network, Input(3, 8, 8, Layout = (Layout)7), Flatten]
            public sealed partial class Net;
            """);

    [Fact]
    public void Sizes_are_whole_numbers() =>
        Says(
            "Shape is 1.5; it must be whole numbers, and names of sizes",
            at: "1.5, 64",
            "[Network, Input(1.5, 64), Dense(2)] public sealed partial class Net;");
}
