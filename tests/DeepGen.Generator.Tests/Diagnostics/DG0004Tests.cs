namespace DeepGen.Generator.Tests.Diagnostics;

public sealed class DG0004Tests : DiagnosticTest
{
    [Fact]
    public void Layers_over_two_declarations_have_no_order() =>
        Says(
            "The layers of 'Net' are spread over several partial declarations, whose order is not defined; put them on one",
            at: "Relu",
            """
            [Network, Input(4), Dense(2)]
            public sealed partial class Net;
            """,
            """
            [Relu, Dense(3)]
            partial class Net;
            """);

    [Fact]
    public void Layers_in_several_lists_of_one_declaration_are_in_order() =>
        IsFine(
            """
            [Network]
            public sealed partial class Net;

            [Input(4), Dense(2)]
            [Relu, Dense(3)]
            partial class Net;
            """);
}
