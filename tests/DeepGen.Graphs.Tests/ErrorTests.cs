namespace DeepGen.Graphs.Tests;

public class ErrorTests
{
    [Fact]
    public void An_edge_out_of_range_is_named_with_the_limit()
    {
        var error = Assert.Throws<ArgumentException>(() => NodeGraph.FromEdges(5, [(0, 1), (2, 5)]));
        Assert.Equal("edge 1 goes from node 2 to node 5, but the nodes are 0 to 4", error.Message);
        Assert.Throws<ArgumentException>(() => NodeGraph.FromEdges(5, [(-1, 1)]));
        Assert.Throws<ArgumentException>(() => NodeGraph.FromEdges(5, [0], [1, 2]));
        Assert.Throws<ArgumentException>(() => NodeGraph.FromEdges(5, [0], [1], [float.NaN]));
        Assert.Throws<ArgumentOutOfRangeException>(() => NodeGraph.FromEdges(0, []));
    }

    [Fact]
    public void An_entry_out_of_range_is_named_with_the_limit()
    {
        var error = Assert.Throws<ArgumentException>(() => SparseMatrix.FromEntries(3, 4, [0, 2], [1, 4]));
        Assert.Equal("entry 1 is in row 2 and column 4, but rows are 0 to 2 and columns 0 to 3", error.Message);
        Assert.Throws<ArgumentException>(() => SparseMatrix.FromRows(4, [0, 2, 1], [0, 1]));
        Assert.Throws<ArgumentException>(() => SparseMatrix.FromRows(4, [0, 1, 3], [0, 1]));
        Assert.Throws<ArgumentException>(() => SparseMatrix.FromRows(4, [0, 1, 2], [0, 4]));
        Assert.Throws<ArgumentException>(() => NodeGraph.FromMatrix(SparseMatrix.FromRows(4, [0, 1], [0])));
    }

    [Fact]
    public void A_graph_of_another_size_is_refused_before_anything_is_computed()
    {
        var network = new Convolutions();
        float[] y = new float[4 * 5];
        y[0] = 3;
        var error = Assert.Throws<ArgumentException>(() => network.Predict(Drawn.Graph(5, 1), new float[4 * 9], y));
        Assert.StartsWith("the graph has 5 nodes, but there are 4 samples", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, y[0]);
        Assert.Throws<InvalidOperationException>(() => network.Predict(new float[4 * 9], y));
        Assert.Throws<ArgumentException>(() => network.Gradients(Drawn.Graph(5, 1), new float[4 * 9], new int[4]));
    }

    [Fact]
    public void Features_of_another_width_or_number_are_refused()
    {
        var network = new SparseWords { Graph = Drawn.Graph(4, 1) };
        Assert.Throws<ArgumentException>(() => network.Predict(SparseMatrix.FromDense(39, new float[4 * 39]), new float[4 * 5]));
        Assert.Throws<ArgumentException>(() => network.Predict(SparseMatrix.FromDense(40, new float[3 * 40]), new float[3 * 5]));
    }

    [Fact]
    public void A_class_below_minus_one_or_beyond_the_last_is_named()
    {
        var network = new Convolutions { Graph = Drawn.Graph(4, 1) };
        var error = Assert.Throws<ArgumentException>(() => network.Gradients(new float[4 * 9], [0, -1, -2, 0]));
        Assert.Contains("sample 2 is of class -2, but the classes are -1 to 4", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => network.Gradients(new float[4 * 9], [0, 5, 0, 0]));
    }

    [Fact]
    public void Entries_in_one_place_add_up_and_edges_given_twice_are_one()
    {
        var matrix = SparseMatrix.FromEntries(2, 3, [1, 0, 1], [2, 1, 2], [1, 5, 2]);
        Assert.Equal([0, 1, 2], matrix.RowStarts.ToArray());
        Assert.Equal([1, 2], matrix.ColumnIndices.ToArray());
        Assert.Equal([5f, 3f], matrix.Values.ToArray());
        Assert.Equal(2, NodeGraph.FromEdges(3, [(0, 1), (1, 0), (0, 1)]).Edges);
        Assert.Equal(1, NodeGraph.FromEdges(3, [(0, 1), (0, 1)], directed: true).Edges);
    }
}
