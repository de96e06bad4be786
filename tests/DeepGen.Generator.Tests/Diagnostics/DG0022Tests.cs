namespace DeepGen.Generator.Tests.Diagnostics;

public sealed class DG0022Tests : DiagnosticTest
{
    [Fact]
    public void An_axis_must_exist() =>
        Says(
            "Softmax: a vector of 10 has no axis 1",
            at: "Axis = 1",
            """
            [Network, Input(10), Softmax(Axis = 1)]
            public sealed partial class Net;
            """);

    [Fact]
    public void A_permutation_names_every_axis_once() =>
        Says(
            "Transpose: (0, 0) does not name every axis of a sequence of 2 by 3 once",
            at: "0, 0",
            """
            [Network, Input(2, 3), Transpose(0, 0)]
            public sealed partial class Net;
            """);

    [Fact]
    public void A_reshape_in_Forward_is_squiggled_at_its_sizes() =>
        Says(
            "Reshape: a sequence of 2 by 3 has 6 values, which do not fill 4 by any",
            at: "4, -1",
            """
            [Network]
            public sealed partial class Net
            {
                Tensor Forward([Shape(2, 3)] Tensor x) => Reshape(x, 4, -1);
            }
            """);
}
