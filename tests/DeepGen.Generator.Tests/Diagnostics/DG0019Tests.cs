namespace DeepGen.Generator.Tests.Diagnostics;

public sealed class DG0019Tests : DiagnosticTest
{
    [Fact]
    public void Stack_takes_a_block() =>
        Says(
            "Stack cannot take 'Other': it is not marked [Block]",
            at: "Other",
            """
            public class Other;

            [Network, Input(4), Stack<Other>(3)]
            public sealed partial class Net;
            """);

    [Fact]
    public void Use_takes_a_block() =>
        Says(
            "Use cannot take 'String': it is not marked [Block]",
            at: "typeof(string)",
            """
            [Network, Input(4), Use(typeof(string))]
            public sealed partial class Net;
            """);

    [Fact]
    public void A_used_block_has_one_input() =>
        Says(
            "Use cannot take 'Join': it has 2 inputs and one output, not one of each",
            at: "Join",
            """
            [Block]
            public sealed partial class Join
            {
                Tensor Forward(Tensor x, Tensor y) => x + y;
            }

            [Network, Input(4), Use<Join>]
            public sealed partial class Net;
            """);
}
