using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Lower;

/// <summary>
/// One graph (the program's, or a Repeat's body) while it is lowered: where its values lie, who uses them, which of them
/// are computed inside their only user, and how wide a zero border its convolutions want around them.
/// </summary>
internal sealed class Scope
{
    /// <summary>A longer expression is cut where it has grown to this many operations: what is below the cut gets a buffer.</summary>
    private const int LongestExpression = 128;

    private readonly Dictionary<Node, List<Node?>> _users = [];
    private readonly HashSet<Node> _cuts = [];
    private readonly Dictionary<Node, Border> _borders = [];

    public Scope(Graph graph)
    {
        Graph = graph;
        foreach (Node node in graph.Nodes)
        {
            foreach (Node input in node.Inputs)
            {
                Users(input).Add(node);
            }

            if (node.Op is Convolution convolution)
            {
                Node x = node.Inputs[0];
                _borders.TryGetValue(x, out Border border);
                _borders[x] = border.Union(Border.Of(convolution));
            }
        }

        foreach (GraphOutput output in graph.Outputs)
        {
            Users(output.Node).Add(null);
        }

        var lengths = new Dictionary<Node, int>();
        foreach (Node node in graph.Nodes.Where(n => n.Op is Elementwise))
        {
            lengths[node] = 1 + node.Inputs.Where(i => i.Op is Elementwise && IsDeferred(i)).Sum(i => lengths[i]);
            if (lengths[node] >= LongestExpression)
            {
                _cuts.Add(node);
            }
        }
    }

    public Graph Graph { get; }

    public Dictionary<Node, View> Views { get; } = [];

    public Dictionary<Node, WeightValue> Weights { get; } = [];

    public Border BorderOf(Node node) => _borders.TryGetValue(node, out Border border) ? border : default;

    public bool IsSingleUse(Node node) => Users(node).Count == 1;

    /// <summary>Whether the node has no kernel of its own: its only user computes it on the way.</summary>
    public bool IsDeferred(Node node) => Users(node).Count == 1 && Users(node)[0] is { } user && !_cuts.Contains(node) && node.Op switch
    {
        Elementwise => user.Op is Elementwise or Concat or Pad || (ReadsOnce(user) && !HoldsHeavy(node)),
        _ => IsHeavy(node) && user.Op is Elementwise or Concat or Pad,
    };

    /// <summary>Products, reductions and windows: kernels with an accumulator, hence with room for an epilogue.</summary>
    public static bool IsHeavy(Node node) => node.Op is MatMul or Convolution or Reduce or Window;

    public static bool IsView(Node node) => node.Op is Transpose or Broadcast or Slice or Reverse or Reshape or Item;

    /// <summary>Reductions that read each element once may compute it on the way.</summary>
    private static bool ReadsOnce(Node user) =>
        user.Op is Reduce || (user.Op is Window window && window.Stride[0] >= window.Size[0] && window.Stride[1] >= window.Size[1]);

    /// <summary>Whether the tree below the node has a product in it, whose epilogue is the better place for the tree.</summary>
    private bool HoldsHeavy(Node node) => node.Inputs.Any(i => IsDeferred(i) && (IsHeavy(i) || HoldsHeavy(i)));

    private List<Node?> Users(Node node)
    {
        if (!_users.TryGetValue(node, out List<Node?> users))
        {
            _users.Add(node, users = []);
        }

        return users;
    }
}

/// <summary>Zero rows and columns kept around an image so that a convolution may read over its edges.</summary>
internal readonly record struct Border(int Top, int Left, int Bottom, int Right)
{
    public bool IsEmpty => Top == 0 && Left == 0 && Bottom == 0 && Right == 0;

    public static Border Of(Convolution op) => new(op.PadBefore[0], op.PadBefore[1], op.PadAfter[0], op.PadAfter[1]);

    public Border Union(Border other) => new(
        Math.Max(Top, other.Top), Math.Max(Left, other.Left), Math.Max(Bottom, other.Bottom), Math.Max(Right, other.Right));

    public bool Contains(Border other) => Union(other) == this;
}
