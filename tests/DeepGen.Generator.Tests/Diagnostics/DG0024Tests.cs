namespace DeepGen.Generator.Tests.Diagnostics;

public sealed class DG0024Tests : DiagnosticTest
{
    [Fact]
    public void A_network_too_large_for_an_array_cannot_be() =>
        Says(
            "Too large: the weight of '0' comes to 10000000000 values",
            at: "Dense(100_000)",
            """
            [Network, Input(100_000), Dense(100_000)]
            public sealed partial class Net;
            """);

    [Fact]
    public void A_step_takes_no_more_inputs_and_targets_than_a_call_can_be_given() =>
        Says(
            "Too large: the number of inputs and targets comes to 17; there may be 16",
            at: "Train(Loss.L1)",
            """
            [Network, Train(Loss.L1), Train(Loss.Huber), Train(Loss.MeanSquaredError), Train(Loss.BinaryCrossEntropy)]
            public sealed partial class Net
            {
                [Dense(2)] private partial Tensor Layer(Tensor x);

                private Tensor Forward([Shape(2)] Tensor x0, [Shape(2)] Tensor x1, [Shape(2)] Tensor x2, [Shape(2)] Tensor x3, [Shape(2)] Tensor x4, [Shape(2)] Tensor x5, [Shape(2)] Tensor x6, [Shape(2)] Tensor x7, [Shape(2)] Tensor x8, [Shape(2)] Tensor x9, [Shape(2)] Tensor x10, [Shape(2)] Tensor x11, [Shape(2)] Tensor x12) =>
                    Layer(x0 + x1 + x2 + x3 + x4 + x5 + x6 + x7 + x8 + x9 + x10 + x11 + x12);
            }
            """);
}
