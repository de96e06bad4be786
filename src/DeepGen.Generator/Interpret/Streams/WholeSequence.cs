using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Passes;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Interpret.Streams;

/// <summary>
/// A copy of a graph over the whole sequence that also puts down what a stream remembers of it. What that is, the stream's own
/// reading has said: nodes by their numbers, those in a loop's body after the loop's.
/// </summary>
/// <param name="builder">What the copy is made with.</param>
/// <param name="within">The numbers of the loops around, each followed by a slash.</param>
/// <param name="time">The size that is time.</param>
/// <param name="remembered">The nodes that are remembered.</param>
/// <param name="keep">Makes room for one, of a type.</param>
internal sealed class WholeSequence(GraphBuilder builder, string within, Size time, ImmutableHashSet<string> remembered, Func<TensorType, string, Node> keep)
{
    private readonly Dictionary<Node, Node> _copies = [];

    public Node Of(Node node)
    {
        if (!_copies.TryGetValue(node, out Node copy))
        {
            Node[] operands = node.Inputs.Select(Of).ToArray();
            copy = node.Op is Repeat repeat ? Loop(node, repeat, operands) : builder.Add(node.Op, operands);
            copy.Label ??= node.Label;
            copy = Remembered(node, copy);
            _copies.Add(node, copy);
        }

        return copy;
    }

    public void Set(Node node, Node copy) => _copies.Add(node, Remembered(node, copy));

    private Node Remembered(Node node, Node copy)
    {
        string name = FormattableString.Invariant($"{within}{node.Id}");
        if (!remembered.Contains(name))
        {
            return copy;
        }

        int axis = node.Shape.Sizes.IndexOf(time);
        return builder.Add(new RememberAll(axis, time), keep(StreamSweep.RoomFor(node.Type, axis, time), name), copy);
    }

    /// <summary>What the body remembers is a slab with a row for each iteration, as in a step.</summary>
    private Node Loop(Node node, Repeat repeat, Node[] operands)
    {
        var loop = new OpenLoop();
        var outside = new Dictionary<Node, Node>();
        var inside = new WholeSequence(loop.Body, FormattableString.Invariant($"{within}{node.Id}/"), time, remembered, (type, name) =>
        {
            Node slab = keep(type with { Shape = Shape.Of(type.Shape.Prepend(repeat.Count)) }, name);
            return Add(LoopPart.Sliced, name, type, slab);
        });
        for (int i = 0; i < repeat.Body.Inputs.Length; i++)
        {
            Node input = repeat.Body.Inputs[i];
            LoopPart part = i < repeat.Carried ? LoopPart.Carried : i < repeat.Carried + repeat.Sliced ? LoopPart.Sliced : LoopPart.Shared;
            inside.Set(input, Add(part, ((Input)input.Op).InputName, input.Type, operands[i]));
        }

        (Graph body, ImmutableArray<Node> inputs) = loop.Close(repeat.Body.Outputs.Select(o => o with { Node = inside.Of(o.Node) }).ToList());
        int sliced = inputs.Count(i => OpenLoop.PartOf(i) == LoopPart.Sliced);
        return builder.Add(repeat with { Body = body, Sliced = sliced }, inputs.Select(i => outside[i]).ToArray());

        Node Add(LoopPart part, string name, TensorType type, Node operand)
        {
            Node added = loop.Add(part, name, type);
            outside.Add(added, operand);
            return added;
        }
    }
}
