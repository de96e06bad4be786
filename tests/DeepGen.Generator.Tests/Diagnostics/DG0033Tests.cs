namespace DeepGen.Generator.Tests.Diagnostics;

public sealed class DG0033Tests : DiagnosticTest
{
    private const string OneSize = "[Stream] cannot be written: there must be one size of the inputs that is known at run time only, and it is time: [Size(\"T\", 128), Input(\"T\", 64)]";

    [Fact]
    public void A_stream_goes_along_a_size_that_calls_choose() =>
        Says(OneSize, at: "Stream", "[Network, Input(64, 8), Stream] [Lstm(32), Dense(4)] public sealed partial class Net;");

    [Fact]
    public void Of_two_sizes_neither_is_time() =>
        Says(
            OneSize,
            at: "Stream",
            """
            [Network, Size("T", 9), Size("S", 9), Stream]
            public sealed partial class Net
            {
                (Tensor, Tensor) Forward([Shape("T", 4)] Tensor x, [Shape("S", 4)] Tensor y) => (Relu(x), Relu(y));
            }
            """);

    [Fact]
    public void A_stream_has_no_lengths() =>
        Says(
            "[Stream] cannot be written: 'n' says how many elements each sample has, which nobody knows while they come; leave Lengths out",
            at: "Stream",
            "[Network, Size(\"T\", 9, Lengths = \"n\"), Input(\"T\", 6), Stream, Lstm(3)] public sealed partial class Net;");

    [Fact]
    public void One_size_of_two_inputs_is_time() => IsFine(
        """
        [Network, Size("T", 9), Stream]
        public sealed partial class Net
        {
            Tensor Forward([Shape("T", 4)] Tensor x, [Shape("T", 4)] Tensor y) => x + y;
        }
        """);

    [Theory]
    [InlineData("Dense(8), Lstm(5, Bidirectional = true)", "1")]
    [InlineData("Gru(5, Bidirectional = true, Output = States.Last), Dense(3)", "0")]
    [InlineData("Dense(6), Tanh, MultiHeadAttention(2), Dense(3)", "2")]
    [InlineData("Dense(8), Softmax(Axis = 0), Dense(3)", "1")]
    [InlineData("LayerNorm, Transpose(1, 0), Conv1D(4, 3, Padding = 1)", "2")]
    [InlineData("Transpose(1, 0), Conv1D(4, 3), Relu", "1")]
    [InlineData("Transpose(1, 0), Conv1D(4, 3, Causal = true), InstanceNorm", "2")]
    [InlineData("Transpose(1, 0), Conv1D(4, 3, Causal = true), GroupNorm(2)", "2")]
    [InlineData("Transpose(1, 0), Pad1D(2)", "1")]
    public void What_looks_ahead_is_named(string layers, string culprit) =>
        Says(LooksAhead(culprit), at: "Stream", $"[Network, Size(\"T\", 9), Input(\"T\", 6), Stream] [{layers}] public sealed partial class Net;");

    [Fact]
    public void What_looks_ahead_in_a_stack_is_named_within_it() =>
        Says(
            LooksAhead("1.*.attend"),
            at: "Stream",
            """
            [Block]
            public sealed partial class Look
            {
                [MultiHeadAttention(2)] private partial Tensor Attend(Tensor x);

                private Tensor Forward(Tensor x) => x + Attend(x);
            }

            [Network, Size("T", 9), Input("T", 6), Stream, Dense(8), Stack<Look>(3)]
            public sealed partial class Net;
            """);

    [Theory]
    [InlineData("Mean(Say(x), 0)", "Mean")]
    [InlineData("Sum(Say(x), 0)", "Sum")]
    [InlineData("MatMul(Transpose(x, 1, 0), Say(x))", "MatMul")]
    public void So_is_an_operation(string forward, string culprit) =>
        Says(
            LooksAhead(culprit),
            at: "Stream",
            $$"""
            [Network, Size("T", 9), Stream]
            public sealed partial class Net
            {
                [Dense(11)] private partial Tensor Say(Tensor x);

                private Tensor Forward([Shape("T", 6)] Tensor x) => {{forward}};
            }
            """);

    [Fact]
    public void So_is_a_layer_that_begins_with_the_end_of_another() =>
        Says(
            LooksAhead("go"),
            at: "Stream",
            """
            [Network, Size("T", 9), Stream]
            public sealed partial class Net
            {
                [Gru(4)] private partial (Tensor Y, Tensor H) Read(Tensor x);
                [Gru(4)] private partial Tensor Go(Tensor x, Tensor h);
                Tensor Forward([Shape("T", 6)] Tensor x)
                {
                    var (y, h) = Read(x);
                    return Go(y, h);
                }
            }
            """);

    private static string LooksAhead(string layer) => $"[Stream] cannot be written: '{layer}' needs what comes later; attention and convolutions "
        + "have to be Causal, recurrent layers not Bidirectional, and nothing may be pooled, summed or normalised over the elements";
}
