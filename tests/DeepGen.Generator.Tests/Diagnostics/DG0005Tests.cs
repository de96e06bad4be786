namespace DeepGen.Generator.Tests.Diagnostics;

public sealed class DG0005Tests : DiagnosticTest
{
    [Fact]
    public void A_size_below_one_is_no_size() =>
        Says(
            "Units is 0; it must be at least 1",
            at: "0",
            """
            [Network, Input(4), Dense(0)]
            public sealed partial class Net;
            """);

    [Fact]
    public void A_named_size_is_squiggled_with_its_name() =>
        Says(
            "Stride is -1; it must be at least 1",
            at: "Stride = -1",
            """
            [Network, Input(1, 8, 8), Conv2D(4, 3, Stride = -1)]
            public sealed partial class Net;
            """);

    [Fact]
    public void An_input_of_size_zero_is_no_input() =>
        Says(
            "Shape is 0; it must be at least 1",
            at: "3, 0",
            """
            [Network, Input(3, 0), Dense(2)]
            public sealed partial class Net;
            """);

    [Fact]
    public void A_kernel_left_out_is_missing() =>
        Says(
            "Kernel is 0; it must be at least 1",
            at: "Conv2D(4)",
            """
            [Network, Input(1, 8, 8), Conv2D(4)]
            public sealed partial class Net;
            """);

    [Fact]
    public void An_operation_in_Forward_is_squiggled_at_its_argument() =>
        Says(
            "Size is -1; it must be at least 1",
            at: "size: n - 3",
            """
            [Network]
            public sealed partial class Net
            {
                const int n = 2;
                Tensor Forward([Shape(1, 8, 8)] Tensor x) => MaxPool2D(x, size: n - 3);
            }
            """);
}
