using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Passes;

/// <summary>
/// Which values depend on parameters and constants alone, so that they are computed once for all predictions. In a loop's
/// body the inputs whose operands are such values count as well; a carried value never does, for it changes.
/// </summary>
internal sealed class ParameterOnly
{
    private readonly Dictionary<Node, bool> _known = [];

    /// <summary>For a body: whether operand j of the Repeat depends on parameters alone.</summary>
    public static ParameterOnly ForBody(Repeat repeat, Func<int, bool> isOperandFixed) =>
        new() { IsInputFixed = j => j >= repeat.Carried && isOperandFixed(j) };

    private Func<int, bool> IsInputFixed { get; init; } = _ => false;

    public bool Contains(Node node)
    {
        if (_known.TryGetValue(node, out bool isFixed))
        {
            return isFixed;
        }

        // With a stack of its own: a network may be deeper than the thread's.
        var pending = new Stack<Node>();
        pending.Push(node);
        while (pending.Count > 0)
        {
            Node next = pending.Peek();
            if (next.Inputs.FirstOrDefault(n => !_known.ContainsKey(n)) is { } unknown)
            {
                pending.Push(unknown);
                continue;
            }

            _known[next] = next.Op switch
            {
                Input input => IsInputFixed(input.Index),
                // A mask made of positions is as large as what it masks: comparing again costs less than reading it.
                Extent or Positions or Adjacency => false,
                _ => next.Inputs.All(n => _known[n]),
            };
            pending.Pop();
        }

        return _known[node];
    }
}
