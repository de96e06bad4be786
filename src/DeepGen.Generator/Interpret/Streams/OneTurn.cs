using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Passes;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Interpret.Streams;

/// <summary>A loop over time goes round once: what it carries is kept. What it begins with is read at the first step.</summary>
internal sealed class OneTurn(StreamSweep around, Node node, Repeat repeat)
{
    private readonly GraphBuilder _builder = around.Builder;
    private Node? _begun;

    public ImmutableArray<Node> Run()
    {
        var values = new Dictionary<Node, Node>();
        var kept = new List<Node>();
        for (int i = 0; i < repeat.Body.Inputs.Length; i++)
        {
            Node input = repeat.Body.Inputs[i];
            Node outer = node.Inputs[i];
            if (i < repeat.Carried)
            {
                float? constant = Uniform.Of(outer);
                kept.Add(around.Scope.Keep(input.Type, constant ?? 0, ""));
                values.Add(input, constant is null ? OnceBegun(kept[i], outer) : kept[i]);
                continue;
            }

            bool isSliced = i < repeat.Carried + repeat.Sliced;
            Node told = around.Of(outer);
            values.Add(input, isSliced ? _builder.Add(new Reshape(input.Shape), told) : told);
        }

        foreach (Node inner in repeat.Body.Nodes.Where(n => n.Op is not Input))
        {
            if (inner.Types.Any(t => around.Axes(t.Shape).Length > 0))
            {
                throw new NoStreamException(inner);
            }

            values.Add(inner, _builder.Add(inner.Op, inner.Inputs.Select(i => values[i]).ToArray()));
        }

        ImmutableArray<Node> results = repeat.Body.Outputs.Select(o => values[o.Node]).ToImmutableArray();
        for (int i = 0; i < repeat.Carried; i++)
        {
            around.Scope.Update(kept[i], results[i]);
        }

        return results.Select((r, i) => i < repeat.Carried ? r : _builder.Add(new Reshape(Shape.Of(r.Shape.Prepend(1))), r)).ToImmutableArray();
    }

    /// <summary>What was kept, from the second step on; before that, what is given, which must not depend on what comes.</summary>
    private Node OnceBegun(Node kept, Node given)
    {
        if (!around.IsTimeless(given))
        {
            throw new NoStreamException(node);
        }

        if (_begun is null)
        {
            _begun = around.Scope.Keep(TensorType.Float(Shape.Of(Size.Batch)), 0, "");
            around.Scope.Update(_begun, _builder.Add(new Broadcast(_begun.Shape, EquatableArray<int>.Empty), _builder.Add(Constant.Of(1))));
        }

        Node isKept = _builder.Add(new Broadcast(kept.Shape, EquatableArray.Of(kept.Shape.Sizes.IndexOf(Size.Batch))), _begun);
        return _builder.Add(new Select(), isKept, kept, around.Of(given));
    }
}
