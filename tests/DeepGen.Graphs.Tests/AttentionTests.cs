namespace DeepGen.Graphs.Tests;

public class AttentionTests
{
    [Theory]
    [InlineData(3, false)]
    [InlineData(64, true)]
    [InlineData(301, false)]
    public void Predictions_are_those_of_plain_loops(int nodes, bool directed)
    {
        NodeGraph graph = Drawn.Graph(nodes, nodes, directed);
        var network = new Attentive(7);
        Scale(network.Parameters, 3);
        float[] x = Drawn.Values(nodes * 9, 1), y = new float[nodes * 5];
        network.Predict(graph, x, y);

        double[,] h = Dense.Of(x, 9);
        h = Layer(network.Parameters, "0", graph, h, 5, 0.2, concat: true).Map(Elu);
        h = Layer(network.Parameters, "2", graph, h, 2, 0.1, concat: true).Map(Elu);
        h = Layer(network.Parameters, "4", graph, h, 2, 0.2, concat: false);
        Assert.InRange(Dense.Distance(h, y), 0, 1e-4);

        static double Elu(double v, int _) => v > 0 ? v : Math.Exp(v) - 1;
    }

    [Fact]
    public void Scores_far_apart_do_not_overflow()
    {
        NodeGraph graph = Drawn.Graph(40, 3);
        var network = new Attentive(7);
        Scale(network.Parameters, 40);
        float[] y = new float[40 * 5];
        network.Predict(graph, Drawn.Values(40 * 9, 1), y);
        Assert.All(y, v => Assert.True(float.IsFinite(v)));
    }

    [Fact]
    public void Gradients_are_those_of_differences()
    {
        // Scores bend at zero: steps are shorter.
        const double Fall = 1e-4;
        const int Nodes = 120;
        NodeGraph graph = Drawn.Graph(Nodes, 1, directed: true);
        float[] x = Drawn.Values(Nodes * 9, 2);
        var attentive = new Attentive(5);
        Scale(attentive.Parameters, 2);
        int[] some = Drawn.SomeClasses(Nodes, 5), all = Drawn.Classes(Nodes, 5);
        Slopes.Check(attentive, () => attentive.Gradients(graph, x, some), Fall);
        var deep = new DeepAttentive(5);
        Slopes.Check(deep, () => deep.Gradients(graph, x, all), Fall);
    }

    [Fact]
    public void Sparse_and_dense_features_are_learnt_from_alike()
    {
        const int Nodes = 150;
        NodeGraph graph = Drawn.Graph(Nodes, 4);
        float[] x = Drawn.Words(Nodes * 40, 2);
        var words = SparseMatrix.FromDense(40, x);
        int[] classes = Drawn.SomeClasses(Nodes, 5);
        AttentiveDense dense = new(3);
        AttentiveSparse sparse = new(3);
        Adam one = new(0.01), other = new(0.01);
        for (int step = 0; step < 10; step++)
            Assert.Equal(dense.Learn(graph, x, classes, one), sparse.Learn(graph, words, classes, other), 4);
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_bits_and_allocates_nothing()
    {
        const int Nodes = 3000;
        NodeGraph graph = Drawn.Graph(Nodes, 4);
        float[] x = Drawn.Values(Nodes * 9, 2);
        int[] classes = Drawn.SomeClasses(Nodes, 5);
        float[][] outputs = [new float[Nodes * 5], new float[Nodes * 5]];
        Attentive[] networks = [new(3), new(3) { Threads = 2 }];
        for (int n = 0; n < 2; n++)
        {
            var optimizer = new Adam(0.01);
            for (int step = 0; step < 4; step++)
                networks[n].Learn(graph, x, classes, optimizer);

            networks[n].Predict(graph, x, outputs[n]);
            if (n == 0)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                networks[n].Predict(graph, x, outputs[n]);
                networks[n].Gradients(graph, x, classes);
                Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
            }
        }

        Assert.Equal(outputs[0], outputs[1]);
    }

    private static double[,] Layer(ParameterSet parameters, string name, NodeGraph graph, double[,] x, int heads, double slope, bool concat)
    {
        double[,] h = x.Times(Dense.Of(parameters[name + ".lin.weight"].Values, x.GetLength(1)).Transposed());
        float[] source = parameters[name + ".att_src"].Values.ToArray(), own = parameters[name + ".att_dst"].Values.ToArray();
        float[] bias = parameters[name + ".bias"].Values.ToArray();
        (int nodes, int units) = (h.GetLength(0), h.GetLength(1) / heads);
        double[,] edges = Dense.Of(graph.Adjacency), y = new double[nodes, concat ? heads * units : units];
        for (int head = 0; head < heads; head++)
        {
            for (int i = 0; i < nodes; i++)
            {
                int[] around = [.. Enumerable.Range(0, nodes).Where(j => j == i || edges[i, j] != 0)];
                double[] weights = [.. around.Select(j => Math.Exp(Score(i, j, head)))];
                for (int n = 0; n < units; n++)
                {
                    double mean = around.Select((j, k) => weights[k] * h[j, (head * units) + n]).Sum() / weights.Sum();
                    y[i, concat ? (head * units) + n : n] += concat ? mean : mean / heads;
                }
            }
        }

        return y.Plus(bias);

        double Score(int i, int j, int head)
        {
            double z = Enumerable.Range(head * units, units).Sum(n => (source[n] * h[j, n]) + (own[n] * h[i, n]));
            return z > 0 ? z : slope * z;
        }
    }

    private static void Scale(ParameterSet parameters, float by)
    {
        foreach (var parameter in parameters)
            parameter.Write([.. parameter.Values.ToArray().Select(v => v * by)]);
    }
}
