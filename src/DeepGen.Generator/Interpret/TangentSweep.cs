using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Interpret;

/// <summary>One walk along a graph: of each value a copy and its tangent, dy = Σ over the operands x of (∂y/∂x) dx.</summary>
internal sealed class TangentSweep(GraphBuilder target)
{
    private readonly GradientBuilder _builder = new(target);
    private readonly Dictionary<Node, ImmutableArray<Node>> _values = [];
    private readonly Dictionary<Node, ImmutableArray<Node?>> _tangents = [];

    public Node Value(Node original) => _values[original][0];

    /// <summary>The tangent of a value; null if it is zero.</summary>
    public Node? TangentOf(Node original) => _tangents[original][0];

    public void Give(Node original, Node value, Node? tangent) =>
        Set(original, ImmutableArray.Create(value), ImmutableArray.Create(tangent));

    public void Run(Graph graph)
    {
        foreach (Node node in graph.Nodes.Where(n => !_values.ContainsKey(n)))
        {
            if (node.Op is Repeat repeat)
            {
                Loop(node, repeat);
            }
            else if (node.Op is Item item)
            {
                Give(node, _values[node.Inputs[0]][item.Index], _tangents[node.Inputs[0]][item.Index]);
            }
            else
            {
                Node value = target.Add(node.Op, node.Inputs.Select(Value).ToImmutableArray());
                value.Label ??= node.Label;
                Give(node, value, Push(node, value));
            }
        }
    }

    private Node? Push(Node node, Node value)
    {
        Node?[] dx = node.Inputs.Select(TangentOf).ToArray();
        if (dx.All(d => d is null))
        {
            return null;
        }

        IGradientRule rule = node.Op as IGradientRule ?? throw new IrException($"{node.Op.Name} has no gradient rule.");
        ImmutableArray<Node?> carried = dx.Select((d, i) => rule.Carries(i) ? d : null).ToImmutableArray();
        return carried.All(d => d is null) ? null : rule.Push(value, carried, _builder);
    }

    /// <summary>A Repeat that carries, slices and collects tangents beside the values they belong to.</summary>
    private void Loop(Node node, Repeat repeat)
    {
        (ImmutableArray<bool> inputs, ImmutableArray<bool> outputs) =
            Activity.Varied(repeat, node.Inputs.Select(x => TangentOf(x) is not null).ToImmutableArray());
        var operands = new List<Node>();
        for (int i = 0; i < node.Inputs.Length; i++)
        {
            operands.Add(Value(node.Inputs[i]));
            if (inputs[i])
            {
                operands.Add(TangentOf(node.Inputs[i]) ?? _builder.Zero(Value(node.Inputs[i])));
            }
        }

        Graph body = Tangent.OfBody(repeat.Body, repeat.Carried, inputs, outputs);
        int carried = repeat.Carried + inputs.Take(repeat.Carried).Count(v => v);
        int sliced = repeat.Sliced + inputs.Skip(repeat.Carried).Take(repeat.Sliced).Count(v => v);
        Node loop = target.Add(repeat with { Body = body, Carried = carried, Sliced = sliced, Collected = body.Outputs.Length - carried }, operands.ToImmutableArray());
        loop.Label ??= node.Label;
        var values = ImmutableArray.CreateBuilder<Node>();
        var tangents = ImmutableArray.CreateBuilder<Node?>();
        int next = 0;
        for (int i = 0; i < outputs.Length; i++)
        {
            values.Add(target.Add(new Item(next++), loop));
            tangents.Add((i < repeat.Carried ? inputs[i] : outputs[i]) ? target.Add(new Item(next++), loop) : null);
        }

        Set(node, values.ToImmutable(), tangents.ToImmutable());
    }

    private void Set(Node original, ImmutableArray<Node> values, ImmutableArray<Node?> tangents)
    {
        _values[original] = values;
        _tangents[original] = tangents;
    }
}
