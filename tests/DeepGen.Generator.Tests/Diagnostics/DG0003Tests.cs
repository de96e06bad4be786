namespace DeepGen.Generator.Tests.Diagnostics;

public sealed class DG0003Tests : DiagnosticTest
{
    [Fact]
    public void A_stack_needs_an_input() =>
        Says(
            "There is no input: 'Net' has no [Input(...)]",
            at: "Net",
            """
            [Network, Dense(2)]
            public sealed partial class Net;
            """);

    [Fact]
    public void An_input_needs_sizes() =>
        Says(
            "There is no input: [Input] has no sizes",
            at: "Input()",
            """
            [Network, Input(), Dense(2)]
            public sealed partial class Net;
            """);

    [Fact]
    public void A_parameter_of_Forward_needs_a_shape() =>
        Says(
            "There is no input: the parameter 'x' of Forward has no [Shape(...)]",
            at: "x",
            """
            [Network]
            public sealed partial class Net
            {
                Tensor Forward(Tensor x) => Relu(x);
            }
            """);

    [Fact]
    public void Forward_needs_a_parameter() =>
        Says(
            "There is no input: Forward has no parameters",
            at: "Forward",
            """
            [Network]
            public sealed partial class Net
            {
                Tensor Forward()
                {
                    Tensor x = Forward();
                    return x;
                }
            }
            """);
}
