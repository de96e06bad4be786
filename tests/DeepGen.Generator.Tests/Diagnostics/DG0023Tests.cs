namespace DeepGen.Generator.Tests.Diagnostics;

public sealed class DG0023Tests : DiagnosticTest
{
    [Fact]
    public void A_rate_is_below_one() =>
        Says(
            "Rate is 1; it must be at least 0 and below 1",
            at: "1",
            """
            [Network, Input(4), Dropout(1), Dense(2)]
            public sealed partial class Net;
            """);

    [Fact]
    public void A_padding_is_not_negative() =>
        Says(
            "Padding is -1; it must be a whole number of at least 0",
            at: "Padding = -1",
            """
            [Network, Input(1, 8, 8), Conv2D(4, 3, Padding = -1)]
            public sealed partial class Net;
            """);

    [Fact]
    public void An_input_is_named_by_an_identifier() =>
        Says(
            "Name is \"my image\"; it must be a C# identifier",
            at: "Name = \"my image\"",
            """
            [Network, Input(4, Name = "my image"), Dense(2)]
            public sealed partial class Net;
            """);

    [Fact]
    public void There_are_two_layouts() =>
        Says(
            "Layout is 7; it must be Chw or Hwc",
            at: "Layout = (Layout)7",
            """
            [Network, Input(3, 8, 8, Layout = (Layout)7), Flatten]
            public sealed partial class Net;
            """);
}
