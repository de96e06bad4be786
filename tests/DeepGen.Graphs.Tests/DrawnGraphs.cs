using DeepGen.Data;

namespace DeepGen.Graphs.Tests;

/// <summary>Data sets of graphs, the same for equal seeds.</summary>
internal static class DrawnGraphs
{
    /// <summary>Graphs of 6 to 16 nodes of two kinds. Of eight edges in ten both ends are alike, or in the other class both are not.</summary>
    public static DataSet Likeness(int count, int seed, bool hasEdges = true)
    {
        var random = new Random(seed);
        var graphs = new NodeGraph[count];
        var rows = new List<float>();
        int[] classes = new int[count];
        for (int g = 0; g < count; g++)
        {
            int nodes = 6 + (2 * random.Next(6));
            classes[g] = random.Next(2);
            var edges = new List<(int, int)>();
            while (edges.Count < 3 * nodes)
            {
                int from = random.Next(nodes), to = random.Next(nodes);
                bool wantsAlike = (classes[g] == 1) == (random.Next(10) < 8);
                if (from != to && (from % 2 == to % 2) == wantsAlike)
                    edges.Add((from, to));
            }

            graphs[g] = NodeGraph.FromEdges(nodes, hasEdges ? edges : []);
            rows.AddRange(Enumerable.Range(0, nodes).SelectMany(i => i % 2 == 0 ? new[] { 1f, 0f } : [0f, 1f]));
        }

        return DataSet.FromGraphs(graphs, [.. rows], classes);
    }

    /// <summary>Graphs of any size up to the most, with a class for each.</summary>
    public static DataSet Any(int count, int most, int width, int classes, int seed) =>
        Any(count, most, width, seed, _ => Column.OfClasses(Drawn.Classes(count, classes)));

    public static DataSet Any(int count, int most, int width, int seed, Func<int[], Column> target)
    {
        int[] sizes = [.. Enumerable.Range(0, count).Select(i => 1 + ((i * 7) + seed) % most)];
        NodeGraph[] graphs = [.. sizes.Select((n, g) => n == 1 ? NodeGraph.FromEdges(1, []) : Drawn.Graph(n, g + seed, directed: true))];
        return DataSet.FromGraphs(graphs, Drawn.Values(sizes.Sum() * width, seed), target(sizes));
    }

    /// <summary>Rings in which each node listens to one other and has the class of that one, by the sign of its first number.</summary>
    public static DataSet Rings(int count, int seed)
    {
        int[] sizes = [.. Enumerable.Range(0, count).Select(i => 3 + (i % 14))];
        float[] rows = Drawn.Values(sizes.Sum() * 2, seed);
        var classes = new List<int>();
        for (int g = 0, at = 0; g < count; at += sizes[g++])
            classes.AddRange(Enumerable.Range(0, sizes[g]).Select(i => rows[2 * (at + ((i + 1) % sizes[g]))] > 0 ? 1 : 0));

        return DataSet.FromGraphs(
            sizes.Select(n => NodeGraph.FromEdges(n, Enumerable.Range(0, n).Select(i => ((i + 1) % n, i)), directed: true)), rows, Column.OfRows([.. classes], sizes));
    }
}
