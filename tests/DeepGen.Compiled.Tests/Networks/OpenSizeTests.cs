using System.Collections.Immutable;
using DeepGen.Compiled.Tests.Soundness;
using DeepGen.Compiled.Tests.Support;
using DeepGen.Compiled.Tests.Training;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;

namespace DeepGen.Compiled.Tests.Networks;

/// <summary>Networks with sizes known at run time only, at several sizes, one network after another without a new compilation.</summary>
public sealed class OpenSizeTests
{
    private const string Attention = """
        [Network, Size("T", 37), Certify, Trace, Train(Loss.MeanSquaredError, Output = "Y"), Train(Loss.L1, Output = "Mean")]
        public sealed partial class N
        {
            [Dense(16)] private partial Tensor Query(Tensor x);
            [Dense(16)] private partial Tensor Key(Tensor x);
            [Dense(16)] private partial Tensor Value(Tensor x);
            [Dense(5)] private partial Tensor Last(Tensor x);

            private (Tensor Y, Tensor Mean) Forward([Shape("T", 16)] Tensor x, [Shape(16)] Tensor g)
            {
                var weights = Softmax(MatMul(Query(x), Transpose(Key(x), 1, 0)) * 0.25f, -1);
                var mixed = MatMul(weights, Value(x)) + x;
                return (Last(mixed), Mean(mixed, 0) + g);
            }
        }
        """;

    private const string TwoSizes = """
        [Network, Size("T", 21), Size("S", 6), Certify, Trace, Train(Loss.MeanSquaredError)]
        public sealed partial class N
        {
            [Dense(18), Relu] private partial Tensor Mix(Tensor x);

            private Tensor Forward([Shape("T", 18)] Tensor x, [Shape("S", 18)] Tensor y, [Shape(3, "T")] Tensor z)
            {
                var scores = MatMul(x, Transpose(Mix(y), 1, 0));
                return MatMul(z, Sigmoid(scores)) * 0.1f;
            }
        }
        """;

    private const string Rows = """
        [Network, Size("T", 40), Input("T", 24), Certify, Trace, Train(Loss.Huber)]
        [Dense(32), Gelu, LayerNorm, Stack<B>(3), Dense(7), Transpose(1, 0), HardTanh(-2, 2)]
        public sealed partial class N;

        [Block, Residual, Dense(48), Silu, Dense(32)]
        public sealed partial class B;
        """;

    private const string Channels = """
        [Network, Size("T", 35), Input(3, "T", 8), Certify, Trace, Train(Loss.MeanSquaredError)]
        [Conv2D(18, 3, Padding = 1), Relu, Conv2D(5, 3, Padding = 1), BatchNorm, Softplus, Conv2D(2, KernelHeight = 1, KernelWidth = 2), GlobalAveragePool]
        public sealed partial class N;
        """;

    private const string Carried = """
        [Network, Size("T", 19), Certify, Trace, Train(Loss.MeanSquaredError, Output = "Y"), Train(Loss.L1, Output = "LastC")]
        public sealed partial class N
        {
            [Lstm(18)] private partial (Tensor All, Tensor H, Tensor C) Go(Tensor x, Tensor h, Tensor c);
            [Dense(3)] private partial Tensor Last(Tensor x);

            private (Tensor Y, Tensor LastH, Tensor LastC) Forward([Shape("T", 5)] Tensor x, [Shape(18)] Tensor h, [Shape(18)] Tensor c)
            {
                (var all, h, c) = Go(x, h, c);
                return (Last(all), h, c);
            }
        }
        """;

    private const string Translated = """
        [Network, Size("T", 13), Size("S", 9), Certify, Trace, Train(Loss.MeanSquaredError, Output = "Judged"), Train(Loss.L1, Output = "H")]
        public sealed partial class N
        {
            [Learned(4, 7, Deviation = 0.5f)] private partial Tensor Start();
            [Gru(7, Layers = 2, Bidirectional = true)] private partial (Tensor All, Tensor H) Read(Tensor x, Tensor h);
            [Gru(7, Layers = 2, Bidirectional = true)] private partial (Tensor All, Tensor H) Write(Tensor x, Tensor h);
            [Rnn(14, Output = States.Last)] private partial Tensor Judge(Tensor x, Tensor h);

            private (Tensor Judged, Tensor H) Forward([Shape("T", 4)] Tensor x, [Shape("S", 5)] Tensor y)
            {
                var (all, h) = Read(x, Start());
                var (written, last) = Write(y, Tanh(h));
                return (Judge(written, Mean(all, 0)), last);
            }
        }
        """;

    private const string Dropped = """
        [Network, Size("T", 23), Input("T", 6), Certify, Trace, Train(Loss.MeanSquaredError)]
        [Gru(14, Layers = 2, Dropout = 0.4f), Dropout(0.3f), Stack<B>(2), Dropout(0.2f), Lstm(5)]
        public sealed partial class N;

        [Block, Transpose(1, 0), Dropout(0.25f), Tanh, Transpose(1, 0), Dense]
        public sealed partial class B;
        """;

    public static TheoryData<string, string> Networks => new()
    {
        { nameof(Dropped), Dropped },
        { nameof(Carried), Carried }, { nameof(Translated), Translated },
        { nameof(Attention), Attention }, { nameof(TwoSizes), TwoSizes }, { nameof(Rows), Rows }, { nameof(Channels), Channels },
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void They_predict_what_they_mean_at_every_size(string name, string declaration) =>
        AtSizes(name, declaration, network => Agreement.Difference(network, 1, 3));

    [Theory]
    [MemberData(nameof(Networks))]
    public void They_show_what_is_inside(string name, string declaration) => AtSizes(name, declaration, network =>
    {
        float[][] inputs = network.Inputs(2, 4);
        Graph traced = BatchFirst.Of(Tracing.Run(network.Graph));
        IReadOnlyList<NamedTensor> values = network.Trace(inputs);
        Assert.Equal<ImmutableArray<int>>(traced.Outputs.Select(o => network.Extents(o.Node.Shape, 2)), values.Select(v => v.Shape), (ImmutableArray<int> a, ImmutableArray<int> b) => a.SequenceEqual(b));
        return Agreement.Difference(traced, network, inputs, [.. values.Select(v => v.Values)], 2);
    });

    [Theory]
    [MemberData(nameof(Networks))]
    public void No_input_in_a_box_gives_an_output_outside_its_interval(string name, string declaration) =>
        AtSizes(name, declaration, network => BoxSearch.Around(network, network.Inputs(1, 3), 1e-2f, 3).Violation());

    [Theory]
    [MemberData(nameof(Networks))]
    public void Nothing_is_read_or_written_beyond_what_was_passed(string name, string declaration) => AtSizes(name, declaration, GuardedCall.Difference);

    [Theory]
    [MemberData(nameof(Networks))]
    public void Their_gradients_are_right(string name, string declaration) => AtSizes(name, declaration, network =>
    {
        const int Batch = 3;
        var training = network.Elaboration.Training!;
        float[][] inputs = network.Inputs(Batch, 5);
        var random = new Random(6);
        float[][] targets = [.. training.Targets.Select(t => Enumerable
            .Range(0, network.Extents(Shape.Of(t.Shape.Prepend(Size.Batch)), Batch).Aggregate(1, (n, s) => n * s))
            .Select(_ => t.Classes > 0 ? random.Next(t.Classes) : random.NextSingle()).ToArray())];
        Graph graph = Backward.Run(training.Graph, "loss", [.. network.Elaboration.Parameters.Where(p => p.Trainable)
            .Select(p => new Generator.Ops.Parameter(p.Path, Shape.OfConstants(p.Counts.Concat(p.Shape))))]);
        Graph gradients = BatchFirst.Of(Only(graph, o => o.Name == "loss" || o.Name.StartsWith("gradient:", StringComparison.Ordinal)));
        var oracle = new TrainingOracle(gradients, network, Batch, [.. inputs, .. targets, .. TrainedNetwork.Settings(training, (ITrainable)network.Network)]);
        float loss = network.Gradients(RunningNetwork.Memories(inputs), RunningNetwork.Memories(targets));
        return oracle.Difference([.. gradients.Outputs.Select(o => Repeated(o.Name == "loss" ? [loss] : Gradient(network, o.Name[(o.Name.IndexOf(':') + 1)..])))]);

        static float[] Repeated(float[] values) => [.. Enumerable.Repeat(values, Batch).SelectMany(v => v)];
    });

    [Fact]
    public void Predicting_allocates_nothing() => AtSizes(nameof(Attention), Attention, AllocationOf.Predict);

    [Theory]
    [InlineData(0)]
    [InlineData(38)]
    public void A_size_out_of_range_is_an_error_that_names_it(int size)
    {
        RunningNetwork network = CompiledSource.Load(Attention).Create("N");
        network.Resize("T", size);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => network.Predict(network.Inputs(1, 1), 1));
        Assert.Contains("the size T must be from 1 to 37", error.Message);
    }

    [Fact]
    public void Inputs_that_share_a_size_agree_on_it()
    {
        RunningNetwork network = CompiledSource.Load(TwoSizes).Create("N");
        float[][] inputs = network.Inputs(1, 1);
        inputs[2] = new float[3 * 20];
        var error = Assert.Throws<ArgumentException>(() => network.Predict(inputs, 1));
        Assert.Contains("input 'z' has 60 values; 1 sample of 63 make 63", error.Message);
    }

    /// <summary>The largest size first: what it leaves in memory must not be seen by a smaller one.</summary>
    private static void AtSizes(string name, string declaration, Func<RunningNetwork, string?> difference)
    {
        RunningNetwork network = CompiledSource.Load(declaration).Create("N");
        foreach (double share in new[] { 1, 0, 0.48, 0.9, 0.4 })
        {
            foreach (Size size in network.Graph.Inputs.SelectMany(i => i.Shape).Where(s => s.IsOpen).Distinct())
            {
                network.Resize(size.Symbol!, Math.Max(1, (int)(size.Value * share)));
            }

            Assert.True(difference(network) is var wrong && wrong is null, $"{name}, {string.Join(", ", network.Sizes)}: {wrong}");
        }
    }

    private static Graph Only(Graph graph, Func<GraphOutput, bool> isMeant) => new(graph.Inputs, [.. graph.Outputs.Where(isMeant)]);

    private static float[] Gradient(RunningNetwork network, string path) =>
        [.. TrainingOracle.Names(network.Elaboration.Parameters.Single(p => p.Path == path))
            .SelectMany(n => ((ITrainable)network.Network).Training.Gradients[n].ToArray())];
}
