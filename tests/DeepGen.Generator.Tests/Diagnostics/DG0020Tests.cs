namespace DeepGen.Generator.Tests.Diagnostics;

public sealed class DG0020Tests : DiagnosticTest
{
    [Fact]
    public void A_network_without_layers_computes_nothing() =>
        Says(
            "'Net' has no layers",
            at: "Net",
            """
            [Network, Input(4)]
            public sealed partial class Net;
            """);

    [Fact]
    public void Neither_does_a_Forward_that_gives_its_input_back() =>
        Says(
            "'Net' has no layers",
            at: "Forward",
            """
            [Network]
            public sealed partial class Net
            {
                Tensor Forward([Shape(4)] Tensor x) => x;
            }
            """);
}
