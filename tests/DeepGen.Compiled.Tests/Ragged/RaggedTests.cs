using System.Globalization;
using DeepGen.Compiled.Tests.Support;
using DeepGen.Generator.Ir;

namespace DeepGen.Compiled.Tests.Ragged;

/// <summary>Sequences of lengths of their own in one batch, beside a network of the same layers that gets each alone. What lies beyond their ends is no number.</summary>
public sealed class RaggedTests
{
    private const int Longest = 23;

    private static readonly int[] s_lengths = [5, 23, 1, 14, 17];

    /// <summary>None of them as long as there is room for.</summary>
    private static readonly int[] s_shorter = [5, 17, 1, 14, 16];

    private static readonly (string Name, string Declaration, bool HasSteps)[] s_networks =
    [
        ("dense layers", Layers("Dense(20), Relu, LayerNorm, Dense(3)", ""), true),
        ("last state", Layers("Rnn(12), Lstm(20, Layers = 2, Output = States.Last), Dense(3)", ""), false),
        ("last state both ways", Layers("Gru(20, Layers = 2, Bidirectional = true, Output = States.Last), Dense(3)", ""), false),
        ("both ways", Layers("Lstm(9, Bidirectional = true), Rnn(5, Bidirectional = true, Relu = true), Dense(3)", ""), true),
        ("attention", Layers("SinusoidalPositions, MultiHeadAttention(2), RmsNorm, Dense(3)", ""), true),
        ("causal attention", Layers("LearnedPositions, MultiHeadAttention(2, Causal = true), SwiGlu(8), Dense(3)", ""), true),
        ("grouped heads", Layers("Dense(16), MultiHeadAttention(4, KeyValueHeads = 2, Rotary = Rotary.Pairs), Dense(3)", ""), true),
        ("convolutions", Signals("Conv1D(8, 5, Padding = 2), Relu, Conv1D(8, 3, Causal = true), Tanh, Conv1D(8, 3, Padding = 2, Dilation = 2), Transpose(1, 0), Dense(3)"), true),
        ("a stack", """
            [Block, Residual, LayerNorm, MultiHeadAttention(2), Gru(Bidirectional = true), Dense(Shrink = 2)]
            public sealed partial class B;
            """ + Layers("Dense(8), Stack<B>(3), Lstm(3)", ""), true),
        ("means and sums", Forward("private Tensor Forward([Shape(\"T\", 6)] Tensor x) => Last(Concat(Mean(Mix(x), 0), Sum(x, 0)));"), false),
        ("attention to a shorter one", Forward("""
            [MultiHeadAttention(2)] private partial Tensor Look(Tensor x, Tensor memory);
            private Tensor Forward([Shape("T", 6)] Tensor x) => Last(Look(Mix(x), x));
            """), true),
        ("carried states", Forward("""
            [Lstm(7, Layers = 2)] private partial (Tensor All, Tensor H, Tensor C) Read(Tensor x);
            [Lstm(7, Layers = 2, Bidirectional = false)] private partial (Tensor All, Tensor H, Tensor C) Again(Tensor x, Tensor h, Tensor c);
            [Gru(7, Bidirectional = true)] private partial Tensor Back(Tensor x, Tensor h);
            private Tensor Forward([Shape("T", 6)] Tensor x)
            {
                var (all, h, c) = Read(x);
                (all, h, c) = Again(all, c, h);
                return Last(Back(all, h + c));
            }
            """), true),
        ("last of carried states", Forward("""
            [Lstm(7)] private partial (Tensor All, Tensor H, Tensor C) Read(Tensor x);
            private Tensor Forward([Shape("T", 6)] Tensor x)
            {
                var (all, h, c) = Read(x);
                return Last(Concat(h, c, Mean(all, 0)));
            }
            """), false),
        ("tokens", """
            [Network, Size("T", 23/*lengths*/), Input("T")/*train*/]
            [Embedding(11, 8), MultiHeadAttention(2), Lstm(6, Bidirectional = true, Output = States.Last), Dense(3)]
            public sealed partial class N;
            """, false),
    ];

    public static TheoryData<string> Names => [.. s_networks.Select(n => n.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_is_what_it_is_alone(string name)
    {
        (RunningNetwork ragged, RunningNetwork plain, bool hasSteps) = Load(name);
        float[] x = Padded(ragged);
        foreach (int threads in new[] { 1, 3 })
        {
            ragged.Network.Threads = threads;
            float[] y = ragged.Predict([x, Floats(s_lengths)], s_lengths.Length)[0];
            int size = y.Length / s_lengths.Length / (hasSteps ? Longest : 1);
            for (int sample = 0; sample < s_lengths.Length; sample++)
            {
                int length = s_lengths[sample];
                plain.Resize("T", length);
                float[] alone = plain.Predict([Cut(plain, x, sample, length)], 1)[0];
                float[] own = y.AsSpan(sample * size * (hasSteps ? Longest : 1), alone.Length).ToArray();
                Assert.True(alone.Zip(own).All(p => Math.Abs(p.First - p.Second) <= 1e-6f * Math.Max(1, Math.Abs(p.First))), $"sample {sample}: {string.Join(" ", own)} instead of {string.Join(" ", alone)}");
                Assert.All(hasSteps ? y[(((sample * Longest) + length) * size)..((sample + 1) * Longest * size)] : [], v => Assert.Equal(0, v));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void So_are_their_gradients(string name)
    {
        (RunningNetwork ragged, RunningNetwork plain, bool hasSteps) = Load(name, ", Train(Loss.MeanSquaredError)");
        float[] x = Padded(ragged);
        Node output = ragged.Graph.Outputs[0].Node;
        int size = output.Shape[output.Shape.Rank - 1].Value;
        var random = new Random(4);
        float[] targets = [.. Enumerable.Range(0, s_lengths.Length * size * (hasSteps ? Longest : 1)).Select(_ => random.NextSingle())];
        var sum = new Dictionary<string, double[]>();
        double loss = 0, count = hasSteps ? s_lengths.Sum() : s_lengths.Length;
        for (int sample = 0; sample < s_lengths.Length; sample++)
        {
            int length = s_lengths[sample];
            plain.Resize("T", length);
            float[] own = hasSteps
                ? targets[(sample * Longest * size)..(((sample * Longest) + length) * size)]
                : targets[(sample * size)..((sample + 1) * size)];
            double share = (hasSteps ? length : 1) / count;
            loss += share * plain.Gradients(RunningNetwork.Memories([Cut(plain, x, sample, length)]), RunningNetwork.Memories([own]));
            foreach (Parameter parameter in plain.Network.Parameters)
            {
                float[] gradient = ((ITrainable)plain.Network).Training.Gradients[parameter.Name].ToArray();
                double[] total = sum.TryGetValue(parameter.Name, out double[]? known) ? known : sum[parameter.Name] = new double[gradient.Length];
                for (int i = 0; i < gradient.Length; i++)
                {
                    total[i] += share * gradient[i];
                }
            }

            // Nobody asks what the target is where there is no step.
            targets.AsSpan(hasSteps ? ((sample * Longest) + length) * size : 0, hasSteps ? (Longest - length) * size : 0).Fill(float.NaN);
        }

        float all = ragged.Gradients(RunningNetwork.Memories([x, Floats(s_lengths)]), RunningNetwork.Memories([targets]));
        Assert.Equal(loss, all, 1e-5);
        foreach ((string parameter, double[] expected) in sum)
        {
            float[] actual = ((ITrainable)ragged.Network).Training.Gradients[parameter].ToArray();
            double scale = Math.Max(1e-3, expected.Max(Math.Abs));
            Assert.All(expected.Zip(actual), p => Assert.True(Math.Abs(p.First - p.Second) <= 1e-5 * scale, $"{parameter}: {p.Second} instead of {p.First}"));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Generic_calls_go_as_far_as_the_longest_and_read_nothing_beyond(string name)
    {
        (RunningNetwork ragged, _, bool hasSteps) = Load(name, ", Train(Loss.MeanSquaredError)");
        float[] x = Padded(ragged, s_shorter), lengths = Floats(s_shorter), expected = ragged.Predict([x, lengths], s_shorter.Length)[0];
        float[] y = [.. expected.Select(_ => 7f)];
        ragged.Network.Predict([x, lengths], [y]);
        Assert.All(expected.Zip(y), p => Assert.Equal(p.First, p.Second, 1e-6f));
        Assert.Equal(hasSteps, y[^1] == 0);

        float[] targets = [.. y.Select((_, i) => i % 5 / 4f)];
        float loss = ragged.Gradients(RunningNetwork.Memories([x, lengths]), RunningNetwork.Memories([targets]));
        Assert.Equal(loss, ((ITrainable)ragged.Network).Gradients(new Batch(s_shorter.Length, [x, lengths], [new Target(targets)])), 1e-5f);
    }

    [Fact]
    public void Classes_of_steps_there_are_not_do_not_count()
    {
        const string Train = ", Train(Loss.CrossEntropy, ClassAxis = -1, ClassWeights = new[] { 1f, 2f, 0.5f })";
        (RunningNetwork ragged, RunningNetwork plain, _) = Load("both ways", Train);
        float[] x = Padded(ragged);
        var random = new Random(4);
        float[] targets = [.. Enumerable.Range(0, s_lengths.Length * Longest).Select(_ => (float)random.Next(3))];
        double sum = 0, weights = 0;
        for (int sample = 0; sample < s_lengths.Length; sample++)
        {
            int length = s_lengths[sample];
            plain.Resize("T", length);
            float[] own = targets[(sample * Longest)..((sample * Longest) + length)];
            double weight = own.Sum(c => new[] { 1, 2, 0.5 }[(int)c]);
            sum += weight * plain.Gradients(RunningNetwork.Memories([Cut(plain, x, sample, length)]), RunningNetwork.Memories([own]));
            weights += weight;
            targets.AsSpan((sample * Longest) + length, Longest - length).Fill(sample % 2 == 0 ? -1 : 2);
        }

        Assert.Equal(sum / weights, ragged.Gradients(RunningNetwork.Memories([x, Floats(s_lengths)]), RunningNetwork.Memories([targets])), 1e-5);
    }

    [Fact]
    public void Bounds_hold_for_them()
    {
        (RunningNetwork ragged, _, _) = Load("last state both ways", ", Certify");
        float[] x = Array.ConvertAll(Padded(ragged), v => float.IsNaN(v) ? 0 : v), lengths = Floats(s_lengths);
        float[][] bounds = ragged.Certify([[.. x.Select(v => v - 0.01f)], [.. x.Select(v => v + 0.01f)], lengths], s_lengths.Length);
        var random = new Random(1);
        for (int trial = 0; trial < 20; trial++)
        {
            float[] y = ragged.Predict([[.. x.Select(v => v + (0.0099f * ((2 * random.NextSingle()) - 1)))], lengths], s_lengths.Length)[0];
            Assert.All(y.Select((v, i) => (v, i)), p => Assert.InRange(p.v, bounds[0][p.i], bounds[1][p.i]));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-2)]
    [InlineData(21)]
    public void A_length_out_of_range_is_named_before_anything_is_computed(int length)
    {
        (RunningNetwork ragged, _, _) = Load("last state", ", Train(Loss.MeanSquaredError)");
        ragged.Resize("T", 20);
        float[][] inputs = [new float[3 * 20 * 6], [4, length, 20]];
        float[] outputs = [.. Enumerable.Repeat(7f, 9)];
        string expected = $"input 'lengths' says that sample 1 has {length} steps; it must be from 1 to 20, the steps of this call";
        Assert.StartsWith(expected, Assert.Throws<ArgumentOutOfRangeException>(() => ragged.Predict(RunningNetwork.Memories(inputs), [outputs])).Message, StringComparison.Ordinal);
        Assert.All(outputs, v => Assert.Equal(7, v));
        var error = Assert.ThrowsAny<Exception>(() => ragged.Gradients(RunningNetwork.Memories(inputs), [new float[9]]));
        Assert.StartsWith(expected, (error.InnerException ?? error).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void There_is_a_length_for_every_sample()
    {
        (RunningNetwork ragged, _, _) = Load("last state");
        var error = Assert.Throws<ArgumentException>(() => ragged.Predict([new float[3 * Longest * 6], [4, 5]], 3));
        Assert.Contains("input 'lengths' has 2 values; 3 samples of 1 make 3", error.Message);
    }

    [Fact]
    public void Lengths_may_come_as_floats_where_inputs_are_floats_for_all_networks()
    {
        (RunningNetwork ragged, _, _) = Load("last state");
        float[] x = Padded(ragged), outputs = new float[s_lengths.Length * 3];
        ragged.Network.Predict([x, Floats(s_lengths)], [outputs]);
        Assert.Equal(ragged.Predict([x, Floats(s_lengths)], s_lengths.Length)[0], outputs);
        foreach (float wrong in new[] { 0, 24, 2.5f, float.NaN })
        {
            float[] lengths = Floats(s_lengths);
            lengths[3] = wrong;
            var error = Assert.Throws<ArgumentOutOfRangeException>(() => ragged.Network.Predict([x, lengths], [outputs]));
            Assert.Contains("sample 3", error.Message);
            Assert.Contains(wrong.ToString(CultureInfo.InvariantCulture), error.Message);
        }
    }

    private static (RunningNetwork Ragged, RunningNetwork Plain, bool HasSteps) Load(string name, string readings = "")
    {
        (_, string declaration, bool hasSteps) = s_networks.Single(n => n.Name == name);
        declaration = declaration.Replace("/*train*/", readings, StringComparison.Ordinal);
        RunningNetwork Create(string lengths) =>
            CompiledSource.Load(declaration.Replace("/*lengths*/", lengths, StringComparison.Ordinal)).Create("N");
        return (Create(", Lengths = \"lengths\""), Create(""), hasSteps);
    }

    private static string Layers(string layers, string more) => $$"""
        [Network, Size("T", 23/*lengths*/), Input("T", 6)/*train*/{{more}}]
        [{{layers}}]
        public sealed partial class N;
        """;

    private static string Signals(string layers) => $$"""
        [Network, Size("T", 23/*lengths*/), Input(6, "T")/*train*/]
        [{{layers}}]
        public sealed partial class N;
        """;

    private static string Forward(string members) => $$"""
        [Network, Size("T", 23/*lengths*/)/*train*/]
        public sealed partial class N
        {
            [Dense(6), Tanh] private partial Tensor Mix(Tensor x);
            [Dense(3)] private partial Tensor Last(Tensor x);
            {{members}}
        }
        """;

    /// <summary>Sequences that hold no number beyond their ends; ids there are the first.</summary>
    private static float[] Padded(RunningNetwork network, int[]? lengths = null)
    {
        float[] x = network.Inputs(s_lengths.Length, 3)[0];
        bool isIds = network.Graph.Inputs[0].Type.Element == ElementType.Int32;
        (int axis, int size) = Sizes(network);
        for (int i = 0; i < x.Length; i++)
        {
            int step = axis == 2 ? i % Longest : i / size % Longest;
            if (step >= (lengths ?? s_lengths)[i / (Longest * size)])
            {
                x[i] = isIds ? 0 : float.NaN;
            }
        }

        return x;
    }

    private static float[] Cut(RunningNetwork network, float[] x, int sample, int length)
    {
        (int axis, int size) = Sizes(network);
        float[] own = x[(sample * Longest * size)..((sample + 1) * Longest * size)];
        return axis == 2 ? [.. own.Chunk(Longest).SelectMany(c => c[..length])] : own[..(length * size)];
    }

    /// <summary>The axis of the steps, and how many numbers a step has.</summary>
    private static (int Axis, int Size) Sizes(RunningNetwork network)
    {
        Shape shape = network.Graph.Inputs[0].Shape;
        return (shape[1].IsOpen ? 1 : 2, shape.Skip(1).Where(s => !s.IsOpen).Aggregate(1, (n, s) => n * s.Value));
    }

    private static float[] Floats(int[] values) => Array.ConvertAll(values, v => (float)v);
}
