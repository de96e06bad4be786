using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Emit;

/// <summary>What a network is computed over besides its inputs: nothing, a graph whose nodes are the samples, or a graph for each sample.</summary>
internal sealed class NetworkGraph(Graph forward)
{
    /// <summary>What a member does that generic code hands arrays alone, where each sample has a graph.</summary>
    private const string RefuseGraphs =
        "throw new NotSupportedException(\"Each sample of this network is a graph: call the overload that takes a Batch, with its Graphs set, or the one that names the inputs and takes a GraphBatch.\");";

    /// <summary>The matrices that are read, in the order in which they are fed.</summary>
    private readonly ImmutableArray<Adjacency> _matrices = MatrixSlots.In(forward);

    /// <summary>Whether the graph itself has bounds in it, as that of certified training has.</summary>
    private readonly bool _hasBounds = HasBounds(forward);

    public bool IsThere => !_matrices.IsEmpty;

    /// <summary>Whether the nodes are the samples: then the network holds a graph for calls that are not handed one.</summary>
    public bool IsOfBatch => IsThere && Nodes.IsBatch;

    /// <summary>Whether each sample is a graph.</summary>
    public bool IsOfSamples => IsThere && !Nodes.IsBatch;

    /// <summary>The most nodes that a graph may have where each sample is one, or 0.</summary>
    public int Largest => IsOfSamples ? Nodes.Value : 0;

    private Size Nodes => _matrices[0].Nodes;

    public string Type => IsOfBatch ? "NodeGraph" : "GraphBatch";

    public string Name => IsOfBatch ? "graph" : "graphs";

    /// <summary>What a member does that is handed arrays of floats alone, if it cannot be had so.</summary>
    public string? Refusal(IEnumerable<GraphTensor> inputs) =>
        inputs.Any(i => i.IsSparse) ? GraphTensor.RefuseSparse : IsOfSamples ? RefuseGraphs : null;

    /// <summary>Finds the graph of a call that generic code makes: the network's own, or those of its batch.</summary>
    public void WriteOwn(CodeWriter code)
    {
        if (IsThere)
        {
            code.Line($"{Type} {Name} = global::DeepGen.Runtime.Arguments.Known({(IsOfBatch ? "Graph" : "batch")});");
        }
    }

    /// <summary>Checks the graph of a call, and feeds its matrices.</summary>
    /// <param name="code">The method.</param>
    /// <param name="feed">What is fed.</param>
    /// <param name="graph">The name of the graph.</param>
    /// <param name="batch">The number of samples.</param>
    /// <param name="inputs">The inputs, among which may be how many nodes each graph has, and their names.</param>
    /// <param name="size">The expression for a size in this call.</param>
    /// <param name="needed">What leaves rows out of the matrices.</param>
    /// <param name="withBounds">Whether bounds are computed.</param>
    public void Write(
        CodeWriter code, string feed, string graph, string batch, IEnumerable<(GraphTensor Tensor, string Name)> inputs, Func<string, string> size, string needed = "", bool withBounds = false)
    {
        if (IsOfBatch)
        {
            code.Line($"global::DeepGen.Runtime.Arguments.Nodes({graph}, {batch});");
        }
        else if (IsThere)
        {
            string? lengths = inputs.FirstOrDefault(i => i.Tensor.Ends.Length > 0 && i.Tensor.Ends == Nodes.Symbol).Name;
            string rows = Nodes.IsConstant ? NumberText.Of(Nodes.Value) : size(Nodes.Symbol!);
            code.Line($"global::DeepGen.Runtime.Arguments.Graphs({graph}, {batch}, {rows}{(lengths is null ? "" : ", " + lengths)});");
        }

        foreach (Adjacency adjacency in _matrices)
        {
            string matrix = $"{graph}.Matrix(NeighbourWeights.{adjacency.Weights})";
            code.Line($"{feed}.Add{(withBounds || _hasBounds ? "WithBounds" : "")}({Within(matrix, adjacency.Reach, needed)});");
        }
    }

    private static bool HasBounds(Graph graph) => graph.Nodes.Any(n => n.Op switch
    {
        SparseProduct product => product.Form != EntryForm.Plain,
        Repeat repeat => HasBounds(repeat.Body),
        _ => false,
    });

    /// <summary>A matrix without the rows that are not needed, if only some are.</summary>
    /// <param name="matrix">The expression for the whole.</param>
    /// <param name="reach">How far from a target rows are needed; null for all.</param>
    /// <param name="needed">The expression for what leaves out the others.</param>
    public static string Within(string matrix, int? reach, string needed) => reach is { } steps ? $"{needed}.Rows({matrix}, {NumberText.Of(steps)})" : matrix;
}
