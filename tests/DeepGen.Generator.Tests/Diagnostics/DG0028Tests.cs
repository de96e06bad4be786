namespace DeepGen.Generator.Tests.Diagnostics;

public sealed class DG0028Tests : DiagnosticTest
{
    private const string Forward = """
        [Dense(3)] private partial Tensor Mix(Tensor x);

        private (Tensor Score, Tensor Code) Forward([Shape(4)] Tensor x) => (Mix(x), Relu(x));
        """;

    [Fact]
    public void Of_several_outputs_one_is_named() =>
        Says(
            "[Train] needs Output: the network has several, 'score', 'code'",
            at: "Train(Loss.L1)",
            $"[Network, Train(Loss.L1)] public sealed partial class Net {{ {Forward} }}");

    [Fact]
    public void An_output_is_called_by_its_name() =>
        Says(
            "[Train] names the output 'scores', but the network has 'score', 'code'",
            at: "Output = \"scores\"",
            $"[Network, Train(Loss.L1, Output = \"scores\")] public sealed partial class Net {{ {Forward} }}");

    [Fact]
    public void The_only_output_is_called_output() =>
        Says(
            "[Train] names the output 'scores', but the network has only 'output'",
            at: "Output = \"scores\"",
            "[Network, Input(4), Dense(2), Train(Loss.L1, Output = \"scores\")] public sealed partial class Net;");

    [Fact]
    public void The_output_to_compare_with_is_called_by_its_name() =>
        Says(
            "[Train] names the output 'codes', but the network has 'score', 'code'",
            at: "Other = \"codes\"",
            $"[Network, Train(Loss.CosineEmbedding, Output = \"score\", Other = \"codes\")] public sealed partial class Net {{ {Forward} }}");

    [Fact]
    public void Something_can_be_trained() =>
        Says(
            "[Train] has nothing to change: the network has no parameters that could be trained",
            at: "Train(Loss.L1)",
            "[Network, Input(4), Relu, Train(Loss.L1)] public sealed partial class Net;");

    [Theory]
    [InlineData("Score")]
    [InlineData("score")]
    public void An_element_of_a_tuple_has_two_spellings(string name) =>
        IsFine($"[Network, Train(Loss.L1, Output = \"{name}\")] public sealed partial class Net {{ {Forward} }}");
}
