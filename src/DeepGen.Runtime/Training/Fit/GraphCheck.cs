using DeepGen.Data;

namespace DeepGen;

/// <summary>Whether samples are graphs where a network wants that, and none is larger than it takes.</summary>
internal static class GraphCheck
{
    /// <exception cref="ArgumentException">They are not, or one is; the message says which.</exception>
    public static void Check(Subject subject, DataSet? data, string what)
    {
        string name = subject.Signature.Name;
        int largest = subject.Signature.LargestGraph;
        bool hasGraphs = data is { HasGraphs: true };
        if (hasGraphs != largest > 0)
        {
            throw new ArgumentException(hasGraphs
                ? $"the samples of the {what} are graphs, those of {name} are not"
                : $"each sample of {name} is a graph, but the {what} have none: {nameof(DataSet)}.{nameof(DataSet.FromGraphs)} takes graphs");
        }

        bool isAlwaysLargest = subject.Signature.Inputs.All(i => i.Lengths.Length == 0);
        for (int g = 0; hasGraphs && g < data!.Count; g++)
        {
            int nodes = data.Graph(g).Nodes;
            if (nodes > largest || (isAlwaysLargest && nodes < largest))
            {
                throw new ArgumentException($"graph {g} of the {what} has {nodes} nodes, but {name} takes {(isAlwaysLargest ? "always" : "at most")} {largest}");
            }
        }
    }
}
