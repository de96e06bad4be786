namespace DeepGen.Generator.Tests.Diagnostics;

public sealed class DG0026Tests : DiagnosticTest
{
    [Fact]
    public void A_layer_never_called_is_not_part_of_the_network() =>
        Says(
            "'Score' is never called in Forward, so its layers are not part of the network",
            at: "Score",
            """
            [Network]
            public sealed partial class Net
            {
                [Dense(2)] private partial Tensor Score(Tensor x);
                [Dense(3)] private partial Tensor Encode(Tensor x);
                Tensor Forward([Shape(4)] Tensor x) => Encode(x);
            }
            """);
}
