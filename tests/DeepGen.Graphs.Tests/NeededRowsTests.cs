namespace DeepGen.Graphs.Tests;

/// <summary>Without the rows that no loss needs a step is the same step.</summary>
public class NeededRowsTests
{
    private const int Nodes = 400;

    [Fact]
    public void Losses_gradients_and_weights_are_those_of_the_whole_computation()
    {
        NodeGraph graph = Sparse(1, directed: true);
        float[] x = Drawn.Values(Nodes * 9, 2);
        var words = SparseMatrix.FromDense(40, Drawn.Words(Nodes * 40, 2));
        int[] classes = Few(5);
        float[] values = [.. Drawn.Values(Nodes * 3, 3).Select((v, i) => i / 3 % 20 == 7 ? v : float.NaN)];
        Same(new SparseWords(3), new NeededWords(3), n => n.Gradients(graph, words, classes), n => n.Gradients(graph, words, classes));
        Same(new AttentiveSparse(3), new NeededAttention(3), n => n.Gradients(graph, words, classes), n => n.Gradients(graph, words, classes));
        Same(new Means(3), new NeededMeans(3), n => n.Gradients(graph, x, values), n => n.Gradients(graph, x, values));
        Same(new MixedWhole(3), new MixedNeeded(3), n => n.Gradients(graph, x, classes), n => n.Gradients(graph, x, classes));
        float[] far = [.. Drawn.Values(Nodes * 2, 3).Select((v, i) => i / 2 == 11 ? v : float.NaN)];
        Same(new TwoWhole(3), new TwoNeeded(3), n => n.Gradients(graph, x, [.. classes.Select(c => Math.Min(c, 3))], far), n => n.Gradients(graph, x, [.. classes.Select(c => Math.Min(c, 3))], far));
    }

    [Fact]
    public void Most_rows_of_this_graph_are_not_needed()
    {
        // The test above would say nothing of a graph in which all are.
        NodeGraph graph = Sparse(1, directed: true);
        int[] classes = Few(5), reached = [.. classes.Select((c, i) => c >= 0 ? i : -1).Where(i => i >= 0)];
        for (int hop = 0; hop < 2; hop++)
            reached = [.. reached.SelectMany(i => graph.Adjacency.ColumnIndices[graph.Adjacency.RowStarts[i]..graph.Adjacency.RowStarts[i + 1]].ToArray().Append(i)).Distinct()];

        Assert.InRange(reached.Length, 30, Nodes / 2);
    }

    [Fact]
    public void What_is_given_for_nodes_too_far_away_changes_nothing()
    {
        // A path: three steps from the only target are out of reach of two layers, whatever stands there.
        var path = NodeGraph.FromEdges(Nodes, Enumerable.Range(0, Nodes - 1).Select(i => (i, i + 1)));
        int[] classes = [.. Enumerable.Range(0, Nodes).Select(i => i == 50 ? 2 : -1)];
        float[] dense = Drawn.Words(Nodes * 40, 2);
        float[] other = [.. dense.Select((v, i) => Math.Abs((i / 40) - 50) > 2 ? float.NaN : v)];
        NeededWords one = new(3), two = new(3);
        Assert.Equal(one.Gradients(path, SparseMatrix.FromDense(40, dense), classes), two.Gradients(path, SparseMatrix.FromDense(40, other), classes));
        Assert.All(one.Parameters.Zip(two.Parameters), p => Assert.Equal(one.Training.Gradients.Of(p.First).ToArray(), two.Training.Gradients.Of(p.Second).ToArray()));
    }

    [Fact]
    public void Targets_graphs_and_features_can_be_swapped_between_steps()
    {
        SparseWords whole = new(3);
        NeededWords needed = new(3);
        Adam one = new(0.01), other = new(0.01);
        for (int step = 0; step < 12; step++)
        {
            NodeGraph graph = Sparse(step / 2 % 2, directed: false);
            var words = SparseMatrix.FromDense(40, Drawn.Words(Nodes * 40, step % 3));
            int[] classes = Few(2 + (step % 4));
            Assert.Equal(whole.Learn(graph, words, classes, one), needed.Learn(graph, words, classes, other));
        }

        Assert.All(whole.Parameters.Zip(needed.Parameters), p => Assert.Equal(p.First.Values.ToArray(), p.Second.Values.ToArray()));
    }

    [Fact]
    public void A_step_allocates_nothing_as_long_as_targets_stay_and_threads_change_no_bit()
    {
        NodeGraph graph = Sparse(1, directed: false);
        var words = SparseMatrix.FromDense(40, Drawn.Words(Nodes * 40, 2));
        int[] classes = Few(5);
        NeededWords[] networks = [new(3), new(3) { Threads = 2 }];
        foreach (NeededWords network in networks)
        {
            var optimizer = new Adam(0.01);
            for (int step = 0; step < 3; step++)
                network.Learn(graph, words, classes, optimizer);

            long before = GC.GetAllocatedBytesForCurrentThread();
            network.Learn(graph, words, classes, optimizer);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.All(networks[0].Parameters.Zip(networks[1].Parameters), p => Assert.Equal(p.First.Values.ToArray(), p.Second.Values.ToArray()));
    }

    [Fact]
    public void Generic_code_trains_without_them_too()
    {
        NodeGraph graph = Sparse(1, directed: false);
        float[] x = Drawn.Values(Nodes * 9, 2), values = [.. Drawn.Values(Nodes * 3, 3).Select((v, i) => i / 3 % 20 == 7 ? v : float.NaN)];
        var batch = new Batch(Nodes, [x], [new Target(values)]);
        Means whole = new(3) { Graph = graph };
        NeededMeans needed = new(3) { Graph = graph };
        Assert.Equal(whole.Gradients(batch), needed.Gradients(batch));
        Assert.Throws<ArgumentException>(() => new NeededMeans().Gradients(Drawn.Graph(5, 1), x, values));
    }

    /// <summary>About one edge a node, so that little is reached.</summary>
    private static NodeGraph Sparse(int seed, bool directed)
    {
        var random = new Random(seed);
        return NodeGraph.FromEdges(Nodes, Enumerable.Range(0, Nodes).Select(_ => (random.Next(Nodes), random.Next(Nodes))), directed);
    }

    private static int[] Few(int classes) => [.. Enumerable.Range(0, Nodes).Select(i => i % 20 == 3 ? i / 20 % classes : -1)];

    private static void Same<TWhole, TNeeded>(TWhole whole, TNeeded needed, Func<TWhole, float> gradientsOfWhole, Func<TNeeded, float> gradients)
        where TWhole : ITrainable
        where TNeeded : ITrainable
    {
        Adam one = new(0.01), other = new(0.01);
        for (int step = 0; step < 4; step++)
        {
            Assert.Equal(gradientsOfWhole(whole), gradients(needed));
            for (int i = 0; i < whole.Parameters.Count; i++)
                Assert.Equal(whole.Training.Gradients.Of(whole.Parameters[i]).ToArray(), needed.Training.Gradients.Of(needed.Parameters[i]).ToArray());

            whole.Training.Step(one);
            needed.Training.Step(other);
        }

        Assert.All(whole.Parameters.Zip(needed.Parameters), p => Assert.Equal(p.First.Values.ToArray(), p.Second.Values.ToArray()));
    }
}
