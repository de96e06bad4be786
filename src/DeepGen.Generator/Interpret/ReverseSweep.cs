using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Interpret;

/// <summary>
/// A graph built over again in a place where cotangents can be pulled through it: dx = Σ over the uses y of x of (∂y/∂x)ᵀ dy. The
/// uses are added up from the last to the first, which is an order of the program.
/// </summary>
internal sealed class ReverseSweep
{
    private readonly Graph _graph;
    private readonly GradientBuilder _builder;
    private readonly Activity _activity;
    private readonly Dictionary<Node, Node> _copies = [];
    private readonly HashSet<Node> _known = [];
    private readonly Dictionary<Node, LoopBackward> _loops = [];
    private readonly Dictionary<Node, Node?[]> _cotangents = [];

    /// <param name="graph">What is differentiated.</param>
    /// <param name="target">Where it is copied to and the cotangents are built.</param>
    /// <param name="roots">The values of the graph whose cotangents will be given.</param>
    /// <param name="wanted">The values of the graph whose cotangents will be asked for.</param>
    public ReverseSweep(Graph graph, GraphBuilder target, IEnumerable<Node> roots, IEnumerable<Node> wanted)
    {
        _graph = graph;
        _builder = new GradientBuilder(target);
        _activity = new Activity(graph, roots, wanted);
        foreach (Node node in graph.Inputs.Union(graph.Nodes))
        {
            Node[] operands = node.Inputs.Select(i => _copies[i]).ToArray();
            Node copy = target.Add(node.Op is Repeat ? Collecting(node) : node.Op, operands);
            copy.Label ??= node.Label;
            _copies.Add(node, copy);
            _known.Add(copy);
        }
    }

    /// <summary>What stands for a value of the graph in the target.</summary>
    public Node this[Node original] => _copies[original];

    /// <summary>Whether a value of the target is computed by the graph, not on the way back.</summary>
    public bool IsCopy(Node node) => _known.Contains(node);

    /// <summary>Whether a value varies with something wanted, and a root needs it.</summary>
    public bool Includes(Node original) => _activity.Includes(original);

    /// <summary>Adds to the cotangent of a root.</summary>
    public void Start(Node root, Node dy) => Accumulate(root, 0, dy);

    /// <summary>From the roots to everything wanted.</summary>
    public void Run()
    {
        foreach (Node node in _graph.Nodes.Reverse().Where(_cotangents.ContainsKey))
        {
            Node?[] dy = _cotangents[node];
            if (_loops.TryGetValue(node, out LoopBackward loop))
            {
                Accumulate(node, loop.Pull(_copies[node], dy, _builder));
            }
            else if (node.Op is Item item)
            {
                Accumulate(node.Inputs[0], item.Index, dy[0]);
            }
            else
            {
                Name(dy[0]!, node);
                Pull(node, dy[0]!);
            }
        }
    }

    /// <summary>The cotangent of a wanted value; null if it is zero.</summary>
    public Node? Of(Node original) => _cotangents.TryGetValue(original, out Node?[] dx) ? dx[0] : null;

    private void Pull(Node node, Node dy)
    {
        for (int i = 0; i < node.Inputs.Length; i++)
        {
            if (_activity.Includes(node.Inputs[i]))
            {
                IGradientRule rule = node.Op as IGradientRule ?? throw new IrException($"{node.Op.Name} has no gradient rule.");
                Accumulate(node.Inputs[i], 0, rule.Carries(i) ? rule.Pull(_copies[node], i, dy, _builder) : null);
            }
        }
    }

    private void Accumulate(Node loop, ImmutableArray<Node?> dx)
    {
        for (int i = 0; i < dx.Length; i++)
        {
            Accumulate(loop.Inputs[i], 0, dx[i]);
        }
    }

    private void Accumulate(Node node, int result, Node? contribution)
    {
        if (contribution is null || !_activity.Includes(node, result))
        {
            return;
        }

        if (!_cotangents.TryGetValue(node, out Node?[] sums))
        {
            _cotangents.Add(node, sums = new Node?[node.Types.Length]);
        }

        sums[result] = _builder.Total(sums[result], contribution);
    }

    private Primitive Collecting(Node loop)
    {
        var repeat = (Repeat)loop.Op;
        if (!Enumerable.Range(0, loop.Types.Length).Any(i => _activity.Includes(loop, i)))
        {
            return repeat;
        }

        var backward = new LoopBackward(repeat, _activity.VariedInputs(loop), _activity.NeededOutputs(loop));
        _loops.Add(loop, backward);
        return backward.Forward;
    }

    /// <summary>A gradient is called after the value whose gradient it is.</summary>
    private void Name(Node dy, Node node)
    {
        if (node.Label is not null && dy.Op is not (Input or Parameter or Constant or Broadcast))
        {
            dy.Label ??= node.Label + "'";
        }
    }
}
