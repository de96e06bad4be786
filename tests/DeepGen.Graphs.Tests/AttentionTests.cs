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

        Assert.InRange(Dense.Distance(Forward(Values(network.Parameters), graph, x), y), 0, 1e-4);
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
    public void Gradients_are_those_of_differences_in_double_precision()
    {
        const int Nodes = 60;
        const double Step = 1e-6;
        NodeGraph graph = Drawn.Graph(Nodes, 1, directed: true);
        float[] x = Drawn.Values(Nodes * 9, 2);
        int[] classes = Drawn.SomeClasses(Nodes, 5);
        var network = new Attentive(5);
        Scale(network.Parameters, 2);
        Dictionary<string, double[]> values = Values(network.Parameters);
        Assert.Equal(Loss(), network.Gradients(graph, x, classes), 5);
        foreach (var parameter in network.Parameters)
        {
            float[] slope = network.Training.Gradients.Of(parameter).ToArray();
            double[] own = values[parameter.Name];
            double greatest = slope.Max(Math.Abs);
            Assert.True(greatest > 1e-4, parameter.Name);
            for (int i = 0; i < own.Length; i += 1 + (own.Length / 12))
            {
                double kept = own[i];
                own[i] = kept + Step;
                double up = Loss();
                own[i] = kept - Step;
                double down = Loss();
                own[i] = kept;
                Assert.InRange(((up - down) / (2 * Step)) - slope[i], -1e-3 * greatest, 1e-3 * greatest);
            }
        }

        double Loss()
        {
            double[,] y = Forward(values, graph, x);
            return Enumerable.Range(0, Nodes).Where(i => classes[i] >= 0)
                .Average(i => Math.Log(Enumerable.Range(0, 5).Sum(c => Math.Exp(y[i, c]))) - y[i, classes[i]]);
        }
    }

    [Fact]
    public void A_stack_of_attentive_blocks_learns()
    {
        const int Nodes = 120;
        NodeGraph graph = Drawn.Graph(Nodes, 1, directed: true);
        float[] x = Drawn.Values(Nodes * 9, 2);
        int[] classes = Drawn.Classes(Nodes, 5);
        var deep = new DeepAttentive(5);
        var optimizer = new Adam(0.01);
        float first = deep.Learn(graph, x, classes, optimizer), last = first;
        for (int step = 0; step < 40; step++)
            last = deep.Learn(graph, x, classes, optimizer);

        Assert.InRange(last, 0, 0.9 * first);
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

    private static double[,] Forward(Dictionary<string, double[]> values, NodeGraph graph, float[] x)
    {
        double[,] h = Layer(values, "0", graph, Dense.Of(x, 9), 5, 0.2, concat: true).Map(Elu);
        h = Layer(values, "2", graph, h, 2, 0.1, concat: true).Map(Elu);
        return Layer(values, "4", graph, h, 2, 0.2, concat: false);

        static double Elu(double v, int _) => v > 0 ? v : Math.Exp(v) - 1;
    }

    private static Dictionary<string, double[]> Values(ParameterSet parameters) =>
        parameters.ToDictionary(p => p.Name, p => Array.ConvertAll(p.Values.ToArray(), v => (double)v));

    private static double[,] Layer(Dictionary<string, double[]> values, string name, NodeGraph graph, double[,] x, int heads, double slope, bool concat)
    {
        double[] weight = values[name + ".lin.weight"], source = values[name + ".att_src"], own = values[name + ".att_dst"], bias = values[name + ".bias"];
        int inputs = x.GetLength(1);
        double[,] w = new double[inputs, weight.Length / inputs];
        for (int i = 0; i < weight.Length; i++)
            w[i % inputs, i / inputs] = weight[i];

        double[,] h = x.Times(w);
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

        return y.Map((v, n) => v + bias[n]);

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
