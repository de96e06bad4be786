using DeepGen.Torch.Tests.Networks;
using DeepGen.Torch.Tests.Support;

namespace DeepGen.Torch.Tests;

/// <summary>Twenty steps of networks over a graph, some nodes having a target, beside PyTorch with a dense matrix.</summary>
[Collection(ReferenceCollection.Name)]
public sealed class GraphTests(Reference reference)
{
    private const int Steps = 20;

    private static readonly Dictionary<string, Action<Example>> s_trainings = new()
    {
        ["convolutions"] = Train<GraphConvolutions>,
        ["attention"] = Train<GraphAttention>,
        ["means"] = Train<GraphMeans>,
        ["pooled means"] = e => TrainOnGraphs<PooledMeans>(e, (n, g, x, targets) => n.Gradients(g, x, g.NodeCounts, targets, N: g.Rows)),
        ["pooled sums"] = e => TrainOnGraphs<PooledSums>(e, (n, g, x, targets) => n.Gradients(g, x, g.NodeCounts, targets, N: g.Rows)),
        ["pooled maxima"] = e => TrainOnGraphs<PooledMaxima>(e, (n, g, x, targets) => n.Gradients(g, x, g.NodeCounts, targets, N: g.Rows)),
    };

    public static TheoryData<string> Names => new(s_trainings.Keys);

    [TorchTheory]
    [MemberData(nameof(Names))]
    public void Losses_and_weights_of_twenty_steps_are_those_of_a_dense_matrix(string name) => s_trainings[name](reference["graphs", name]);

    private static void Train<T>(Example example)
        where T : class, ITrainable<T>, IGraphNetwork
    {
        T network = example.Load<T>("initial");
        int[] targets = Whole(example, "targets"), edges = Whole(example, "edges");
        network.Graph = NodeGraph.FromEdges(targets.Length, edges.Chunk(2).Select(e => (e[0], e[1])));
        var batch = new Batch(targets.Length, [example.Numbers("inputs")], [new Target(targets)]);
        Check(example, network, () => network.Gradients(batch));
    }

    /// <summary>Each sample is a graph.</summary>
    private static void TrainOnGraphs<T>(Example example, Func<T, GraphBatch, float[], int[], float> gradients)
        where T : class, ITrainable<T>
    {
        T network = example.Load<T>("initial");
        int[][] edges = [.. Whole(example, "edges").Chunk(2)];
        var graphs = GraphBatch.FromEdges(Whole(example, "owners"), [.. edges.Select(e => e[0])], [.. edges.Select(e => e[1])]);
        float[] inputs = graphs.Pad(example.Numbers("inputs"));
        int[] targets = Whole(example, "targets");
        Check(example, network, () => gradients(network, graphs, inputs, targets));
    }

    private static int[] Whole(Example example, string name) => [.. example.Numbers(name).Select(n => (int)n)];

    private static void Check<T>(Example example, T network, Func<float> gradients)
        where T : class, ITrainable<T>
    {
        T initial = example.Load<T>("initial"), final = example.Load<T>("final");
        float[] losses = example.Numbers("losses");
        var optimizer = new Adam(0.02);
        for (int step = 0; step < Steps; step++)
        {
            Agreement.Check($"the loss of step {step}", losses[step], gradients());
            network.Training.Step(optimizer);
        }

        for (int i = 0; i < final.Parameters.Count; i++)
        {
            var expected = final.Parameters[i];
            Agreement.Check(expected.Name, expected.Values, network.Parameters[i].Values);
            double moved = Agreement.Distance(expected.Values, initial.Parameters[i].Values);
            Assert.True(moved > 100 * Agreement.Tolerance, $"training moves {expected.Name} by {moved:e1} of its greatest number only");
        }
    }
}
