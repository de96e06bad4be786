namespace DeepGen.Generator.Tests.Diagnostics;

public sealed class DG0025Tests : DiagnosticTest
{
    [Fact]
    public void Layers_need_a_network() =>
        Says(
            "[Input] has no effect: 'Net' is neither a [Network] nor a [Block]",
            at: "Input(4)",
            """
            [Input(4)]
            [Dense(2), Relu]
            public sealed partial class Net;
            """);

    [Fact]
    public void Layer_methods_need_a_network() =>
        Says(
            "[Dense] has no effect: 'Net' is neither a [Network] nor a [Block]",
            at: "Dense(2)",
            """
            public sealed partial class Net
            {
                [Dense(2)] private partial Tensor Encode(Tensor x);
            }
            """);

    [Fact]
    public void How_weights_begin_is_said_on_the_network() =>
        Says(
            "[Initialize] has no effect: how weights begin is said on the network, not on its blocks",
            at: "Initialize(Initial.Zeros)",
            """
            [Block, Initialize(Initial.Zeros), Dense(2)]
            public sealed partial class Part;
            """);

    [Fact]
    public void What_holds_for_all_convolutions_is_said_on_the_network() =>
        Says(
            "[Convolutions] has no effect: what holds for all convolutions is said on the network, not on its blocks",
            at: "Convolutions(ConvolutionAlgorithm.Winograd)",
            """
            [Block, Convolutions(ConvolutionAlgorithm.Winograd), Dense(2)]
            public sealed partial class Part;
            """);

    [Fact]
    public void How_weights_are_stored_is_said_on_the_network() =>
        Says(
            "[Weights] has no effect: how weights are stored is said on the network, not on its blocks",
            at: "Weights(WeightFormat.BFloat16)",
            """
            [Block, Weights(WeightFormat.BFloat16), Dense(2)]
            public sealed partial class Part;
            """);

    [Fact]
    public void A_block_has_no_readings() =>
        Says(
            "[Certify] has no effect: a reading is asked for on the network, not on its blocks",
            at: "Certify",
            """
            [Block, Certify, Dense(2)]
            public sealed partial class Part;
            """);

    [Fact]
    public void A_block_has_no_input_of_its_own() =>
        Says(
            "[Input] has no effect: a block takes its input as it comes",
            at: "Input(4)",
            """
            [Block, Input(4), Dense(2)]
            public sealed partial class Part;
            """);

    [Fact]
    public void Nor_shapes_in_its_Forward() =>
        Says(
            "[Shape] has no effect: a block takes its input as it comes",
            at: "Shape(4)",
            """
            [Block]
            public sealed partial class Part
            {
                Tensor Forward([Shape(4)] Tensor x) => Relu(x);
            }
            """);

    [Fact]
    public void The_parameters_of_Forward_are_the_inputs() =>
        Says(
            "[Input] has no effect: the inputs of a network with Forward are its parameters",
            at: "Input(4)",
            """
            [Network, Input(4)]
            public sealed partial class Net
            {
                Tensor Forward([Shape(4)] Tensor x) => Relu(x);
            }
            """);
}
