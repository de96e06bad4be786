namespace DeepGen.Graphs.Tests;

/// <summary>Graphs, features and classes, the same for equal seeds.</summary>
internal static class Drawn
{
    /// <summary>About three edges a node; the last node has none.</summary>
    public static NodeGraph Graph(int nodes, int seed, bool directed = false)
    {
        var random = new Random(seed);
        return NodeGraph.FromEdges(nodes, Enumerable.Range(0, 3 * nodes).Select(_ => (random.Next(nodes - 1), random.Next(nodes - 1))), directed);
    }

    public static float[] Values(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 2) - 1)];
    }

    /// <summary>A value in eight is there.</summary>
    public static float[] Words(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(8) == 0 ? random.NextSingle() : 0)];
    }

    /// <summary>A node in three has a class.</summary>
    public static int[] SomeClasses(int count, int classes) => [.. Enumerable.Range(0, count).Select(i => i % 3 == 0 ? i / 3 % classes : -1)];

    public static int[] Classes(int count, int classes) => [.. Enumerable.Range(0, count).Select(i => i % classes)];
}
