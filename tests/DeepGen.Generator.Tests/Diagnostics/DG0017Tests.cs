namespace DeepGen.Generator.Tests.Diagnostics;

public sealed class DG0017Tests : DiagnosticTest
{
    [Fact]
    public void Layer_methods_need_a_Forward() =>
        Says(
            "'Net' has layer methods such as 'Encode' but no method Forward that calls them",
            at: "Net",
            """
            [Network]
            public sealed partial class Net
            {
                [Dense(3)] private partial Tensor Encode(Tensor x);
            }
            """);

    [Fact]
    public void Layers_on_the_class_and_Forward_exclude_each_other() =>
        Says(
            "'Net' has layers both on the class and in Forward; keep one of the two",
            at: "Dense(2)",
            """
            [Network, Dense(2)]
            public sealed partial class Net
            {
                Tensor Forward([Shape(4)] Tensor x) => Relu(x);
            }
            """);

    [Fact]
    public void A_layer_method_has_one_form() =>
        Says(
            "'Encode' has layers but not the form 'private partial Tensor Encode(Tensor x);'",
            at: "Encode",
            """
            [Network]
            public sealed partial class Net
            {
                [Dense(3)] private partial Tensor Encode(Tensor x, int times);
                Tensor Forward([Shape(4)] Tensor x) => Relu(x);
            }
            """);

    [Theory]
    [InlineData("Lstm(3)", "(Tensor, Tensor)", "Lstm gives one tensor, or 3, and not 2")]
    [InlineData("Gru(3)", "(Tensor, Tensor, Tensor)", "Gru gives one tensor, or 2, and not 3")]
    [InlineData("Dense(3)", "(Tensor, Tensor)", "Dense gives one tensor, and not 2")]
    public void A_layer_gives_what_it_has(string layer, string results, string message) =>
        Says(
            message,
            at: layer,
            $$"""
            [Network]
            public sealed partial class Net
            {
                [{{layer}}] private partial {{results}} Go(Tensor x);
                Tensor Forward([Shape(5, 4)] Tensor x)
                {
                    var y = Go(x);
                    return y.Item1;
                }
            }
            """);

    [Fact]
    public void Results_of_a_layer_method_are_tensors() =>
        Says(
            "'Go' has layers but not the form 'private partial Tensor Go(Tensor x);'",
            at: "Go",
            """
            [Network]
            public sealed partial class Net
            {
                [Gru(3)] private partial (Tensor, float) Go(Tensor x);
                Tensor Forward([Shape(5, 4)] Tensor x) => Relu(x);
            }
            """);

    [Fact]
    public void All_layers_but_Learned_take_something() =>
        Says(
            "'Go' has layers but not the form 'private partial Tensor Go(Tensor x);'",
            at: "Go",
            """
            [Network]
            public sealed partial class Net
            {
                [Learned(3), Tanh] private partial Tensor Start();
                [Dense(3)] private partial Tensor Go();
                Tensor Forward([Shape(3)] Tensor x) => x + Start();
            }
            """);

    [Fact]
    public void A_layer_method_has_no_body() =>
        Says(
            "'Encode' has layers and a body; a layer method is partial and has none",
            at: "Encode",
            """
            [Network]
            public sealed partial class Net
            {
                [Dense(3)] private Tensor Encode(Tensor x) => x;
                Tensor Forward([Shape(4)] Tensor x) => Relu(x);
            }
            """);

    [Fact]
    public void Layer_methods_that_differ_in_case_only_would_share_names() =>
        Says(
            "'encode' would give its parameters the names of another layer method's",
            at: "encode",
            """
            [Network]
            public sealed partial class Net
            {
                [Dense(3)] private partial Tensor Encode(Tensor x);
                [Dense(3)] private partial Tensor encode(Tensor x);
                Tensor Forward([Shape(4)] Tensor x) => Encode(x) + encode(x);
            }
            """);

    [Fact]
    public void There_is_one_Forward() =>
        Says(
            "there are several methods named Forward; a network has one",
            at: "Forward",
            """
            [Network]
            public sealed partial class Net
            {
                Tensor Forward([Shape(4)] Tensor x) => Relu(x);
                Tensor Forward([Shape(4)] Tensor x, [Shape(4)] Tensor y) => Relu(x);
            }
            """);

    [Fact]
    public void Inputs_are_tensors() =>
        Says(
            "the parameter 'scale' of Forward is not a plain Tensor",
            at: "float scale",
            """
            [Network]
            public sealed partial class Net
            {
                Tensor Forward([Shape(4)] Tensor x, float scale) => Relu(x);
            }
            """);

    [Fact]
    public void Outputs_are_tensors() =>
        Says(
            "Forward must return a Tensor or a tuple of Tensors",
            at: "(Tensor, int)",
            """
            [Network]
            public sealed partial class Net
            {
                (Tensor, int) Forward([Shape(4)] Tensor x) => (Relu(x), 1);
            }
            """);

    [Fact]
    public void A_residual_needs_one_input() =>
        Says(
            "[Residual] adds the input to the output, so Forward must have one of each",
            at: "Forward",
            """
            [Network, Residual]
            public sealed partial class Net
            {
                Tensor Forward([Shape(4)] Tensor x, [Shape(4)] Tensor y) => x + y;
            }
            """);
}
