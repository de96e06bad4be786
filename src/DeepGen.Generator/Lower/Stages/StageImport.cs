using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Lower;

/// <summary>
/// Builds the graph of one stage from the program's: what the stage computes, what it computes again because that is cheaper than
/// remembering it, and inputs for what other stages have left behind.
/// </summary>
internal sealed class StageImport(
    int time,
    bool isSamples,
    StageTimes times,
    Recomputing recomputing,
    Func<Node, View> placeOf,
    Func<Node, View> rowsOf,
    IReadOnlyDictionary<Node, WeightValue> weights)
{
    private readonly GraphBuilder _builder = new();
    private readonly Dictionary<Node, Node> _copies = [];
    private readonly Dictionary<Node, Node> _wholes = [];
    private int _inputs;

    public Dictionary<Node, View> Views { get; } = [];

    public Dictionary<Node, WeightValue> Weights { get; } = [];

    /// <summary>The inputs that are sparse matrices of the caller's.</summary>
    public Dictionary<Node, Primitive> Matrices { get; } = [];

    public Graph Build(IEnumerable<Node> roots)
    {
        var outputs = new List<GraphOutput>();
        foreach (Node root in roots)
        {
            // A sum that grows here has the time of its end.
            bool growsHere = isSamples && BatchSums.IsSum(root);
            Node node = growsHere ? _builder.Add(root.Op, root.Inputs.Select(Import).ToArray()) : Import(root);
            node.Label ??= root.Label;
            outputs.Add(new GraphOutput(FormattableString.Invariant($"{outputs.Count}"), node));
        }

        return _builder.Build(outputs);
    }

    /// <summary>With a stack of its own: a network may be deeper than the thread's.</summary>
    private Node Import(Node root)
    {
        var pending = new Stack<Node>();
        pending.Push(root);
        while (pending.Count > 0)
        {
            Node node = pending.Peek();
            if (_copies.ContainsKey(node))
            {
                pending.Pop();
                continue;
            }

            if (!IsComputedHere(node))
            {
                _copies.Add(node, External(node));
                pending.Pop();
                continue;
            }

            if (node.Inputs.Where((_, i) => !BatchSums.ReadsOthers(node, i)).FirstOrDefault(x => !_copies.ContainsKey(x)) is { } missing)
            {
                pending.Push(missing);
                continue;
            }

            Node copy = _builder.Add(node.Op, node.Inputs.Select((x, i) => BatchSums.ReadsOthers(node, i) ? Whole(x) : _copies[x]).ToArray());
            copy.Label ??= node.Label;
            _copies.Add(node, copy);
            pending.Pop();
        }

        return _copies[root];
    }

    /// <summary>A value of all samples, as an earlier stage has left it, even if its part of the samples is computed here again.</summary>
    private Node Whole(Node node)
    {
        if (!_wholes.TryGetValue(node, out Node whole))
        {
            _wholes.Add(node, whole = NewInput(node));
            Views.Add(whole, node.Op is Input ? placeOf(node) : rowsOf(node));
        }

        return whole;
    }

    private bool IsComputedHere(Node node)
    {
        if (node.Op is Input or Adjacency)
        {
            return false;
        }

        if (node.Type.IsSparse)
        {
            return true;
        }

        bool hasSamples = BatchSums.HasSamples(node);
        if (hasSamples && !isSamples)
        {
            // The rows of a product's factors are samples: they are read where they were left.
            return node.Op is Transpose && node.Shape.Rank == 2 && !(node.Inputs[0].Op is Transpose);
        }

        if (times.IsFree(node))
        {
            return true;
        }

        if (BatchSums.IsSum(node) && !BatchSums.IsProduct(node))
        {
            return false;
        }

        bool isLoopResult = node.Op is Item && BatchSums.Within((Repeat)node.Inputs[0].Op);
        return !isLoopResult && (times[node] == time || (hasSamples && recomputing.IsCheap(node)));
    }

    private Node External(Node node)
    {
        Node input = NewInput(node);
        if (node.Type.IsSparse)
        {
            Matrices.Add(input, node.Op);
        }
        else if (weights.TryGetValue(node, out WeightValue weight))
        {
            Weights.Add(input, weight);
        }
        else
        {
            Views.Add(input, placeOf(node));
        }

        return input;
    }

    private Node NewInput(Node node)
    {
        Node input = _builder.Add(new Input(_inputs, FormattableString.Invariant($"in{_inputs}"), node.Type));
        _inputs++;
        input.Label = node.Label;
        return input;
    }
}
