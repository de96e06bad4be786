namespace DeepGen.Graphs.Tests;

public class PredictionTests
{
    [Theory]
    [InlineData(3, false)]
    [InlineData(64, true)]
    [InlineData(301, false)]
    public void Graph_convolutions_are_those_of_a_dense_matrix(int nodes, bool directed)
    {
        NodeGraph graph = Drawn.Graph(nodes, nodes, directed);
        var network = new Convolutions(7);
        float[] x = Drawn.Values(nodes * 9, 1);
        float[] y = new float[nodes * 5];
        network.Predict(graph, x, y);

        double[,] a = Dense.Of(graph.Matrix(NeighbourWeights.Symmetric));
        double[,] W(string name, int columns) => Dense.Of(network.Parameters[name].Values, columns);
        double[,] hidden = a.Times(Dense.Of(x, 9)).Times(W("0.weight", 16)).Plus(network.Parameters["0.bias"].Values).Map((v, _) => Math.Max(0, v));
        double[,] expected = a.Times(hidden).Times(W("2.weight", 5)).Plus(network.Parameters["2.bias"].Values);
        Assert.InRange(Dense.Distance(expected, y), 0, 1e-5);
    }

    [Fact]
    public void Means_of_neighbours_are_those_of_a_dense_matrix()
    {
        const int Nodes = 77;
        NodeGraph graph = Drawn.Graph(Nodes, 5, directed: true);
        var network = new Means(3);
        float[] x = Drawn.Values(Nodes * 9, 1);
        float[] y = new float[Nodes * 3];
        network.Predict(graph, x, y);

        double[,] mean = Dense.Of(graph.Matrix(NeighbourWeights.Mean));
        double[,] Layer(double[,] h, string name) => mean.Times(h).Times(Weight(name + ".lin_l.weight", h)).Plus(network.Parameters[name + ".lin_l.bias"].Values)
            .Plus(h.Times(Weight(name + ".lin_r.weight", h)));
        double[,] Weight(string name, double[,] h) => Dense.Of(network.Parameters[name].Values, h.GetLength(1)).Transposed();
        double[,] expected = Layer(Layer(Dense.Of(x, 9), "0").Map((v, _) => Math.Max(0, v)), "2");
        Assert.InRange(Dense.Distance(expected, y), 0, 1e-5);
    }

    [Fact]
    public void The_symmetric_matrix_is_that_of_the_formula()
    {
        // A path 0 - 1 - 2: degrees with self loops are 2, 3, 2.
        double[,] a = Dense.Of(NodeGraph.FromEdges(3, [(0, 1), (1, 2)]).Matrix(NeighbourWeights.Symmetric));
        double side = 1 / Math.Sqrt(6);
        double[,] expected = { { 0.5, side, 0 }, { side, 1 / 3.0, side }, { 0, side, 0.5 } };
        for (int i = 0; i < 9; i++)
            Assert.Equal(expected[i / 3, i % 3], a[i / 3, i % 3], 6);
    }

    [Fact]
    public void A_graph_can_be_swapped_between_calls()
    {
        const int Nodes = 50;
        var network = new Convolutions(1);
        float[] x = Drawn.Values(Nodes * 9, 1);
        float[][] alone = [new float[Nodes * 5], new float[Nodes * 5]], swapped = [new float[Nodes * 5], new float[Nodes * 5]];
        NodeGraph[] graphs = [Drawn.Graph(Nodes, 1), Drawn.Graph(Nodes, 2)];
        for (int g = 0; g < 2; g++)
            new Convolutions(1).Predict(graphs[g], x, alone[g]);

        for (int g = 0; g < 2; g++)
        {
            network.Graph = graphs[g];
            network.Predict(x, swapped[g]);
            Assert.Equal(alone[g], swapped[g]);
        }

        Assert.NotEqual(alone[0], alone[1]);

        // And one of another size.
        float[] other = new float[8 * 5];
        network.Predict(Drawn.Graph(8, 3), x.AsSpan(0, 8 * 9), other);
        Assert.All(other, v => Assert.True(float.IsFinite(v)));
    }

    [Fact]
    public void Sparse_and_dense_features_give_the_same_bits()
    {
        const int Nodes = 90;
        NodeGraph graph = Drawn.Graph(Nodes, 4);
        float[] x = Drawn.Words(Nodes * 40, 2);
        var words = SparseMatrix.FromDense(40, x);
        float[] dense = new float[Nodes * 5], sparse = new float[Nodes * 5];
        new DenseWords(3).Predict(graph, x, dense);
        new SparseWords(3).Predict(graph, words, sparse);
        Assert.Equal(dense, sparse);
        new DensePerceptron(3).Predict(x, dense);
        new SparsePerceptron(3).Predict(words, sparse);
        Assert.Equal(dense, sparse);
    }

    [Fact]
    public void Bounds_enclose_what_is_computed_within_the_box()
    {
        const int Nodes = 40;
        NodeGraph graph = Drawn.Graph(Nodes, 9);
        Check(new Convolutions(2).Certify, new Convolutions(2).Predict, 5);
        Check(new Means(2).Certify, new Means(2).Predict, 3);

        void Check(Certification certify, Prediction predict, int outputs)
        {
            float[] x = Drawn.Values(Nodes * 9, 6);
            float[] lower = new float[Nodes * outputs], upper = new float[Nodes * outputs], y = new float[Nodes * outputs];
            foreach (float epsilon in new[] { 0f, 1e-4f, 0.05f })
            {
                certify(graph, x, epsilon, lower, upper);
                var random = new Random(1);
                for (int trial = 0; trial < 30; trial++)
                {
                    float[] near = [.. x.Select(v => v + (epsilon * (trial % 2 == 0 ? (2 * random.Next(2)) - 1 : (2 * random.NextSingle()) - 1) * 0.9999f))];
                    predict(graph, near, y);
                    for (int i = 0; i < y.Length; i++)
                        Assert.InRange(y[i], lower[i], upper[i]);
                }

                // Bounds that say nothing would enclose everything.
                Assert.All(upper.Zip(lower), p => Assert.InRange(p.First - p.Second, 0, 1e-3 + (40 * epsilon)));
            }
        }
    }

    private delegate void Certification(NodeGraph graph, ReadOnlySpan<float> input, float epsilon, Span<float> lower, Span<float> upper);

    private delegate void Prediction(NodeGraph graph, ReadOnlySpan<float> input, Span<float> output);
}
