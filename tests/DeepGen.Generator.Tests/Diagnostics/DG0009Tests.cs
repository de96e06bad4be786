namespace DeepGen.Generator.Tests.Diagnostics;

public sealed class DG0009Tests : DiagnosticTest
{
    [Fact]
    public void Dense_after_an_image_says_to_flatten() =>
        Says(
            "Dense takes a vector or a sequence, but gets 8 channels of 6 by 6; put Flatten before it",
            at: "Dense(10)",
            """
            [Network, Input(1, 8, 8)]
            [Conv2D(8, 3), Relu, Dense(10)]
            public sealed partial class Net;
            """);

    [Fact]
    public void In_Forward_the_call_is_squiggled() =>
        Says(
            "Dense takes a vector or a sequence, but gets 1 channel of 8 by 8; put Flatten before it",
            at: "Score(x)",
            """
            [Network]
            public sealed partial class Net
            {
                [Dense(10)] private partial Tensor Score(Tensor x);
                Tensor Forward([Shape(1, 8, 8)] Tensor x) => Relu(Score(x));
            }
            """);

    [Fact]
    public void In_a_sequence_the_later_layer_is_squiggled() =>
        Says(
            "Dense takes a vector or a sequence, but gets 4 channels of 6 by 6; put Flatten before it",
            at: "Dense(10)",
            """
            [Network]
            public sealed partial class Net
            {
                [Conv2D(4, 3), Dense(10)] private partial Tensor Score(Tensor x);
                Tensor Forward([Shape(1, 8, 8)] Tensor x) => Score(x);
            }
            """);
}
