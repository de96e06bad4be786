using DeepGen.Data;

namespace DeepGen.Graphs.Tests;

/// <summary>Fit over data each of whose samples is a graph.</summary>
public class FitGraphsTests
{
    [Fact]
    public void What_only_edges_say_is_learnt()
    {
        Assert.InRange(Accuracy(hasEdges: true), 0.95, 1);
        Assert.InRange(Accuracy(hasEdges: false), 0.3, 0.7);

        static double Accuracy(bool hasEdges)
        {
            var network = new Likeness(1);
            Trainer.Fit(network, DrawnGraphs.Likeness(600, 1, hasEdges), new FitOptions { Epochs = 15, BatchSize = 32, Optimizer = new Adam(0.01), Threads = 1, Console = null });
            return Trainer.Evaluate(network, DrawnGraphs.Likeness(300, 2, hasEdges))["accuracy"];
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Fit_gives_the_bits_of_a_loop_of_ones_own(int threads)
    {
        DataSet molecules = DrawnGraphs.Any(50, 12, 9, 3, 1);
        Molecules looped = new(3), fitted = new(3);
        Loop(molecules, b => looped.Learn(b.Graphs, b.Rows, b.Graphs.NodeCounts, b.Classes, b.Optimizer, N: b.Graphs.Rows));
        Fit(fitted, molecules, threads);
        AssertSame(looped, fitted);

        DataSet bonds = DrawnGraphs.Any(50, 40, 9, 3, 2);
        FittedMolecules loopedBonds = new(3), fittedBonds = new(3);
        Loop(bonds, b => loopedBonds.Learn(b.Graphs, b.Rows, b.Graphs.NodeCounts, b.Classes, b.Optimizer, N: b.Graphs.Rows));
        Fit(fittedBonds, bonds, threads);
        AssertSame(loopedBonds, fittedBonds);

        DataSet values = DrawnGraphs.Any(50, 12, 9, 3, sizes => Column.OfValues(Drawn.Values(2 * sizes.Length, 5), 2));
        SummedMolecules loopedValues = new(3), fittedValues = new(3);
        Loop(values, b => loopedValues.Learn(b.Graphs, b.Rows, b.Graphs.NodeCounts, b.Values, b.Optimizer, N: b.Graphs.Rows));
        Fit(fittedValues, values, threads);
        AssertSame(loopedValues, fittedValues);
    }

    [Fact]
    public void Validation_is_that_of_each_graph_alone()
    {
        DataSet training = DrawnGraphs.Any(40, 12, 9, 3, 1), validation = DrawnGraphs.Any(300, 12, 9, 3, 2);
        var network = new Molecules(3);
        FitResult result = Trainer.Fit(network, training, new FitOptions { Epochs = 2, Validation = validation, Threads = 1, Console = null });
        double loss = 0;
        int right = 0;
        for (int i = 0; i < validation.Count; i++)
        {
            var one = GraphBatch.Pack([validation.Graph(i)]);
            float[] y = new float[3];
            network.Predict(one, validation.Input(i), one.NodeCounts, y, N: one.Rows);
            loss += (Math.Log(y.Sum(v => Math.Exp(v))) - y[validation.Class(i)]) / validation.Count;
            right += y.AsSpan().IndexOf(y.Max()) == validation.Class(i) ? 1 : 0;
        }

        Assert.Equal(loss, result["validation loss"], 9);
        Assert.Equal((double)right / validation.Count, result["validation accuracy"], 9);
    }

    [Fact]
    public void Nodes_may_have_classes_and_the_report_shows_them()
    {
        string report = Path.GetTempFileName();
        DataSet validation = DrawnGraphs.Rings(100, 2);
        var network = new NodeClasses(2);
        FitResult result = Trainer.Fit(network, DrawnGraphs.Rings(300, 1), new FitOptions { Epochs = 15, BatchSize = 16, Optimizer = new Adam(0.01), Validation = validation, Report = report, Threads = 1, Console = null });
        Assert.InRange(result["validation accuracy"], 0.95, 1);
        double loss = 0;
        int right = 0, nodes = 0;
        for (int i = 0; i < validation.Count; i++)
        {
            var one = GraphBatch.Pack([validation.Graph(i)]);
            float[] y = new float[2 * one.Rows];
            network.Predict(one, validation.Input(i), one.NodeCounts, y, N: one.Rows);
            for (int n = 0; n < one.Rows; n++, nodes++)
            {
                int truth = validation.Classes(i)[n];
                loss += Math.Log(Math.Exp(y[2 * n]) + Math.Exp(y[(2 * n) + 1])) - y[(2 * n) + truth];
                right += (y[(2 * n) + 1] > y[2 * n] ? 1 : 0) == truth ? 1 : 0;
            }
        }

        Assert.Equal(loss / nodes, result["validation loss"], 9);
        Assert.Equal((double)right / nodes, result["validation accuracy"], 9);
        Assert.Contains("Where it is right", File.ReadAllText(report), StringComparison.Ordinal);
        File.Delete(report);
    }

    [Fact]
    public void Nodes_may_have_values()
    {
        DataSet data = DrawnGraphs.Any(60, 16, 2, 1, sizes => Column.OfRows(Drawn.Values(3 * sizes.Sum(), 9), sizes, 3));
        NodeValues network = new(3);
        FitResult result = Trainer.Fit(network, data, new FitOptions { Epochs = 3, ValidationFraction = 0.5, Threads = 1, Console = null });
        DataSet validation = data.Split(0.5, 1).Second;
        double squares = 0, errors = 0;
        int values = 0;
        for (int i = 0; i < validation.Count; i++)
        {
            var one = GraphBatch.Pack([validation.Graph(i)]);
            float[] y = new float[3 * one.Rows];
            network.Predict(one, validation.Input(i), one.NodeCounts, y, N: one.Rows);
            foreach ((float output, float target) in y.Zip(validation.Target(i).ToArray()))
                (squares, errors, values) = (squares + Math.Pow((double)output - target, 2), errors + Math.Abs((double)output - target), values + 1);
        }

        Assert.Equal(squares / values, result["validation loss"], 9);
        Assert.Equal(errors / values, result["validation MAE"], 9);
    }

    [Fact]
    public void A_killed_training_goes_on_to_the_same_bits()
    {
        using var folder = new Folder();
        DataSet data = DrawnGraphs.Any(50, 12, 9, 3, 1);
        Molecules whole = new(3), killed = new(3), resumed = new(3);
        Trainer.Fit(whole, data, Options(null));
        using var stop = new CancellationTokenSource();
        FitResult first = Trainer.Fit(killed, data, Options(new AtStep(8, stop.Cancel)), stop.Token);
        Assert.True(first.Cancelled);
        FitResult second = Trainer.Fit(resumed, data, Options(new AtStep(-1, () => { })));
        Assert.Equal(8, first.Steps);
        Assert.Equal(3 * 7, second.Steps);
        AssertSame(whole, resumed);

        FitOptions Options(TrainingCallback? callback) => new()
        {
            Epochs = 3,
            BatchSize = 8,
            Seed = 7,
            Optimizer = new Adam(0.01),
            Threads = 1,
            Console = null,
            Checkpoint = callback is null ? null : folder.File("run.safetensors"),
            Resume = callback is not null,
            Callbacks = callback is null ? [] : [callback],
        };
    }

    [Fact]
    public void Early_stopping_gives_back_the_best_epoch()
    {
        // What holds for one class only is unlearnt by the other: the first epoch is the best.
        DataSet data = DrawnGraphs.Any(40, 12, 9, 1, 1), other = DrawnGraphs.Any(40, 12, 9, 2, sizes => Column.OfClasses([.. sizes.Select(_ => 2)]));
        Molecules stopped = new(3), once = new(3);
        var early = new EarlyStopping(patience: 2);
        FitResult result = Trainer.Fit(stopped, data, Options(50, early));
        Trainer.Fit(once, data, Options(1));
        Assert.Equal(1, early.BestEpoch);
        Assert.Equal(3, result.History.Count);
        AssertSame(once, stopped);

        FitOptions Options(int epochs, params TrainingCallback[] callbacks) => new() { Epochs = epochs, BatchSize = 8, Optimizer = new Adam(0.01), Validation = other, Callbacks = callbacks, Threads = 1, Console = null };
    }

    [Fact]
    public void A_step_allocates_nothing_once_batches_as_large_have_been_seen()
    {
        DataSet data = DrawnGraphs.Any(64, 40, 9, 3, 1);
        var passes = new List<long>();
        long before = 0;
        TrainingCallback[] marks =
        [
            .. Enumerable.Range(2, 4).SelectMany(pass => new[]
            {
                new AtStep((pass * 32) + 1, () => before = GC.GetAllocatedBytesForCurrentThread()),
                new AtStep((pass * 32) + 31, () => passes.Add(GC.GetAllocatedBytesForCurrentThread() - before)),
            }),
        ];

        // Every pass has the batches of the first. A collection may take pooled memory away during one of them, but hardly during all.
        Trainer.Fit(new FittedMolecules(3), data, new FitOptions { Epochs = 6, BatchSize = 2, Shuffle = false, Callbacks = marks, Threads = 1, Console = null });
        Assert.Equal(4, passes.Count);
        Assert.Equal(0, passes.Min());
    }

    [Fact]
    public void A_layer_whose_values_are_not_finite_is_named()
    {
        var network = new Molecules(3);
        network.Parameters["2.bias"].Write(Enumerable.Repeat(100f, 20).ToArray());
        network.Parameters["5.weight"].Write([.. Enumerable.Range(0, 7 * 20).Select(i => i / 20 % 2 == 0 ? 3e38f : -3e38f)]);
        var e = Assert.Throws<TrainingDivergedException>(() => Trainer.Fit(network, DrawnGraphs.Any(20, 12, 9, 3, 1), new FitOptions { Console = null }));
        Assert.Contains("the first value that is not finite is '", e.Message, StringComparison.Ordinal);
    }

    private sealed record Packed(GraphBatch Graphs, float[] Rows, int[] Classes, float[] Values, Optimizer Optimizer);

    /// <summary>The order of Fit's batches, everything else by hand.</summary>
    private static void Loop(DataSet data, Func<Packed, float> learn)
    {
        var optimizer = new Adam(0.01);
        using BatchReader reader = data.Read(new BatchOptions(8) { Shuffle = true, Seed = 7 });
        for (int epoch = 0; epoch < 3; epoch++)
        {
            reader.Start(epoch);
            while (reader.Next(out _))
            {
                int[] samples = [.. reader.Samples.ToArray().Select(s => (int)s)];
                var graphs = GraphBatch.Pack(samples.Select(data.Graph));
                bool isOfClasses = data.Layout.Targets[0].IsClass;
                learn(new Packed(
                    graphs,
                    graphs.Pad([.. samples.SelectMany(s => data.Input(s).ToArray())]),
                    isOfClasses ? [.. samples.Select(s => data.Class(s))] : [],
                    isOfClasses ? [] : [.. samples.SelectMany(s => data.Target(s).ToArray())],
                    optimizer));
            }
        }
    }

    private static void Fit<T>(T network, DataSet data, int threads)
        where T : class, ITrainable<T> =>
        Trainer.Fit(network, data, new FitOptions { Epochs = 3, BatchSize = 8, Seed = 7, Optimizer = new Adam(0.01), Threads = threads, Console = null });

    private static void AssertSame(INetwork expected, INetwork actual) =>
        Assert.All(expected.Parameters.Zip(actual.Parameters), p => Assert.Equal(p.First.Values.ToArray(), p.Second.Values.ToArray()));

    private sealed class AtStep(long step, Action act) : TrainingCallback
    {
        public override void StepEnd(TrainingRun run)
        {
            if (run.Step == step)
                act();
        }
    }

    private sealed class Folder : IDisposable
    {
        private readonly string _path = Directory.CreateTempSubdirectory().FullName;

        public string File(string name) => Path.Combine(_path, name);

        public void Dispose() => Directory.Delete(_path, true);
    }
}
