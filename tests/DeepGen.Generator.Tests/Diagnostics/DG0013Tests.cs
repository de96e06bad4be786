namespace DeepGen.Generator.Tests.Diagnostics;

public sealed class DG0013Tests : DiagnosticTest
{
    [Fact]
    public void A_layer_method_called_by_running_code_can_only_throw() =>
        Says(
            "'Encode' has a meaning inside Forward only; to compute with the network, call Predict",
            at: "Encode(null!)",
            """
            [Network]
            public sealed partial class Net
            {
                [Dense(3)] private partial Tensor Encode(Tensor x);
                Tensor Forward([Shape(4)] Tensor x) => Encode(x);
                public void Run() => Encode(null!);
            }
            """);

    [Fact]
    public void So_can_one_of_several_results() =>
        Says(
            "'Go' has a meaning inside Forward only; to compute with the network, call Predict",
            at: "Go(null!)",
            """
            [Network]
            public sealed partial class Net
            {
                [Gru(3)] private partial (Tensor Y, Tensor H) Go(Tensor x);
                Tensor Forward([Shape(5, 4)] Tensor x) => Go(x).H;
                public void Run() => Go(null!);
            }
            """);

    [Fact]
    public void So_can_an_operation() =>
        Says(
            "'Relu' has a meaning inside Forward only; to compute with the network, call Predict",
            at: "Relu(null!)",
            """
            public class Program
            {
                public static object Main() => Relu(null!);
            }
            """);

    [Fact]
    public void Helpers_of_Forward_may_call_layers() =>
        IsFine(
            """
            [Network]
            public sealed partial class Net
            {
                [Dense(3)] private partial Tensor Encode(Tensor x);
                Tensor Forward([Shape(4)] Tensor x) => Twice(x);
                Tensor Twice(Tensor x) => Encode(x) + Encode(x);
            }
            """);
}
