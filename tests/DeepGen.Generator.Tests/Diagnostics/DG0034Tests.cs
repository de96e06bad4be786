namespace DeepGen.Generator.Tests.Diagnostics;

public sealed class DG0034Tests : DiagnosticTest
{
    [Theory]
    [InlineData("Dense(8), Softmax(Axis = 0), Dense(3)", "1", "reduce")]
    [InlineData("Transpose(1, 0), Conv1D(8, 3, Padding = 1), InstanceNorm", "2", "reduce")]
    [InlineData("Transpose(1, 0), GroupNorm(2)", "1", "extent")]
    [InlineData("Transpose(1, 0), Conv1D(8, 3), Relu", "1", "convolution")]
    [InlineData("Transpose(1, 0), Pad1D(2)", "1", "pad")]
    public void A_layer_in_which_all_steps_count_is_named(string layers, string layer, string primitive) =>
        Says(Counts(layer, primitive), at: "Lengths = \"n\"", Net(layers));

    [Theory]
    [InlineData("MatMul(Transpose(Say(x), 1, 0), Say(x))", "MatMul", "matmul")]
    [InlineData("Softmax(Say(x), 0)", "Softmax", "reduce")]
    public void So_is_an_operation(string forward, string layer, string primitive) =>
        Says(
            Counts(layer, primitive),
            at: "Lengths = \"n\"",
            $$"""
            [Network, Size("T", 9, Lengths = "n")]
            public sealed partial class Net
            {
                [Dense(11)] private partial Tensor Say(Tensor x);

                private Tensor Forward([Shape("T", 6)] Tensor x) => {{forward}};
            }
            """);

    [Fact]
    public void A_product_over_what_is_zero_beyond_the_end_is_fine() => IsFine(
        """
        [Network, Size("T", 9, Lengths = "n")]
        public sealed partial class Net
        {
            [Dense(11)] private partial Tensor Say(Tensor x);

            private Tensor Forward([Shape("T", 6)] Tensor x) => MatMul(Transpose(x, 1, 0), Say(x));
        }
        """);

    [Fact]
    public void A_norm_of_the_batch_counts_all_steps_while_training() =>
        Says(Counts("1", "extent"), at: "Lengths = \"n\"", Net("Transpose(1, 0), BatchNorm, Conv1D(3, 1)", ", Train(Loss.L1)"));

    [Theory]
    [InlineData("Lstm(5, Bidirectional = true), MultiHeadAttention(5), MultiHeadAttention(2, Causal = true), Gru(3, Output = States.Last)")]
    [InlineData("Transpose(1, 0), BatchNorm, Conv1D(8, 3, Padding = 1), Conv1D(8, 3, Causal = true, Dilation = 3)")]
    public void Layers_that_leave_out_what_is_not_there_are_fine(string layers) => IsFine(Net(layers));

    private static string Net(string layers, string readings = "") =>
        $"[Network, Size(\"T\", 9, Lengths = \"n\"), Input(\"T\", 6){readings}] [{layers}] public sealed partial class Net;";

    private static string Counts(string layer, string primitive) =>
        $"'{layer}' cannot take sequences of lengths of their own: in its {primitive} the elements of 'T' beyond a sample's last would count";
}
