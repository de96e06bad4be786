namespace DeepGen.Generator.Tests.Diagnostics;

public sealed class DG0021Tests : DiagnosticTest
{
    [Fact]
    public void A_stacked_block_must_keep_the_shape() =>
        Says(
            "A stack repeats its block, so 'Part' must keep the shape, but it turns a vector of 4 into a vector of 3",
            at: "Stack<Part>(2)",
            """
            [Network, Input(4), Stack<Part>(2)]
            public sealed partial class Net;

            [Block, Dense(3)]
            public sealed partial class Part;
            """);
}
