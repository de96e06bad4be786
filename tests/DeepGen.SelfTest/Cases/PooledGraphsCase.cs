namespace DeepGen.SelfTest.Cases;

[Network, Size("N", 24, Lengths = "nodes"), Input("N", 7)]
[GraphConv(18), Relu, Gat(5, Heads = 2), Elu, GraphPool(Pooling.Max), Dense(4)]
[Train(Loss.CrossEntropy)]
public sealed partial class PooledGraphs;

/// <summary>A network each of whose samples is a graph: its predictions and a few steps of training, hashed; the training must lower the loss.</summary>
internal sealed class PooledGraphsCase : Case
{
    private const int Graphs = 60;

    public override string Name => "graphs pooled to one row each";

    public override void Run(Recorder recorder)
    {
        var samples = new Samples(6);
        int Below(int count) => Math.Min(count - 1, (int)((samples.Next() + 1) * count / 2));
        var all = new NodeGraph[Graphs];
        for (int g = 0; g < Graphs; g++)
        {
            int nodes = 1 + Below(24);
            all[g] = NodeGraph.FromEdges(nodes, Enumerable.Range(0, 2 * nodes).Select(_ => (Below(nodes), Below(nodes))));
        }

        var graphs = GraphBatch.Pack(all);
        var rows = new float[all.Sum(g => g.Nodes) * 7];
        for (int i = 0; i < rows.Length; i++)
            rows[i] = samples.Next();

        int[] classes = [.. all.Select(g => Math.Min(3, g.Edges / g.Nodes))];
        float[] padded = graphs.Pad(rows), scores = new float[Graphs * 4];
        var network = new PooledGraphs(8) { Threads = recorder.Threads };
        network.Predict(graphs, padded, graphs.NodeCounts, scores, N: graphs.Rows);
        recorder.Hash.Add(scores);
        var optimizer = new Adam(0.02);
        recorder.Learn(40, network, () => network.Gradients(graphs, padded, graphs.NodeCounts, classes, N: graphs.Rows), () => network.Step(optimizer), below: 0.95f);
        network.Predict(graphs, padded, graphs.NodeCounts, scores, N: graphs.Rows);
        recorder.Hash.Add(scores);
    }
}
