namespace DeepGen.Generator.Tests.Diagnostics;

public sealed class DG0024Tests : DiagnosticTest
{
    [Fact]
    public void A_network_too_large_for_an_array_cannot_be() =>
        Says(
            "Too large: the weight of '0' comes to 10000000000 values",
            at: "Dense(100_000)",
            """
            [Network, Input(100_000), Dense(100_000)]
            public sealed partial class Net;
            """);
}
