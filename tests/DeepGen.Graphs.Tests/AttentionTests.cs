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
        Attention.Scale(network.Parameters, 3);
        float[] x = Drawn.Values(nodes * 9, 1), y = new float[nodes * 5];
        network.Predict(graph, x, y);

        Assert.InRange(Dense.Distance(Forward(Attention.Values(network.Parameters), graph, x), y), 0, 1e-4);
    }

    [Fact]
    public void Scores_far_apart_do_not_overflow()
    {
        NodeGraph graph = Drawn.Graph(40, 3);
        var network = new Attentive(7);
        Attention.Scale(network.Parameters, 40);
        float[] y = new float[40 * 5];
        network.Predict(graph, Drawn.Values(40 * 9, 1), y);
        Assert.All(y, v => Assert.True(float.IsFinite(v)));
    }

    [Fact]
    public void Gradients_are_those_of_differences_in_double_precision()
    {
        const int Nodes = 60;
        NodeGraph graph = Drawn.Graph(Nodes, 1, directed: true);
        float[] x = Drawn.Values(Nodes * 9, 2);
        int[] classes = Drawn.SomeClasses(Nodes, 5);
        var network = new Attentive(5);
        Attention.Scale(network.Parameters, 2);
        Dictionary<string, double[]> values = Attention.Values(network.Parameters);
        Assert.Equal(Loss(), network.Gradients(graph, x, classes), 5);
        Slopes.CheckInDouble(network, values, Loss);

        double Loss()
        {
            double[,] y = Forward(values, graph, x);
            return Enumerable.Range(0, Nodes).Where(i => classes[i] >= 0)
                .Average(i => Math.Log(Enumerable.Range(0, 5).Sum(c => Math.Exp(y[i, c]))) - y[i, classes[i]]);
        }
    }

    [Fact]
    public void Gradients_through_a_stack_are_those_of_differences_in_double_precision()
    {
        const int Nodes = 40;
        NodeGraph graph = Drawn.Graph(Nodes, 1, directed: true);
        float[] x = Drawn.Values(Nodes * 9, 2);
        int[] classes = Drawn.Classes(Nodes, 5);
        var network = new DeepAttentive(5);
        Attention.Scale(network.Parameters, 2);
        Dictionary<string, double[]> values = Attention.Values(network.Parameters);
        Assert.Equal(Loss(), network.Gradients(graph, x, classes), 5);
        Slopes.CheckInDouble(network, values, Loss);

        double Loss()
        {
            double[,] h = Affine("0", Dense.Of(x, 9));
            for (int block = 0; block < 3; block++)
                h = h.Plus(Attention.Layer(values, $"1.{block}.0", graph, h, 3, 0.2, concat: true).Map((v, _) => Math.Tanh(v)));

            double[,] y = Affine("2", h);
            return Enumerable.Range(0, Nodes).Average(i => Math.Log(Enumerable.Range(0, 5).Sum(c => Math.Exp(y[i, c]))) - y[i, classes[i]]);
        }

        double[,] Affine(string name, double[,] of)
        {
            double[] weight = values[name + ".weight"], bias = values[name + ".bias"];
            double[,] w = new double[of.GetLength(1), bias.Length];
            for (int i = 0; i < weight.Length; i++)
                w[i % w.GetLength(0), i / w.GetLength(0)] = weight[i];

            return of.Times(w).Map((v, n) => v + bias[n]);
        }
    }

    [Fact]
    public void Dropped_coefficients_are_others_in_every_step_and_none_when_predicting()
    {
        const int Nodes = 120;
        NodeGraph graph = Drawn.Graph(Nodes, 1);
        float[] x = Drawn.Values(Nodes * 9, 2), one = new float[Nodes * 5], other = new float[Nodes * 5];
        var network = new DroppingAttention(5);
        network.Predict(graph, x, one);
        network.Predict(graph, x, other);
        Assert.Equal(one, other);

        // The mean of many steps' outputs, which drop others, tends to the output without.
        double[] mean = new double[Nodes * 5];
        const int Steps = 4000;
        for (int step = 0; step < Steps; step++)
        {
            network.Training.StepNumber = step;
            network.Gradients(graph, x, Drawn.SomeClasses(Nodes, 5));
            ReadOnlySpan<float> y = network.Training.Output(0);
            for (int i = 0; i < mean.Length; i++)
                mean[i] += y[i] / (double)Steps;
        }

        float[] last = network.Training.Output(0).ToArray();
        double Distance(Func<int, double> of) => Enumerable.Range(0, mean.Length).Average(i => Math.Abs(of(i) - one[i]));
        Assert.InRange(Distance(i => mean[i]), 0, 0.3 * Distance(i => last[i]));
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

    internal static double[,] Forward(Dictionary<string, double[]> values, NodeGraph graph, float[] x)
    {
        double[,] h = Attention.Layer(values, "0", graph, Dense.Of(x, 9), 5, 0.2, concat: true).Map(Elu);
        h = Attention.Layer(values, "2", graph, h, 2, 0.1, concat: true).Map(Elu);
        return Attention.Layer(values, "4", graph, h, 2, 0.2, concat: false);

        static double Elu(double v, int _) => v > 0 ? v : Math.Exp(v) - 1;
    }
}
