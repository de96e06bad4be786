namespace DeepGen.Generator.Tests.Diagnostics;

public sealed class DG0008Tests : DiagnosticTest
{
    [Fact]
    public void Unequal_shapes_cannot_be_added() =>
        Says(
            "The shapes given to Add do not fit together: 32 channels of 14 by 14 and 32 channels of 12 by 12",
            at: "a + b",
            """
            [Network]
            public sealed partial class Net
            {
                [Conv2D(32, 3, Padding = 1)] private partial Tensor Same(Tensor x);
                [Conv2D(32, 3)] private partial Tensor Valid(Tensor x);

                Tensor Forward([Shape(1, 14, 14)] Tensor x)
                {
                    var a = Same(x);
                    var b = Valid(x);
                    return a + b;
                }
            }
            """);

    [Fact]
    public void Concatenated_images_need_one_size() =>
        Says(
            "The shapes given to Concat do not fit together: 1 channel of 8 by 8 and 1 channel of 4 by 4",
            at: "Concat(x, MaxPool2D(x, 2))",
            """
            [Network]
            public sealed partial class Net
            {
                Tensor Forward([Shape(1, 8, 8)] Tensor x) => Concat(x, MaxPool2D(x, 2));
            }
            """);

    [Fact]
    public void A_shared_layer_gets_one_shape() =>
        Says(
            "The shapes given to Dense do not fit together: a vector of 4 and a vector of 5",
            at: "Encode(b)",
            """
            [Network]
            public sealed partial class Net
            {
                [Dense(3)] private partial Tensor Encode(Tensor x);
                Tensor Forward([Shape(4)] Tensor a, [Shape(5)] Tensor b) => Encode(a) + Encode(b);
            }
            """);
}
