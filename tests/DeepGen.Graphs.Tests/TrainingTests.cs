namespace DeepGen.Graphs.Tests;

public class TrainingTests
{
    private const int Nodes = 150;

    [Fact]
    public void Gradients_are_those_of_differences()
    {
        NodeGraph graph = Drawn.Graph(Nodes, 1, directed: true);
        float[] x = Drawn.Values(Nodes * 9, 2);
        int[] some = Drawn.SomeClasses(Nodes, 5);
        var convolutions = new Convolutions(5);
        Slopes.Check(convolutions, () => convolutions.Gradients(graph, x, some));
        var deep = new DeepGraph(5);
        int[] all = Drawn.Classes(Nodes, 5);
        Slopes.Check(deep, () => deep.Gradients(graph, x, all));
        var means = new Means(5);
        float[] target = Drawn.Values(Nodes * 3, 3);
        Slopes.Check(means, () => means.Gradients(graph, x, target));
    }

    [Fact]
    public void Sparse_and_dense_features_are_learnt_from_alike_dropout_included()
    {
        NodeGraph graph = Drawn.Graph(Nodes, 4);
        float[] x = Drawn.Words(Nodes * 40, 2);
        var words = SparseMatrix.FromDense(40, x);
        int[] classes = Drawn.SomeClasses(Nodes, 5);
        DenseWords dense = new(3);
        SparseWords sparse = new(3);
        Adam one = new(0.01), other = new(0.01);
        for (int step = 0; step < 10; step++)
            Assert.Equal(dense.Learn(graph, x, classes, one), sparse.Learn(graph, words, classes, other), 5);

        for (int i = 0; i < dense.Parameters.Count; i++)
        {
            float[] a = dense.Parameters[i].Values.ToArray(), b = sparse.Parameters[i].Values.ToArray();
            Assert.All(a.Zip(b), p => Assert.Equal(p.First, p.Second, 4));
        }
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_bits()
    {
        // Large enough to be shared.
        const int Many = 3000;
        NodeGraph graph = Drawn.Graph(Many, 4);
        var words = SparseMatrix.FromDense(40, Drawn.Words(Many * 40, 2));
        int[] classes = Drawn.SomeClasses(Many, 5);
        float[][] outputs = [new float[Many * 5], new float[Many * 5]];
        SparseWords[] networks = [new(3), new(3) { Threads = 2 }];
        for (int n = 0; n < 2; n++)
        {
            var optimizer = new Adam(0.01);
            for (int step = 0; step < 5; step++)
                networks[n].Learn(graph, words, classes, optimizer);

            networks[n].Predict(graph, words, outputs[n]);
        }

        Assert.Equal(outputs[0], outputs[1]);
    }

    [Fact]
    public void What_has_no_target_counts_for_nothing()
    {
        NodeGraph graph = Drawn.Graph(Nodes, 1);
        float[] x = Drawn.Values(Nodes * 9, 2);
        int[] classes = Drawn.SomeClasses(Nodes, 5);
        var network = new Convolutions(5);
        float loss = network.Gradients(graph, x, classes);
        float[] scores = network.Training.Output(0).ToArray();
        var each = classes.Select((c, i) => (Class: c, Scores: scores.AsMemory(i * 5, 5).ToArray())).Where(p => p.Class >= 0).ToArray();
        double expected = each.Average(p => Math.Log(p.Scores.Sum(z => Math.Exp(z))) - p.Scores[p.Class]);
        Assert.Equal(expected, loss, 5);

        float[] all = new float[Nodes * 5];
        network.Predict(graph, x, all);
        Assert.All(all.Zip(scores), p => Assert.Equal(p.First, p.Second, 5));
    }

    [Fact]
    public void Values_that_are_no_numbers_are_no_targets()
    {
        NodeGraph graph = Drawn.Graph(Nodes, 1);
        float[] x = Drawn.Values(Nodes * 9, 2);
        float[] target = Drawn.Values(Nodes * 3, 3);
        for (int i = 0; i < Nodes; i += 2)
            target[(i * 3) + 1] = float.NaN;

        var network = new Means(5);
        float loss = network.Gradients(graph, x, target);
        float[] y = network.Training.Output(0).ToArray();
        double expected = Enumerable.Range(0, Nodes).Where(i => i % 2 == 1)
            .Average(i => Enumerable.Range(3 * i, 3).Average(k => Math.Pow((double)y[k] - target[k], 2)));
        Assert.Equal(expected, loss, 5);
        Assert.All(network.Parameters, p => Assert.All(network.Training.Gradients.Of(p).ToArray(), g => Assert.True(float.IsFinite(g))));
    }

    [Fact]
    public void Nothing_is_allocated_by_a_step_or_a_prediction()
    {
        NodeGraph graph = Drawn.Graph(Nodes, 4);
        var words = SparseMatrix.FromDense(40, Drawn.Words(Nodes * 40, 2));
        int[] classes = Drawn.SomeClasses(Nodes, 5);
        float[] y = new float[Nodes * 5];
        var network = new SparseWords(3) { Graph = graph };
        var optimizer = new Adam(0.01);
        void Round()
        {
            network.Learn(words, classes, optimizer);
            network.Gradients(words, classes);
            network.Step(optimizer);
        }

        for (int i = 0; i < 3; i++)
        {
            Round();
            network.Predict(words, y);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        Round();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        // Weights have changed: the first prediction prepares them anew, as that of any network.
        network.Predict(words, y);
        before = GC.GetAllocatedBytesForCurrentThread();
        network.Predict(words, y);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
