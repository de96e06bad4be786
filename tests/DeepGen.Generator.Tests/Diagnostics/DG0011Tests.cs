namespace DeepGen.Generator.Tests.Diagnostics;

public sealed class DG0011Tests : DiagnosticTest
{
    [Fact]
    public void A_block_cannot_contain_itself() =>
        Says(
            "'Part' contains itself: Part → Part",
            at: "Part",
            """
            [Network, Input(4), Use<Part>]
            public sealed partial class Net;

            [Block, Dense, Use<Part>]
            public sealed partial class Part;
            """);

    [Fact]
    public void Blocks_cannot_contain_each_other() =>
        SaysAll(
            [
                ("'A' contains itself: A → B → A", "B"),
                ("'B' contains itself: B → A → B", "typeof(A)"),
            ],
            """
            [Block, Stack<B>(2)]
            public sealed partial class A;

            [Block, Use(typeof(A))]
            public sealed partial class B;
            """);
}
