namespace DeepGen.Generator.Tests.Diagnostics;

public sealed class DG0018Tests : DiagnosticTest
{
    [Fact]
    public void A_field_is_not_constant() =>
        Says(
            "'_depth' must be known while compiling",
            at: "_depth",
            """
            [Network]
            public sealed partial class Net
            {
                private readonly int _depth = 3;

                Tensor Forward([Shape(4)] Tensor x)
                {
                    for (int i = 0; i < _depth; i++) x = Relu(x);
                    return Relu(x);
                }
            }
            """);

    [Fact]
    public void A_property_is_not_constant() =>
        Says(
            "'Axis' must be known while compiling",
            at: "Axis",
            """
            [Network]
            public sealed partial class Net
            {
                private int Axis { get; set; }
                Tensor Forward([Shape(4)] Tensor x) => Softmax(x, Axis);
            }
            """);

    [Fact]
    public void An_index_is_constant() =>
        Says(
            "'Index' must be known while compiling",
            at: "Index",
            """
            [Network]
            public sealed partial class Net
            {
                private int Index => 1;

                Tensor Forward([Shape(4)] Tensor x)
                {
                    Tensor[] list = [x, Relu(x)];
                    return list[Index];
                }
            }
            """);
}
