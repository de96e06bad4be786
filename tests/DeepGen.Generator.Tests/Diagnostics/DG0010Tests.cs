namespace DeepGen.Generator.Tests.Diagnostics;

public sealed class DG0010Tests : DiagnosticTest
{
    [Fact]
    public void A_residual_branch_must_keep_the_shape() =>
        Says(
            "The residual branch turns 4 channels of 8 by 8 into 4 channels of 6 by 6; it must keep the shape so that its input can be added",
            at: "Residual",
            """
            [Network, Input(4, 8, 8), Use<Part>]
            public sealed partial class Net;
            """,
            """
            [Block, Residual]
            [Conv2D(Kernel = 3)]
            public sealed partial class Part;
            """);

    [Fact]
    public void Two_networks_with_one_block_report_it_once() =>
        Says(
            "The residual branch turns a vector of 4 into a vector of 3; it must keep the shape so that its input can be added",
            at: "Residual",
            """
            [Network, Input(4), Use<Part>]
            public sealed partial class Net;

            [Network, Input(4), Use<Part>, Relu]
            public sealed partial class Other;

            [Block, Residual, Dense(3)]
            public sealed partial class Part;
            """);
}
