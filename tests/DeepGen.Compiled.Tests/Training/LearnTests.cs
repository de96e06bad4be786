using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using DeepGen.Compiled.Tests.Support;

namespace DeepGen.Compiled.Tests.Training;

/// <summary>A step in one call, parameters changed within the backward pass, is gradients and update to the last bit.</summary>
public sealed class LearnTests
{
    private const string Declaration = """
        [Network, Input(3, 8, 8), Conv2D(20, 3, Padding = 1), BatchNorm, Relu, MaxPool2D(2), Flatten, Dense(70), Relu, Stack<Block>(3), Dense(10), Train(Loss.CrossEntropy)]
        public sealed partial class Net;

        [Block, Residual, Dense, Tanh, Dense]
        public sealed partial class Block;
        """;

    private static readonly CompiledSource s_source = CompiledSource.Load(Declaration);

    /// <summary>Weights that are changed block by block where they are prepared: for products forwards, and backwards as well.</summary>
    private const string Wide = """
        [Network, Input(90), Dense(320), Relu, Dense(256), BatchNorm, Relu, Dense(256), Relu, Dense(10), Train(Loss.CrossEntropy)]
        public sealed partial class Net;
        """;

    private static readonly CompiledSource s_wide = CompiledSource.Load(Wide);

    /// <summary>Gradients that come in blocks of rows, of weights that are prepared in such blocks, too, and of some that are not.</summary>
    private const string Blocks = """
        [Network, Input(96), Dense(320), Relu, Dense(256), Relu, Dense(256), Relu, Dense(300), Tanh, Dense(10), Train(Loss.CrossEntropy)]
        public sealed partial class Net;
        """;

    private static readonly CompiledSource s_blocks = CompiledSource.Load(Blocks);

    public static TheoryData<string> Optimizers => ["sgd", "adam", "clipped"];

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void It_gives_the_parameters_that_gradients_and_a_step_give(string kind)
    {
        TrainedNetwork apart = Create(), together = Create();
        Optimizer first = Make(kind), second = Make(kind);
        together.Network.Threads = 2;
        for (int step = 0; step < 4; step++)
        {
            float loss = apart.Network.Gradients(apart.Batch);
            apart.Network.Training.Step(first);
            Assert.Equal(loss, together.Network.Learn(together.Batch, second));
        }

        Assert.All(apart.Network.Parameters, p => Assert.True(
            MemoryMarshal.AsBytes(p.Values).SequenceEqual(MemoryMarshal.AsBytes(together.Network.Parameters[p.Name].Values)), p.Name));
        Assert.Equal(4, together.Network.Training.StepNumber);
        Assert.Equal(first.Steps, second.Steps);
    }

    /// <summary>
    /// Whoever writes parameters between two steps finds them changed and has them prepared anew; who shares the work does not show.
    /// </summary>
    [Theory]
    [InlineData("sgd", 1)]
    [InlineData("adam", 3)]
    [InlineData("clipped", 2)]
    public void Blocks_of_weights_change_where_they_are_prepared(string kind, int threads)
    {
        Assert.Contains("for (int block = part *", s_wide.Generated["Net.Training.g.cs"], StringComparison.Ordinal);
        CompareWithHalves(s_wide, "2.weight", "5.weight", kind, threads);
    }

    /// <summary>Five and seven threads are more than some and than all of the gradients have blocks.</summary>
    [Theory]
    [InlineData("sgd", 1)]
    [InlineData("sgd", 2)]
    [InlineData("adam", 3)]
    [InlineData("adam", 5)]
    [InlineData("sgd", 7)]
    [InlineData("clipped", 2)]
    public void Blocks_of_weights_change_where_their_gradients_are_computed(string kind, int threads)
    {
        string text = s_blocks.Generated["Net.Training.g.cs"];
        Assert.Equal(["4", "4", "4", "5"], Regex.Matches(text, @"if \(frame\.LearnsBlocks\((\d)\)\)").Select(m => m.Groups[1].Value).Order());
        Assert.Contains("if (!frame.LearnsBlocks(4))", text, StringComparison.Ordinal);
        CompareWithHalves(s_blocks, "2.weight", "4.weight", kind, threads);
    }

    /// <summary>
    /// Weights that are read twice, plainly and by bounds, and layers between whose gradients a normalisation waits for the batch: whatever is learned at once, nobody reads it later.
    /// </summary>
    [Theory]
    [InlineData("[Network, Input(96), Dense(256), Relu, Dense(256), Relu, Dense(10), Train(Loss.CrossEntropy, Certified = true)] public sealed partial class Net;", "2.weight", "4.weight")]
    [InlineData("[Network, Input(96), Dense(256), BatchNorm, Relu, Dense(256), BatchNorm, Relu, Dense(256), Tanh, Dense(10), Train(Loss.CrossEntropy)] public sealed partial class Net;", "3.weight", "6.weight")]
    [InlineData("[Network, Input(12, 96), Lstm(64, Output = States.Last), Dense(256), Relu, Dense(10), Train(Loss.CrossEntropy)] public sealed partial class Net;", "1.weight", "3.weight")]
    public void Nothing_is_learned_that_is_still_read(string declaration, string changed, string still) =>
        CompareWithHalves(CompiledSource.Load(declaration), changed, still, "sgd", 2);

    private static void CompareWithHalves(CompiledSource source, string changed, string still, string kind, int threads)
    {
        TrainedNetwork apart = new(source.Create("Net"), 40), together = new(source.Create("Net"), 40);
        Optimizer first = Make(kind).Group(still, rateFactor: 0), second = Make(kind).Group(still, rateFactor: 0);
        together.Network.Threads = threads;
        for (int step = 0; step < 6; step++)
        {
            if (step == 3)
            {
                Double(apart.Network.Parameters[changed]);
                Double(together.Network.Parameters[changed]);
            }

            float loss = apart.Network.Gradients(apart.Batch);
            apart.Network.Training.Step(first);
            Assert.Equal(loss, together.Network.Learn(together.Batch, second));
        }

        Assert.All(apart.Network.Parameters, p => Assert.True(
            MemoryMarshal.AsBytes(p.Values).SequenceEqual(MemoryMarshal.AsBytes(together.Network.Parameters[p.Name].Values)), p.Name));

        static void Double(Parameter parameter) => parameter.Write([.. parameter.Values.ToArray().Select(v => 2 * v)]);
    }

    /// <summary>A sample that is much work: a few of them are more parts than sixteen.</summary>
    [Fact]
    public void Batches_of_other_sizes_before_change_nothing()
    {
        const string Heavy = "[Network, Input(16, 40, 40), Conv2D(16, 3, Padding = 1), Relu, GlobalAveragePool, Dense(10), Train(Loss.CrossEntropy)] public sealed partial class Net;";
        RunningNetwork network = CompiledSource.Load(Heavy).Create("Net");
        TrainedNetwork[] batches = [.. new[] { 16, 8, 40, 15, 3, 16 }.Select(batch => new TrainedNetwork(network, batch))];
        foreach (TrainedNetwork batch in batches)
        {
            Assert.Null(batch.Difference());
        }
    }

    /// <summary>So many samples that each part of the batch is more than one call: sums go on from one to the next.</summary>
    [Fact]
    public void Sums_go_on_through_large_batches()
    {
        const string Small = "[Network, Input(5), Dense(16), Tanh, Dense(3), Train(Loss.CrossEntropy)] public sealed partial class Net;";
        Assert.Null(new TrainedNetwork(CompiledSource.Load(Small).Create("Net"), 1500).Difference());
    }

    /// <summary>
    /// Weights that many positions share: where registers are few both factors of their gradients are copied, in pieces of rows where there
    /// are many positions. No size is a multiple of a piece's.
    /// </summary>
    [Theory]
    [InlineData(70)]
    [InlineData(301)]
    public void Sums_go_over_positions(int positions)
    {
        string shared = $"[Network, Input({positions}, 66), Dense(251), Tanh, Dense(2), Flatten, Dense(3), Train(Loss.CrossEntropy)] public sealed partial class Net;";
        CompiledSource source = CompiledSource.Load(shared);
        Assert.Contains("Blocks.PackRows", source.Generated["Net.Training.g.cs"], StringComparison.Ordinal);
        Assert.Null(new TrainedNetwork(source.Create("Net"), 5).Difference());
    }

    /// <summary>Where they would be, others may lie: who asks for them is told so.</summary>
    [Fact]
    public void Gradients_are_kept_by_themselves_and_not_by_Learn()
    {
        TrainedNetwork trained = new(s_blocks.Create("Net"), 40), other = new(s_blocks.Create("Net"), 40);
        TrainingState training = trained.Network.Training;
        float[] expected = Gradient(other);
        trained.Network.Learn(trained.Batch, new Sgd(0));

        Assert.Contains("call Gradients and then Step", Assert.Throws<InvalidOperationException>(() => training.Gradients["0.weight"].Length).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => training.Step(new Sgd(0.1)));
        training.Accumulate = true;
        Assert.Throws<InvalidOperationException>(() => trained.Network.Gradients(trained.Batch));
        training.Accumulate = false;
        Assert.Equal(expected, Gradient(trained));

        trained.Network.Learn(trained.Batch, new Sgd(0) { ClipNorm = 1 });
        Assert.Equal(expected, training.Gradients["0.weight"].ToArray());

        trained.Network.Learn(trained.Batch, new Sgd(0));
        training.Gradients.Clear();
        Assert.All(training.Gradients["0.weight"].ToArray(), g => Assert.Equal(0, g));

        static float[] Gradient(TrainedNetwork network)
        {
            network.Network.Gradients(network.Batch);
            return network.Network.Training.Gradients["0.weight"].ToArray();
        }
    }

    [Theory]
    [InlineData("sgd", false)]
    [InlineData("adam", false)]
    [InlineData("clipped", false)]
    [InlineData("sgd", true)]
    public void A_loss_that_is_not_finite_changes_no_parameter(string kind, bool inBlocks)
    {
        TrainedNetwork trained = inBlocks ? new(s_blocks.Create("Net"), 40) : Create();
        float[] values = trained.Network.Parameters["0.weight"].Values.ToArray();
        values[3] = float.NaN;
        trained.Network.Parameters["0.weight"].Write(values);
        float[][] before = [.. trained.Network.Parameters.Select(p => p.Values.ToArray())];
        Optimizer optimizer = Make(kind);

        Assert.False(float.IsFinite(trained.Network.Learn(trained.Batch, optimizer)));

        float[][] after = [.. trained.Network.Parameters.Select(p => p.Values.ToArray())];
        Assert.Equal(before, after);
        Assert.Equal(0, trained.Network.Training.StepNumber);
        Assert.Equal(0, optimizer.Steps);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_allocates_nothing(bool inBlocks)
    {
        TrainedNetwork trained = inBlocks ? new(s_blocks.Create("Net"), 40) : Create();
        Optimizer optimizer = Make("adam");
        trained.Network.Learn(trained.Batch, optimizer);
        trained.Network.Learn(trained.Batch, optimizer);
        long before = GC.GetAllocatedBytesForCurrentThread();
        trained.Network.Learn(trained.Batch, optimizer);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static TrainedNetwork Create() => new(s_source.Create("Net"), 19);

    private static Optimizer Make(string kind) => kind switch
    {
        "sgd" => new Sgd(0.1, momentum: 0.9).Group("*.bias", rateFactor: 2),
        "adam" => new Adam(1e-2) { ClipValue = 0.05f },
        _ => new AdamW(1e-2) { ClipNorm = 0.5f },
    };
}
