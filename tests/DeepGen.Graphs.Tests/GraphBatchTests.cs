namespace DeepGen.Graphs.Tests;

/// <summary>Samples that are graphs.</summary>
public class GraphBatchTests
{
    private static readonly int[] s_sizes = [5, 12, 1, 8, 3];

    [Fact]
    public void Predictions_are_those_of_dense_matrices_graph_by_graph()
    {
        (GraphBatch graphs, NodeGraph[] alone, float[] rows) = Batch(s_sizes, 9, directed: true);
        var network = new Molecules(7);
        float[] y = new float[s_sizes.Length * 3];
        network.Predict(graphs, graphs.Pad(rows), graphs.NodeCounts, y, N: graphs.Rows);

        var summed = new SummedMolecules(4);
        float[] sums = new float[s_sizes.Length * 2];
        summed.Predict(graphs, graphs.Pad(rows), graphs.NodeCounts, sums, N: graphs.Rows);

        for (int g = 0, at = 0; g < alone.Length; at += s_sizes[g++])
        {
            double[,] x = Dense.Of(rows.AsSpan(at * 9, s_sizes[g] * 9), 9);
            Assert.InRange(Dense.Distance(Forward(network, alone[g], x), y.AsSpan(g * 3, 3)), 0, 1e-5);
            Assert.InRange(Dense.Distance(Summed(summed, alone[g], x), sums.AsSpan(g * 2, 2)), 0, 1e-5);
        }
    }

    [Fact]
    public void A_graph_gives_the_same_bits_alone_and_among_others_whatever_stands_beyond_its_nodes()
    {
        (GraphBatch graphs, NodeGraph[] alone, float[] rows) = Batch(s_sizes, 9);
        float[] padded = graphs.Pad(rows);
        for (int i = 0; i < padded.Length; i++)
            padded[i] = i / 9 % graphs.Rows >= s_sizes[i / (9 * graphs.Rows)] ? float.NaN : padded[i];

        Check(new Molecules(7).Predict);
        Check(new AttentiveMolecules(7).Predict);

        void Check(Prediction predict)
        {
            float[] y = new float[s_sizes.Length * 3];
            predict(graphs, padded, graphs.NodeCounts, y, graphs.Rows);
            for (int g = 0, at = 0; g < alone.Length; at += s_sizes[g++])
            {
                var one = GraphBatch.Pack([alone[g]]);
                float[] own = new float[3];
                predict(one, rows.AsSpan(at * 9, s_sizes[g] * 9), one.NodeCounts, own, one.Rows);
                Assert.Equal(own, y[(g * 3)..((g * 3) + 3)]);
            }
        }
    }

    [Fact]
    public void Gradients_are_those_of_differences()
    {
        (GraphBatch graphs, _, float[] rows) = Batch([5, 12, 3, 8], 9, directed: true);
        float[] x = graphs.Pad(rows);
        int[] nodes = graphs.NodeCounts.ToArray(), classes = [0, 2, 1, 2];
        var molecules = new Molecules(5);
        Slopes.Check(molecules, () => molecules.Gradients(graphs, x, nodes, classes, N: graphs.Rows));
        var summed = new SummedMolecules(5);
        float[] targets = Drawn.Values(4 * 2, 3);
        Slopes.Check(summed, () => summed.Gradients(graphs, x, nodes, targets, N: graphs.Rows));

        var sensors = new Sensors(5);
        (GraphBatch same, _, float[] measured) = Batch([7, 7, 7], 3);
        Slopes.Check(sensors, () => sensors.Gradients(same, measured, Drawn.Values(3, 1), Drawn.Values(3 * 14, 2)));
    }

    [Fact]
    public void Gradients_through_a_stack_of_attention_are_those_of_differences_in_double_precision()
    {
        (GraphBatch graphs, NodeGraph[] alone, float[] rows) = Batch([5, 12, 3, 8], 9, directed: true);
        int[] classes = [0, 2, 1, 2];
        var network = new AttentiveMolecules(5);
        Attention.Scale(network.Parameters, 2);
        Dictionary<string, double[]> values = Attention.Values(network.Parameters);
        Assert.Equal(Loss(), network.Gradients(graphs, graphs.Pad(rows), graphs.NodeCounts, classes, N: graphs.Rows), 5);
        Slopes.CheckInDouble(network, values, Loss);

        double Loss()
        {
            double loss = 0;
            for (int g = 0, at = 0; g < alone.Length; at += alone[g++].Nodes)
            {
                double[,] h = Attention.Layer(values, "0", alone[g], Dense.Of(rows.AsSpan(at * 9, alone[g].Nodes * 9), 9), 3, 0.2, concat: true)
                    .Map((v, _) => v > 0 ? v : Math.Exp(v) - 1);
                for (int block = 0; block < 3; block++)
                    h = h.Plus(Attention.Layer(values, $"2.{block}.0", alone[g], h, 3, 0.2, concat: true).Map((v, _) => Math.Tanh(v)));

                double[,] largest = Row(h, v => v.Max());
                double[] weight = values["4.weight"], bias = values["4.bias"];
                double[] y = [.. bias.Select((b, c) => b + Enumerable.Range(0, 18).Sum(n => largest[0, n] * weight[(c * 18) + n]))];
                loss += (Math.Log(y.Sum(Math.Exp)) - y[classes[g]]) / alone.Length;
            }

            return loss;
        }
    }

    [Fact]
    public void A_step_over_many_graphs_is_the_mean_of_those_over_each()
    {
        (GraphBatch graphs, NodeGraph[] alone, float[] rows) = Batch(s_sizes, 9);
        int[] classes = [0, 2, 1, 2, 0];
        var network = new AttentiveMolecules(5);
        double mean = 0;
        var slopes = network.Parameters.ToDictionary(p => p.Name, p => new double[p.Values.Length]);
        for (int g = 0, at = 0; g < alone.Length; at += s_sizes[g++])
        {
            var one = GraphBatch.Pack([alone[g]]);
            mean += network.Gradients(one, rows.AsSpan(at * 9, s_sizes[g] * 9), one.NodeCounts, [classes[g]], N: one.Rows) / alone.Length;
            foreach (var parameter in network.Parameters)
            {
                float[] own = network.Training.Gradients.Of(parameter).ToArray();
                for (int i = 0; i < own.Length; i++)
                    slopes[parameter.Name][i] += own[i] / alone.Length;
            }
        }

        Assert.Equal(mean, network.Gradients(graphs, graphs.Pad(rows), graphs.NodeCounts, classes, N: graphs.Rows), 5);
        foreach (var parameter in network.Parameters)
            Assert.All(network.Training.Gradients.Of(parameter).ToArray().Zip(slopes[parameter.Name]), p => Assert.Equal(p.Second, p.First, 5));
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_bits_and_nothing_is_allocated()
    {
        int[] sizes = [.. Enumerable.Range(0, 300).Select(i => 1 + (i * 7 % 40))];
        (GraphBatch graphs, _, float[] rows) = Batch(sizes, 9);
        float[] x = graphs.Pad(rows);
        int[] nodes = graphs.NodeCounts.ToArray(), classes = Drawn.Classes(sizes.Length, 3);
        float[][] outputs = [new float[sizes.Length * 3], new float[sizes.Length * 3]];
        AttentiveMolecules[] networks = [new(3), new(3) { Threads = 2 }];
        for (int n = 0; n < 2; n++)
        {
            var optimizer = new Adam(0.01);
            for (int step = 0; step < 3; step++)
                networks[n].Learn(graphs, x, nodes, classes, optimizer, N: graphs.Rows);

            networks[n].Predict(graphs, x, nodes, outputs[n], N: graphs.Rows);
            if (n == 0)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                networks[n].Learn(graphs, x, nodes, classes, optimizer, N: graphs.Rows);
                Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
                networks[n].Predict(graphs, x, nodes, outputs[n], N: graphs.Rows);
                before = GC.GetAllocatedBytesForCurrentThread();
                networks[n].Predict(graphs, x, nodes, outputs[n], N: graphs.Rows);
                Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
            }
            else
            {
                networks[n].Learn(graphs, x, nodes, classes, optimizer, N: graphs.Rows);
                networks[n].Predict(graphs, x, nodes, outputs[n], N: graphs.Rows);
            }
        }

        Assert.Equal(outputs[0], outputs[1]);
    }

    [Fact]
    public void Bounds_enclose_what_is_computed_within_the_box()
    {
        (GraphBatch graphs, _, float[] rows) = Batch(s_sizes, 9);
        float[] x = graphs.Pad(rows);
        var network = new Molecules(2);
        foreach (float epsilon in new[] { 0f, 1e-3f, 0.05f })
        {
            float[] lower = new float[s_sizes.Length * 3], upper = new float[lower.Length], y = new float[lower.Length];
            network.Certify(graphs, x, graphs.NodeCounts, epsilon, lower, upper, N: graphs.Rows);
            var random = new Random(1);
            for (int trial = 0; trial < 50; trial++)
            {
                float[] near = [.. x.Select(v => v + (epsilon * (trial % 2 == 0 ? (2 * random.Next(2)) - 1 : (2 * random.NextSingle()) - 1) * 0.9999f))];
                network.Predict(graphs, near, graphs.NodeCounts, y, N: graphs.Rows);
                for (int i = 0; i < y.Length; i++)
                    Assert.InRange(y[i], lower[i], upper[i]);
            }

            // Bounds that say nothing would enclose everything.
            Assert.All(upper.Zip(lower), p => Assert.InRange(p.First - p.Second, 0, 1e-3 + (20 * epsilon)));
        }
    }

    [Fact]
    public void Graphs_are_told_apart_before_anything_is_computed()
    {
        (GraphBatch graphs, _, float[] rows) = Batch(s_sizes, 9);
        var network = new Molecules();
        float[] x = graphs.Pad(rows), y = new float[15];
        int[] nodes = graphs.NodeCounts.ToArray();
        Assert.StartsWith("there are 5 graphs, but 4 samples", Refused(() => network.Predict(graphs, x.AsSpan(0, 4 * 12 * 9), nodes.AsSpan(0, 4), y.AsSpan(0, 12))), StringComparison.Ordinal);
        Assert.StartsWith("the graphs are packed with 12 rows each, but a sample has 10", Refused(() => network.Predict(graphs, new float[5 * 10 * 9], [5, 10, 1, 8, 3], y, N: 10)), StringComparison.Ordinal);
        nodes[3] = 7;
        Assert.StartsWith("graph 3 has 8 nodes, but the sample has 7", Refused(() => network.Predict(graphs, x, nodes, y)), StringComparison.Ordinal);
        Assert.StartsWith("graph 1 has 6 nodes, but the sample has 7", Refused(() => new Sensors().Predict(Batch([7, 6], 3, rows: 7).Graphs, new float[42], new float[2], new float[28])), StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => network.Predict([x, new float[5]], [y]));

        Assert.Equal("graph 1 has 12 nodes, but each graph gets 10 rows (Parameter 'graphs')", Refused(() => Batch(s_sizes, 9, rows: 10)));
        Assert.Equal("graph 1 has no nodes: node 2 is of graph 2", Refused(() => GraphBatch.FromEdges([0, 0, 2], [], [])));
        Assert.Equal("node 0 is of graph -1, but graphs are numbered from 0", Refused(() => GraphBatch.FromEdges([-1], [], [])));
        Assert.Equal("node 2 is of graph 0, but the one before it of graph 1; the nodes of a graph follow one another", Refused(() => GraphBatch.FromEdges([0, 1, 0], [], [])));
        Assert.Equal("edge 1 goes from node 1 to node 3, but the nodes are 0 to 2", Refused(() => GraphBatch.FromEdges([0, 0, 1], [0, 1], [1, 3])));
        Assert.Equal("edge 0 goes from node 1 of graph 0 to node 2 of graph 1", Refused(() => GraphBatch.FromEdges([0, 0, 1], [1], [2])));
        Assert.Throws<ArgumentException>(() => GraphBatch.Pack([]));
        Assert.Throws<ArgumentException>(() => GraphBatch.FromEdges([], [], []));
        Assert.Throws<ArgumentException>(() => graphs.Pad(new float[5]));

        static string Refused(Action call) => Assert.Throws<ArgumentException>(call).Message;
    }

    [Fact]
    public void Edges_over_all_nodes_are_those_of_the_graphs()
    {
        // 0 - 1, and 0 - 1 - 2 as nodes 2, 3 and 4.
        var packed = GraphBatch.FromEdges([0, 0, 1, 1, 1], [0, 2, 3], [1, 3, 4]);
        var alone = GraphBatch.Pack([NodeGraph.FromEdges(2, [(0, 1)]), NodeGraph.FromEdges(3, [(0, 1), (1, 2)])]);
        var network = new Molecules(3);
        float[] x = packed.Pad(Drawn.Values(5 * 9, 1));
        float[][] y = [new float[6], new float[6]];
        network.Predict(packed, x, packed.NodeCounts, y[0], N: 3);
        network.Predict(alone, x, alone.NodeCounts, y[1], N: 3);
        Assert.Equal(y[0], y[1]);
        Assert.Equal([2, 3], packed.NodeCounts.ToArray());
    }

    private delegate void Prediction(GraphBatch graphs, ReadOnlySpan<float> x, ReadOnlySpan<int> nodes, Span<float> y, int rows);

    private static (GraphBatch Graphs, NodeGraph[] Alone, float[] Rows) Batch(int[] sizes, int width, bool directed = false, int rows = 0)
    {
        NodeGraph[] alone = [.. sizes.Select((n, g) => n == 1 ? NodeGraph.FromEdges(1, []) : Drawn.Graph(n, g + 1, directed))];
        return (GraphBatch.Pack(alone, rows), alone, Drawn.Values(sizes.Sum() * width, 2));
    }

    private static double[,] Forward(Molecules network, NodeGraph graph, double[,] x)
    {
        double[,] a = Dense.Of(graph.Matrix(NeighbourWeights.Symmetric));
        double[,] W(string name, int columns) => Dense.Of(network.Parameters[name].Values, columns);
        double[,] h = a.Times(x).Times(W("0.weight", 5)).Plus(network.Parameters["0.bias"].Values).Map((v, _) => Math.Max(0, v));
        h = a.Times(h).Times(W("2.weight", 20)).Plus(network.Parameters["2.bias"].Values).Map((v, _) => Math.Tanh(v));
        double[,] mean = Row(h, v => v.Average()).Times(W("5.weight", 20).Transposed()).Plus(network.Parameters["5.bias"].Values).Map((v, _) => Math.Max(0, v));
        return mean.Times(W("7.weight", 7).Transposed()).Plus(network.Parameters["7.bias"].Values);
    }

    private static double[,] Summed(SummedMolecules network, NodeGraph graph, double[,] x)
    {
        double[,] mean = Dense.Of(graph.Matrix(NeighbourWeights.Mean));
        double[,] W(string name, int columns) => Dense.Of(network.Parameters[name].Values, columns).Transposed();
        double[,] h = mean.Times(x).Times(W("0.lin_l.weight", 9)).Plus(network.Parameters["0.lin_l.bias"].Values).Plus(x.Times(W("0.lin_r.weight", 9))).Map((v, _) => Math.Max(0, v));
        return Row(h, v => v.Sum()).Times(W("3.weight", 18)).Plus(network.Parameters["3.bias"].Values);
    }

    private static double[,] Row(double[,] h, Func<IEnumerable<double>, double> of)
    {
        double[,] y = new double[1, h.GetLength(1)];
        for (int n = 0; n < y.Length; n++)
            y[0, n] = of(Enumerable.Range(0, h.GetLength(0)).Select(i => h[i, n]));

        return y;
    }
}
