namespace DeepGen.Generator.Tests.Diagnostics;

public sealed class DG0006Tests : DiagnosticTest
{
    [Fact]
    public void A_window_larger_than_its_image_has_no_place() =>
        Says(
            "The window of Conv2D, 5 by 5, is larger than its padded input, 3 by 3",
            at: "5",
            """
            [Network, Input(1, 3, 3), Conv2D(4, 5)]
            public sealed partial class Net;
            """);

    [Fact]
    public void A_pool_in_Forward_is_squiggled_at_its_size() =>
        Says(
            "The window of MaxPool2D, 9 by 9, is larger than its padded input, 8 by 8",
            at: "9",
            """
            [Network]
            public sealed partial class Net
            {
                Tensor Forward([Shape(1, 8, 8)] Tensor x) => MaxPool2D(x, 9);
            }
            """);

    [Fact]
    public void Padding_makes_room() =>
        IsFine(
            """
            [Network, Input(1, 3, 3), Conv2D(4, 5, Padding = 1)]
            public sealed partial class Net;
            """);
}
