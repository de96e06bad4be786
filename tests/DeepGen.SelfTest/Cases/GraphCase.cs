namespace DeepGen.SelfTest.Cases;

[Network, Input(40, Sparse = true)]
[Dropout(0.4f), GraphConv(17), Relu, GraphSage(9), Tanh, Gat(9, Heads = 2), Elu, Dropout(0.2f), GraphConv(5)]
[Train(Loss.CrossEntropy, Masked = true)]
public sealed partial class Neighbours;

/// <summary>A network over a graph: its predictions and a few steps of training, hashed; the training must lower the loss.</summary>
internal sealed class GraphCase : Case
{
    private const int Nodes = 900;
    private const int Words = 40;

    public override string Name => "graph convolutions over sparse features";

    public override void Run(Recorder recorder)
    {
        var samples = new Samples(5);
        int Node() => (int)((samples.Next() + 1) * Nodes / 2);
        var edges = new (int, int)[3 * Nodes];
        for (int e = 0; e < edges.Length; e++)
            edges[e] = (Node(), Node());

        var features = new float[Nodes * Words];
        for (int i = 0; i < features.Length; i++)
            features[i] = Math.Max(0, samples.Next() - 0.7f);

        var classes = new int[Nodes];
        for (int i = 0; i < Nodes; i++)
            classes[i] = i % 4 == 0 ? i / 4 % 5 : -1;

        var words = SparseMatrix.FromDense(Words, features);
        var network = new Neighbours(8) { Graph = NodeGraph.FromEdges(Nodes, edges), Threads = recorder.Threads };
        var scores = new float[Nodes * 5];
        network.Predict(words, scores);
        recorder.Hash.Add(scores);
        var optimizer = new Adam(0.02);
        recorder.Learn(60, network, () => network.Gradients(words, classes), () => network.Step(optimizer), below: 0.95f);
        network.Predict(words, scores);
        recorder.Hash.Add(scores);
    }
}
