namespace DeepGen.Graphs.Tests;

/// <summary>Bounds of attention over neighbours.</summary>
public class AttentionBoundsTests
{
    private static readonly float[] s_epsilons = [0, 1e-6f, 1e-3f, 0.05f, 0.5f];

    [Theory]
    [InlineData(1, 1, false)]
    [InlineData(3, 3, false)]
    [InlineData(24, 1, true)]
    [InlineData(24, 6, true)]
    public void No_input_in_a_box_leaves_the_bounds_of_heads_in_several_layers(int nodes, int scale, bool directed)
    {
        NodeGraph graph = Drawn.Graph(Math.Max(2, nodes), nodes, directed);
        var network = new Attentive(2);
        Attention.Scale(network.Parameters, scale);
        Dictionary<string, double[]> values = Attention.Values(network.Parameters);
        float[] x = Drawn.Values(graph.Nodes * 9, 6);
        foreach (float epsilon in s_epsilons)
        {
            Box box = Around(network, graph, x, epsilon);
            box.Search(30, 4);
            box.Holds(AttentionTests.Forward(values, graph, x));
        }
    }

    [Fact]
    public void No_input_in_a_box_leaves_the_bounds_of_a_stack()
    {
        NodeGraph graph = Drawn.Graph(20, 4);
        var network = new DeepAttentive(3);
        float[] x = Drawn.Values(20 * 9, 6);
        foreach (float epsilon in s_epsilons)
        {
            var box = new Box(x, epsilon, 20 * 5, (l, u, least, most) => network.Certify(graph, l, u, least, most), (v, y) => network.Predict(graph, v, y));
            box.Search(30, 2);
        }
    }

    [Fact]
    public void No_input_in_a_box_leaves_the_bounds_of_graphs_that_are_samples()
    {
        int[] sizes = [5, 12, 1, 8, 3];
        var graphs = GraphBatch.Pack([.. sizes.Select((n, g) => n == 1 ? NodeGraph.FromEdges(1, []) : Drawn.Graph(n, g + 1, directed: true))]);
        float[] x = graphs.Pad(Drawn.Values(sizes.Sum() * 9, 2));
        var network = new AttentiveMolecules(2);
        foreach (float epsilon in s_epsilons)
        {
            var box = new Box(
                x,
                epsilon,
                sizes.Length * 3,
                (l, u, least, most) => network.Certify(graphs, l, u, graphs.NodeCounts, least, most, N: graphs.Rows),
                (v, y) => network.Predict(graphs, v, graphs.NodeCounts, y, N: graphs.Rows));
            box.Search(30, 2);
        }
    }

    [Fact]
    public void Bounds_shrink_to_the_value_as_the_box_does()
    {
        NodeGraph graph = Drawn.Graph(40, 9);
        float[] x = Drawn.Values(40 * 9, 6);
        double Width(float epsilon) => Around(new Attentive(2), graph, x, epsilon).Width;
        Assert.InRange(Width(0), 0, 1e-3);
        Assert.InRange(Width(1e-3f), Width(1e-4f), 15 * Width(1e-4f));
        Assert.InRange(Width(1e-3f), 0, 0.2);
    }

    [Fact]
    public void Bounds_of_a_large_box_are_no_wider_than_the_neighbours_are_apart()
    {
        // Weights alone would let them grow as the exponential of the box.
        NodeGraph graph = Drawn.Graph(40, 9);
        var network = new Attentive(2);
        Attention.Scale(network.Parameters, 2);
        float[] x = Drawn.Values(40 * 9, 6);
        double Width(float epsilon) => Around(network, graph, x, epsilon).Width;
        Assert.InRange(Width(4), Width(2), 3 * Width(2));
    }

    [Fact]
    public void A_node_with_very_many_neighbours_has_bounds_that_hold()
    {
        // 3000 terms round more often than the few of other nodes.
        const int Nodes = 3000;
        NodeGraph graph = NodeGraph.FromEdges(Nodes, Enumerable.Range(1, Nodes - 1).Select(i => (0, i)));
        Box box = Around(new Attentive(2), graph, Drawn.Values(Nodes * 9, 6), 0);
        box.Search(0, 0);
        Assert.InRange(box.Width, 0, 0.2);
    }

    private static Box Around(Attentive network, NodeGraph graph, float[] x, float epsilon) => new(
        x,
        epsilon,
        graph.Nodes * 5,
        (l, u, least, most) => network.Certify(graph, l, u, least, most),
        (v, y) => network.Predict(graph, v, y));
}
