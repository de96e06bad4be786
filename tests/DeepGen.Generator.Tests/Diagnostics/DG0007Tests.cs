namespace DeepGen.Generator.Tests.Diagnostics;

public sealed class DG0007Tests : DiagnosticTest
{
    [Fact]
    public void Groups_must_divide_the_channels() =>
        Says(
            "Conv2D cannot split 4 channels into 3 equal groups",
            at: "Groups = 3",
            """
            [Network, Input(4, 8, 8), Conv2D(6, 3, Groups = 3)]
            public sealed partial class Net;
            """);

    [Fact]
    public void A_group_norm_is_squiggled_at_its_groups() =>
        Says(
            "GroupNorm cannot split 6 channels into 4 equal groups",
            at: "4",
            """
            [Network, Input(6, 8, 8), GroupNorm(4)]
            public sealed partial class Net;
            """);
}
