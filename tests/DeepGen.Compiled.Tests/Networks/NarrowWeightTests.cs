using System.Runtime.InteropServices;
using DeepGen.Compiled.Tests.Support;
using DeepGen.Compiled.Tests.Training;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Runtime;

namespace DeepGen.Compiled.Tests.Networks;

/// <summary>Weights stored as bfloat16: what they mean, and that they are nothing but weights with fewer bits.</summary>
public sealed class NarrowWeightTests
{
    private static readonly Dictionary<string, string> s_declarations = new()
    {
        ["vectors"] = """
            [Network, Input(37)FORMAT, Train(Loss.MeanSquaredError)]
            [Dense(333), Relu, Dense(17), Tanh, Dense(80), Gelu, Dense(33), Dense(1)]
            public sealed partial class N;
            """,
        ["behind thresholds"] = """
            [Network, Input(37)FORMAT, Train(Loss.MeanSquaredError)]
            [Dense(333), Relu, Dense(70), Relu, Dense(112), Relu, Dense(75), Gelu, Dense(5)]
            public sealed partial class N;
            """,
        ["images"] = """
            [Network, Input(3, 11, 9)FORMAT, Train(Loss.MeanSquaredError)]
            [Conv2D(33, 3, Padding = 1), Relu, Conv2D(66, 3, Stride = 2, Groups = 3), Tanh, Conv2D(17, 1), Conv2D(34, 2, Dilation = 2), GlobalAveragePool, Dense(5)]
            public sealed partial class N;
            """,
        ["a stack"] = """
            [Network, Input(48)FORMAT, Train(Loss.MeanSquaredError)]
            [Stack<Part>(3), LayerNorm, Dense(20)]
            public sealed partial class N;

            [Block, Residual, LayerNorm, Dense(Expand = 3), Gelu, Dense(Shrink = 3)]
            public sealed partial class Part;
            """,
        ["sequences"] = """
            [Network, Input(6, 20)FORMAT, Train(Loss.MeanSquaredError)]
            [Lstm(40, Bidirectional = true), MultiHeadAttention(2), Gru(24), Dense(19)]
            public sealed partial class N;
            """,
    };

    public static TheoryData<string> Names => [.. s_declarations.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void They_compute_what_they_mean(string name)
    {
        RunningNetwork network = Narrow(name);
        Assert.Contains(Operations(network.Graph), op => op is Narrow);
        Assert.Null(Agreement.Difference(network, 1, 2, 5, 70));
    }

    /// <summary>The same products and the same order of sums: no bit differs where weights have no more than eight.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void A_network_of_such_numbers_stays_the_same(string name)
    {
        (RunningNetwork full, RunningNetwork narrow) = (Full(name), Narrow(name));
        foreach (Parameter parameter in full.Network.Parameters)
        {
            float[] rounded = [.. parameter.Values.ToArray().Select(v => BFloat16.Value(BFloat16.Of(v)))];
            parameter.Write(rounded);
            narrow.Network.Parameters[parameter.Name].Write(rounded);
        }

        foreach (int batch in new[] { 1, 3, 66 })
        {
            float[][] inputs = full.Inputs(batch, 5);
            Assert.Equal(MemoryMarshal.AsBytes(full.Predict(inputs, batch)[0].AsSpan()), MemoryMarshal.AsBytes(narrow.Predict(inputs, batch)[0].AsSpan()));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Training_does_not_round(string name)
    {
        RunningNetwork network = Narrow(name);
        Assert.DoesNotContain(Operations(network.Elaboration.Training!.Graph), op => op is Narrow);
        Assert.Null(new TrainedNetwork(network, 4).Difference());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_is_read_or_written_beyond_what_was_passed(string name) => Assert.Null(GuardedCall.OfPredict(Narrow(name)));

    [Theory]
    [MemberData(nameof(Names))]
    public void Predicting_allocates_nothing(string name) => Assert.Null(AllocationOf.Predict(Narrow(name)));

    private static RunningNetwork Full(string name) => Load(name, "");

    private static RunningNetwork Narrow(string name) => Load(name, ", Weights(WeightFormat.BFloat16)");

    private static RunningNetwork Load(string name, string format) => CompiledSource.Load(s_declarations[name].Replace("FORMAT", format, StringComparison.Ordinal)).Create("N");

    private static IEnumerable<Primitive> Operations(Graph graph) =>
        graph.Nodes.SelectMany(n => n.Op is Repeat repeat ? Operations(repeat.Body) : [n.Op]);
}
