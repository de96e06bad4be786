namespace DeepGen.Generator.Tests.Diagnostics;

public sealed class DG0031Tests : DiagnosticTest
{
    [Fact]
    public void A_name_in_a_shape_needs_a_largest_value() =>
        Says(
            "The size 'T': the class does not say how large it may be; write [Size(\"T\", 128)], with the largest value instead of 128",
            at: "\"T\", 64",
            """
            [Network, Size("N", 9), Input("T", 64), Dense(2)]
            public sealed partial class Net;
            """);

    [Theory]
    [InlineData("Size(\"T\", 0)", "\"T\"", "T", "its largest value is 0; it must be at least 1")]
    [InlineData("Size(\"B\", 7)", "\"B\"", "B", "it must be a C# name other than B, which is the batch")]
    [InlineData("Size(\"two words\", 7)", "\"two words\"", "two words", "it must be a C# name other than B, which is the batch")]
    [InlineData("Size(\"class\", 7)", "\"class\"", "class", "it must be a C# name other than B, which is the batch")]
    public void The_declaration_of_a_size_must_make_sense(string declaration, string used, string name, string reason) =>
        Says($"The size '{name}': {reason}", declaration, $"[Network, {declaration}, Input({used}, 64), Dense(2)] public sealed partial class Net;");

    [Theory]
    [InlineData("\"int\"", "\"T\"", "its Lengths are called 'int'; it must be a C# name")]
    [InlineData("\"x y\"", "\"T\"", "its Lengths are called 'x y'; it must be a C# name")]
    [InlineData("\"input\"", "\"T\"", "its Lengths are called 'input', as something else is")]
    [InlineData("\"n\"", "9", "it has Lengths, but no input has it")]
    public void Lengths_are_an_input_of_their_own(string lengths, string used, string reason) =>
        Says($"The size 'T': {reason}", at: $"Lengths = {lengths}", $"[Network, Size(\"T\", 9, Lengths = {lengths}), Input({used}, 64), Dense(2)] public sealed partial class Net;");

    [Fact]
    public void A_name_is_one_name() =>
        Says(
            "The size 'T,S,': it must be a C# name other than B, which is the batch",
            at: "\"T,S\", 64",
            """
            [Network, Size("T", 9), Size("S", 9), Input("T,S", 64), Dense(2)]
            public sealed partial class Net;
            """);

    [Fact]
    public void Interleaved_images_have_constant_sizes() =>
        Says(
            "The size 'T': the sizes of an interleaved image must be constants",
            at: "3, \"T\", 8",
            """
            [Network, Size("T", 9), Input(3, "T", 8, Layout = Layout.Hwc), Relu]
            public sealed partial class Net;
            """);

    [Fact]
    public void Two_inputs_may_share_a_size() => IsFine(
        """
        [Network, Size("T", 9)]
        public sealed partial class Net
        {
            Tensor Forward([Shape("T", 4)] Tensor x, [Shape("T", 4)] Tensor y) => x + y;
        }
        """);
}
