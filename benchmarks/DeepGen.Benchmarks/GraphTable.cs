using Citations;
using DeepGen.SideBySide.Measuring;

namespace DeepGen.Benchmarks;

/// <summary>A step of Adam over a graph of Cora's size: with all rows and with those that the loss needs, without dropout and with it.</summary>
internal static class GraphTable
{
    private const int Rounds = 31;

    /// <param name="folder">Where Cora is, as samples/Citations reads it; null for a graph drawn at random.</param>
    public static void Print(string? folder)
    {
        var (graph, words, topics) = folder is null ? Drawn() : Read(folder);
        Workload[] all =
        [
            Step(new WholeGcn(1), (network, optimizer) => network.Learn(graph, words, topics, optimizer), "every row"),
            Step(new NeededGcn(1), (network, optimizer) => network.Learn(graph, words, topics, optimizer), "OnlyNeeded"),
            Step(new DroppedGcn(1), (network, optimizer) => network.Learn(graph, words, topics, optimizer), "dropout, every row"),
            Step(new DroppedNeededGcn(1), (network, optimizer) => network.Learn(graph, words, topics, optimizer), "dropout, OnlyNeeded"),
        ];
        Workload.MeasureInTurns(all, Rounds);
        Console.WriteLine($"1433-16-7 over {graph.Nodes} nodes, {topics.Count(t => t >= 0)} of them with a topic; {graph.Edges} neighbours, {words.Count} words");
        Console.WriteLine($"{"",-24} {"median",8} {"min",8} us   to the row above");
        for (int i = 0; i < all.Length; i++)
        {
            double[] seconds = [.. all[i].Seconds.Order()];
            string ratio = i % 2 == 0 ? "" : $"{all[i - 1].Seconds.Zip(all[i].Seconds, (a, b) => a / b).Order().ElementAt(Rounds / 2):F2} times as fast";
            Console.WriteLine($"{all[i].Name,-24} {seconds[Rounds / 2] * 1e6,8:F0} {seconds[0] * 1e6,8:F0}      {ratio}");
        }
    }

    private static Workload Step<T>(T network, Func<T, Optimizer, float> learn, string name)
    {
        var optimizer = new Adam(0.01);
        return new Workload(name, 0, count =>
        {
            for (int i = 0; i < count; i++)
                learn(network, optimizer);
        });
    }

    private static (NodeGraph, SparseMatrix, int[]) Drawn()
    {
        var papers = new DrawnPapers(PaperCounts.Cora, new Random(1));
        return (papers.Graph, papers.Words, papers.Topics);
    }

    private static (NodeGraph, SparseMatrix, int[]) Read(string folder)
    {
        var papers = Papers.Read(folder, 1433);
        return (papers.Graph, papers.Words, papers.For("train"));
    }
}
