using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Lower;

/// <summary>
/// One graph (the program's, or a Repeat's body) while it is lowered: where its values lie, who uses them, which of them
/// are computed inside their users, and how wide a zero border its convolutions want around them.
/// </summary>
internal sealed class Scope
{
    private readonly Dictionary<Node, List<Node?>> _users = [];
    private readonly Dictionary<Node, Border> _borders = [];
    private readonly Deferral _deferral;

    public Scope(Graph graph)
    {
        Graph = graph;
        foreach (Node node in graph.Nodes)
        {
            foreach (Node input in node.Inputs)
            {
                Users(input).Add(node);
            }

            if (Border.Around(node) is { } around)
            {
                Node x = node.Inputs[0];
                _borders.TryGetValue(x, out Border border);
                _borders[x] = border.Union(around);
            }
        }

        foreach (GraphOutput output in graph.Outputs)
        {
            Users(output.Node).Add(null);
        }

        _deferral = new Deferral(graph, Users);
    }

    public Graph Graph { get; }

    public Dictionary<Node, View> Views { get; } = [];

    public Dictionary<Node, WeightValue> Weights { get; } = [];

    /// <summary>Where outputs of the graph are computed, if they can be computed where they go.</summary>
    public Dictionary<Node, View> Places { get; } = [];

    /// <summary>Where some of those go if registers are narrow.</summary>
    public Dictionary<Node, View> WhereNarrow { get; } = [];

    /// <summary>The inputs that are sparse matrices of the caller's.</summary>
    public Dictionary<Node, Primitive> Matrices { get; } = [];

    public Border BorderOf(Node node) => _borders.TryGetValue(node, out Border border) ? border : default;

    /// <summary>What a value of a buffer of its own lies in: its border of zeros, or what else the only one who reads it wants around it.</summary>
    public Border FrameOf(Node node) => BorderOf(node) is { IsEmpty: true } && OnlyUser(node) is { Op: Window { Kind: Reduction.Max } window } && !node.Shape.IsOpen
        ? Border.Of(window)
        : BorderOf(node);

    /// <summary>The one node that has it for an operand; null where there are several, or it is an output.</summary>
    public Node? OnlyUser(Node node) => Users(node) is { Count: 1 } users ? users[0] : null;

    public bool IsSingleUse(Node node) => Users(node).Count == 1;

    /// <summary>Whether the node has no kernel of its own: who uses it computes it on the way.</summary>
    public bool IsDeferred(Node node) => _deferral.Contains(node);

    /// <summary>Products, reductions and windows: kernels with an accumulator, hence with room for an epilogue.</summary>
    public static bool IsHeavy(Node node) => node.Op is MatMul or SparseProduct or Convolution or Reduce or Window || (node.Op is FilterGradient && BatchSums.IsProduct(node));

    public static bool IsView(Node node) => node.Op is Transpose or Broadcast or Slice or RowAt or Reverse or Reshape or Item;

    private List<Node?> Users(Node node)
    {
        if (!_users.TryGetValue(node, out List<Node?> users))
        {
            _users.Add(node, users = []);
        }

        return users;
    }
}

/// <summary>Rows and columns kept around an image so that a convolution or a window may read over its edges.</summary>
internal readonly record struct Border(int Top, int Left, int Bottom, int Right)
{
    /// <summary>What they hold.</summary>
    public float Value { get; init; }

    public bool IsEmpty => Top == 0 && Left == 0 && Bottom == 0 && Right == 0;

    /// <summary>The border of zeros that a node wants around its first operand, if it is one that reads over edges.</summary>
    public static Border? Around(Node node) => node.Op switch
    {
        _ when node.Inputs.Any(i => i.Shape.IsOpen) => null,
        Convolution { Tile: not 0 } convolution => OfTiles(convolution, node.Shape),
        Convolution convolution => Of(convolution),
        FilterGradient filters => Of(filters),
        Window { Kind: Reduction.Sum } window => Of(window),
        _ => null,
    };

    public static Border Of(FilterGradient op) => new(op.PadBefore[0], op.PadBefore[1], op.PadAfter[0], op.PadAfter[1]);

    public static Border Of(Convolution op) => new(op.PadBefore[0], op.PadBefore[1], op.PadAfter[0], op.PadAfter[1]);

    public static Border Of(Window op) => new(op.PadBefore[0], op.PadBefore[1], op.PadAfter[0], op.PadAfter[1])
    {
        Value = op.Kind == Reduction.Max ? float.NegativeInfinity : 0,
    };

    /// <summary>The last tiles may reach beyond the outputs, and read as much further.</summary>
    public static Border OfTiles(Convolution op, Shape outputs)
    {
        Border border = Of(op);
        int Beyond(int axis) => (op.Tile - (outputs[axis].Value % op.Tile)) % op.Tile;
        return border with { Bottom = border.Bottom + Beyond(1), Right = border.Right + Beyond(2) };
    }

    /// <summary>Of an image with samples first and channels last.</summary>
    public Pad ToPad() => new(EquatableArray.Of(0, Top, Left, 0), EquatableArray.Of(0, Bottom, Right, 0), Value);

    public Border Union(Border other) => new(
        Math.Max(Top, other.Top), Math.Max(Left, other.Left), Math.Max(Bottom, other.Bottom), Math.Max(Right, other.Right))
    {
        Value = Value,
    };

    public bool Contains(Border other) => other.IsEmpty || (other.Value.Equals(Value) && Union(other) == this);
}
