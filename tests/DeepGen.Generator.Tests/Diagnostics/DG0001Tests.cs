namespace DeepGen.Generator.Tests.Diagnostics;

public sealed class DG0001Tests : DiagnosticTest
{
    [Fact]
    public void A_network_must_be_partial() =>
        Says(
            "'Net' must be partial, so that the compiler can write its network into it",
            at: "Net",
            """
            [Network, Input(4), Dense(2)]
            public sealed class Net;
            """);

    [Fact]
    public void A_block_must_be_partial() =>
        Says(
            "'Block' must be partial, so that the compiler can write its network into it",
            at: "Block",
            """
            [Block, Dense]
            class Block;
            """);
}
