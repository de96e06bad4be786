namespace DeepGen.Generator.Tests.Diagnostics;

public sealed class DG0027Tests : DiagnosticTest
{
    [Theory]
    [InlineData("[Dense(3)] private partial Tensor Summary(Tensor x);", "Summary(x)", "Summary")]
    [InlineData("[Dense(3)] private partial Tensor Threads(Tensor x);", "Threads(x)", "Threads")]
    [InlineData("[Dense(3)] private partial Tensor A(Tensor x); public string Predict => \"\";", "A(x)", "Predict")]
    [InlineData("[Dense(3)] private partial Tensor A(Tensor x); private readonly int _weights = 1;", "A(x)", "_weights")]
    [InlineData("[Dense(3)] private partial Tensor A(Tensor x); public Net(ulong start) { }", "A(x)", "Net")]
    [InlineData("[Dense(3)] private partial Tensor A(Tensor x); public void Save(string file) { }", "A(x)", "Save")]
    [InlineData("[Dense(3)] private partial Tensor A(Tensor x); public void Predict(ReadOnlySpan<float> a, Span<float> b) { }", "A(x)", "Predict")]
    [InlineData("[Dense(3)] private partial Tensor A(Tensor x); public class PredictSteps;", "A(x)", "PredictSteps")]
    public void A_member_that_meets_a_generated_one_is_told_so(string members, string result, string at) =>
        Says($"'{at}' is also a member that DeepGen writes into 'Net'; give yours another name", at, Net(members, result));

    [Theory]
    [InlineData("[Dense(3)] private partial Tensor Predict(Tensor x);", "Predict(x)")]
    [InlineData("[Dense(3)] private partial Tensor Trace(Tensor x);", "Trace(x)")]
    [InlineData("[Dense(3)] private partial Tensor A(Tensor x); public Net() : this(1UL) { } private Net(ulong a, int b) { }", "A(x)")]
    [InlineData("[Dense(3)] private partial Tensor A(Tensor x); public float[] Predict(float[] x) => x; public int Certify => 3;", "A(x)")]
    public void A_method_with_other_parameters_may_share_the_name(string members, string result) =>
        Assert.Empty(new UserProgram(Net(members, result)).Diagnose());

    [Theory]
    [InlineData("public int Training => 3;", "Training")]
    [InlineData("public int Targets => 3;", "Targets")]
    [InlineData("public float Gradients(Batch batch) => 3;", "Gradients")]
    public void A_trained_network_has_more_members(string member, string at)
    {
        string program = $"namespace DeepGen {{ public class Batch; }} [Network, Input(4), Dense(2), Train(Loss.L1)] public sealed partial class Net {{ {member} }}";
        Says($"'{at}' is also a member that DeepGen writes into 'Net'; give yours another name", at, program);
        IsFine(program.Replace(", Train(Loss.L1)", ""));
    }

    private static string Net(string members, string result) => $$"""
        [Network]
        public sealed partial class Net
        {
            {{members}}
            private Tensor Forward([Shape(4)] Tensor x) => {{result}};
        }
        """;
}
