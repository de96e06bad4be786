using DeepGen.Data;

namespace DeepGen.Graphs.Tests;

public class FitTests
{
    private const int Nodes = 300;

    [Fact]
    public void Fit_takes_all_nodes_at_once_and_in_their_order()
    {
        NodeGraph graph = Drawn.Graph(Nodes, 1);
        float[] x = Drawn.Values(Nodes * 9, 2);
        int[] some = Drawn.SomeClasses(Nodes, 5), others = [.. Enumerable.Range(0, Nodes).Select(i => i % 3 == 1 ? i % 5 : -1)];
        DataSet training = DataSet.FromArrays(x, [9], some), validation = DataSet.FromArrays(x, [9], others);
        Convolutions fitted = new(4) { Graph = graph }, looped = new(4) { Graph = graph };
        FitResult result = Trainer.Fit(fitted, training, new FitOptions { Epochs = 3, Optimizer = new Adam(0.01), Validation = validation, Console = null });

        var optimizer = new Adam(0.01);
        for (int epoch = 0; epoch < 3; epoch++)
            looped.Learn(x, some, optimizer);

        Assert.Equal(looped.Parameters["0.weight"].Values.ToArray(), fitted.Parameters["0.weight"].Values.ToArray());

        // Accuracy is that of the nodes with a class.
        float[] scores = new float[Nodes * 5];
        looped.Predict(x, scores);
        int right = Enumerable.Range(0, Nodes).Count(i => others[i] >= 0 && scores.AsSpan(i * 5, 5).IndexOf(scores[(i * 5)..((i + 1) * 5)].Max()) == others[i]);
        Assert.Equal((double)right / others.Count(c => c >= 0), result["validation accuracy"], 6);
    }

    [Fact]
    public void Nodes_are_not_split()
    {
        var network = new Convolutions(4) { Graph = Drawn.Graph(Nodes, 1) };
        DataSet data = DataSet.FromArrays(Drawn.Values(Nodes * 9, 2), [9], Drawn.SomeClasses(Nodes, 5));
        Assert.Throws<ArgumentException>(() => Trainer.Fit(network, data, new FitOptions { ValidationFraction = 0.1 }));
        Assert.Throws<ArgumentException>(() => Trainer.Fit(network, data, new FitOptions { MicroBatches = 2 }));
    }
}
