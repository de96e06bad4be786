using DeepGen.Data;

namespace DeepGen.Graphs.Tests;

/// <summary>Graphs as samples of a data set, and as what generic code hands a network.</summary>
public class GraphDataTests
{
    [Fact]
    public void Generic_members_take_the_graphs_of_a_batch()
    {
        DataSet data = DrawnGraphs.Any(20, 12, 9, 3, 1);
        var network = new Molecules(5);
        INetwork generic = network;
        DataSet wide = new([Rows(data).Padded(12), Rows(data).RowCounts], [Column.OfClasses(Drawn.Classes(20, 3))], [.. Enumerable.Range(0, 20).Select(data.Graph)]);
        foreach (Batch batch in wide.Batches(new BatchOptions(6)))
        {
            float[] y = new float[batch.Count * 3], expected = new float[y.Length];
            generic.Predict(batch, [y]);
            GraphBatch graphs = batch.Graphs!;
            float[] own = graphs.Pad([.. Enumerable.Range(0, batch.Count).SelectMany(s => batch.Inputs[0].Slice(s * 108, graphs.NodeCounts[s] * 9).ToArray())]);
            network.Predict(graphs, own, graphs.NodeCounts, expected, N: graphs.Rows);
            Assert.Equal(expected, y);
            Assert.Equal(
                network.Trace(graphs, own, graphs.NodeCounts, N: graphs.Rows).SelectMany(t => t.Values),
                network.Trace(batch).SelectMany(t => t.Values));
            Assert.Equal(network.Gradients(graphs, own, graphs.NodeCounts, batch.Targets[0].Classes.Span, N: graphs.Rows), network.Gradients(batch));
        }

        Batch bare = new(1, [new float[12 * 9], new float[] { 3 }], [new Target(new[] { 1 })]);
        Assert.Contains("the batch has none: set its property Graphs", Assert.Throws<ArgumentException>(() => network.Gradients(bare)).Message, StringComparison.Ordinal);
        Assert.Contains("takes a Batch", Assert.Throws<NotSupportedException>(() => generic.Predict([new float[12 * 9]], [new float[3]])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Outputs_of_nodes_are_zeros_beyond_the_last()
    {
        DataSet data = DrawnGraphs.Rings(3, 1);
        DataSet wide = new([Rows(data, 2).Padded(16), Rows(data, 2).RowCounts], [], [.. Enumerable.Range(0, 3).Select(data.Graph)]);
        Batch batch = wide.Batches(new BatchOptions(3)).Single();
        float[] y = new float[3 * 32];
        Array.Fill(y, 7);
        ((INetwork)new NodeClasses(1)).Predict(batch, [y]);
        for (int i = 0; i < y.Length; i++)
            Assert.Equal(i % 32 / 2 >= 3 + (i / 32), y[i] == 0);
    }

    [Fact]
    public void Graphs_of_so_many_nodes_always_need_no_lengths()
    {
        NodeGraph[] graphs = [.. Enumerable.Range(0, 10).Select(i => Drawn.Graph(7, i))];
        Column[] targets = [Column.OfValues(Drawn.Values(10, 2), 1), Column.OfValues(Drawn.Values(140, 3), 7, 2)];
        DataSet data = new([Column.OfValues(Drawn.Values(10 * 21, 1), 7, 3)], [.. targets], [.. graphs]);
        FitResult result = Trainer.Fit(new Sensors(1), data, new FitOptions { Epochs = 30, BatchSize = 4, Optimizer = new Adam(0.01), Console = null });
        Assert.True(result.History[^1].Loss < result.History[0].Loss);
        string message = Assert.Throws<ArgumentException>(() => Trainer.Fit(
            new Sensors(1), new DataSet([Column.OfValues(new float[21], 7, 3)], [Column.OfValues([1], 1), Column.OfValues(new float[14], 7, 2)], [Drawn.Graph(6, 1)]))).Message;
        Assert.Equal("graph 0 of the training data has 6 nodes, but Sensors takes always 7", message);
    }

    [Fact]
    public void Views_keep_the_graphs()
    {
        DataSet data = DrawnGraphs.Any(20, 12, 9, 3, 1);
        DataSet view = data.Shuffled(3)[4..12].Scaled(2);
        for (int i = 0; i < view.Count; i++)
        {
            int original = Enumerable.Range(0, 20).Single(o => ReferenceEquals(data.Graph(o), view.Graph(i)));
            Assert.Equal(data.Input(original).ToArray().Select(v => 2 * v), view.Input(i).ToArray());
            Assert.Equal(data.Class(original), view.Class(i));
        }

        DataSet normal = Normalization.Of(data, axis: 1).Apply(data);
        float[] first = [.. Enumerable.Range(0, 20).SelectMany(i => normal.Input(i).ToArray().Where((_, at) => at % 9 == 0))];
        Assert.Equal(0, first.Average(), 5);
        Assert.Equal(1, first.Average(v => v * v), 4);
    }

    [Fact]
    public void A_matrix_of_packed_graphs_is_that_of_all_its_blocks()
    {
        // Batches of all sizes, each in the memory of the one before.
        DataSet data = DrawnGraphs.Any(30, 12, 9, 3, 4);
        using BatchReader reader = data.Read(new BatchOptions(8) { Shuffle = true, Seed = 3 });
        for (int epoch = 0; epoch < 3; epoch++)
        {
            reader.Start(epoch);
            while (reader.Next(out Batch? batch))
            {
                var alone = GraphBatch.Pack(batch.Graphs!.Graphs.ToArray());
                Assert.Equal(alone.Rows, batch.Graphs.Rows);
                Assert.Equal(alone.NodeCounts.ToArray(), batch.Graphs.NodeCounts.ToArray());
                var network = new Molecules(2);
                float[] x = alone.Pad(Drawn.Values(alone.NodeCounts.ToArray().Sum() * 9, 2));
                float loss = network.Gradients(alone, x, alone.NodeCounts, batch.Targets[0].Classes.Span, N: alone.Rows);
                float[] gradients = Gradients(network);
                Assert.Equal(loss, network.Gradients(batch.Graphs, x, alone.NodeCounts, batch.Targets[0].Classes.Span, N: alone.Rows));
                Assert.Equal(gradients, Gradients(network));
            }
        }
    }

    [Fact]
    public void What_does_not_fit_is_named_before_anything_is_computed()
    {
        NodeGraph[] graphs = [NodeGraph.FromEdges(2, [(0, 1)]), NodeGraph.FromEdges(3, [(0, 1)])];
        Assert.Equal("9 values do not make rows of the 5 nodes of 2 graphs (Parameter 'nodes')", Refused(() => DataSet.FromGraphs(graphs, new float[9], [0, 1])));
        Assert.StartsWith("there are 2 graphs, but target 0 has 3 samples", Refused(() => DataSet.FromGraphs(graphs, new float[10], [0, 1, 2])), StringComparison.Ordinal);
        Assert.StartsWith("graph 0 has 2 nodes, but target 0 has 3 rows for it", Refused(() => DataSet.FromGraphs(graphs, new float[10], Column.OfRows(new int[5], [3, 2]))), StringComparison.Ordinal);
        Assert.StartsWith("there are 4 classes, but 5 rows", Refused(() => Column.OfRows(new int[4], [3, 2])), StringComparison.Ordinal);
        Assert.StartsWith("sample 1 has 0 rows; each has at least one", Refused(() => Column.OfRows(new float[3], [3, 0])), StringComparison.Ordinal);
        Assert.StartsWith("row 2 has class 5, expected one from 0 to 1", Refused(() => Column.OfRows([0, 1, 5], [3], ["no", "yes"])), StringComparison.Ordinal);
        Assert.StartsWith("sample 0 has 3 rows, but there is room for 2", Refused(() => Column.OfRows(new float[5], [3, 2]).Padded(2)), StringComparison.Ordinal);
        Assert.Contains("edge 0 goes from node 0 to node 7, but the nodes are 0 to 2", Refused(() => NodeGraph.FromEdges(3, [(0, 7)])), StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => NodeGraph.FromEdges(0, []));
        Assert.Throws<ArgumentException>(() => DataSet.FromGraphs([], [], new int[0]));

        Assert.Equal(
            "graph 1 of the training data has 13 nodes, but Molecules takes at most 12",
            Fitted(new Molecules(), DataSet.FromGraphs([Drawn.Graph(12, 1), Drawn.Graph(13, 1)], new float[25 * 9], [0, 1])));
        Assert.Contains("input 0 of a sample has the shape [12, 8], 96 values, expected [12, 9]", Fitted(new Molecules(), DataSet.FromGraphs([Drawn.Graph(12, 1)], new float[12 * 8], [0])), StringComparison.Ordinal);
        Assert.StartsWith("each sample of Molecules is a graph, but the training data have none", Fitted(new Molecules(), DataSet.FromArrays(new float[108], [12, 9], [1])), StringComparison.Ordinal);
        Assert.Equal("the samples of the training data are graphs, those of Perceptron are not", Fitted(new DensePerceptron(), DataSet.FromGraphs(graphs, new float[10], [0, 1])).Replace("DensePerceptron", "Perceptron", StringComparison.Ordinal));
        Assert.StartsWith("sample 1 of the training data has the label 3", Fitted(new Molecules(), DataSet.FromGraphs([Drawn.Graph(12, 1), Drawn.Graph(3, 1)], new float[15 * 9], [0, 3])), StringComparison.Ordinal);
        var rows = Column.OfRows(new float[5 * 9], [2, 3], 9);
        Assert.Equal(
            "sample 1 of the training data has 3 rows for 'input', but 'nodes' says 2",
            Fitted(new Molecules(), new DataSet([rows, Column.OfValues([2, 2], 1)], [Column.OfClasses([0, 1])], [.. graphs])));

        static string Refused(Action call) => Assert.Throws<ArgumentException>(call).Message;

        static string Fitted<T>(T network, DataSet data)
            where T : class, ITrainable<T>
        {
            float[] before = network.Parameters[0].Values.ToArray();
            string message = Refused(() => Trainer.Fit(network, data, new FitOptions { Console = null }));
            Assert.Equal(before, network.Parameters[0].Values.ToArray());
            return message;
        }
    }

    [Fact]
    public void Sequences_of_rows_are_those_that_are_padded_by_hand()
    {
        int[] lengths = [.. Enumerable.Range(0, 30).Select(i => 1 + (i * 7 % 17))];
        float[] rows = Drawn.Values(lengths.Sum() * 3, 1), targets = Drawn.Values(lengths.Sum() * 2, 2);
        float[] wide = Enumerable.Repeat(float.NaN, 30 * 60).ToArray(), wideTargets = Enumerable.Repeat(float.NaN, 30 * 40).ToArray();
        for (int s = 0, at = 0; s < 30; at += lengths[s++])
        {
            rows.AsSpan(at * 3, lengths[s] * 3).CopyTo(wide.AsSpan(s * 60));
            targets.AsSpan(at * 2, lengths[s] * 2).CopyTo(wideTargets.AsSpan(s * 40));
        }

        var column = Column.OfRows(rows, lengths, 3);
        DataSet[] data =
        [
            new([column, column.RowCounts], [Column.OfRows(targets, lengths, 2)]),
            new([Column.OfValues(wide, 20, 3), Column.OfValues([.. lengths.Select(l => (float)l)], 1)], [Column.OfValues(wideTargets, 20, 2)]),
        ];
        Follow[] networks = [new(1), new(1)];
        FitResult[] results = [.. networks.Zip(data, (n, d) => Trainer.Fit(n, d, new FitOptions { Epochs = 3, BatchSize = 7, ValidationFraction = 0.3, Console = null }))];
        Assert.All(networks[0].Parameters.Zip(networks[1].Parameters), p => Assert.Equal(p.First.Values.ToArray(), p.Second.Values.ToArray()));
        Assert.Equal(results[0]["validation loss"], results[1]["validation loss"]);
        Assert.True(double.IsFinite(results[0]["validation loss"]));
    }

    private static float[] Gradients(Molecules network) => [.. network.Parameters.SelectMany(p => network.Training.Gradients.Of(p).ToArray())];

    private static Column Rows(DataSet data, int width = 9) => Column.OfRows(
        [.. Enumerable.Range(0, data.Count).SelectMany(i => data.Input(i).ToArray())], [.. Enumerable.Range(0, data.Count).Select(i => data.Graph(i).Nodes)], width);
}
