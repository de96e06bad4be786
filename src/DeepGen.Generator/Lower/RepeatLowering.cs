using System.Collections.Immutable;
using System.Globalization;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Lower;

/// <summary>
/// A Repeat is a loop around the kernels of its body. A carried value lives in two halves that take turns: an iteration
/// reads one and writes the other, so nothing is copied between iterations.
/// </summary>
internal sealed partial class GraphLowering
{
    private readonly Dictionary<Node, ImmutableArray<View>> _repeatResults = [];

    private ImmutableArray<View> LowerRepeat(Scope scope, Node node)
    {
        if (_repeatResults.TryGetValue(node, out ImmutableArray<View> results))
        {
            return results;
        }

        var op = (Repeat)node.Op;
        var variable = new LoopVariable("i" + (++_repeats).ToString(CultureInfo.InvariantCulture));
        var body = new Scope(op.Body);
        var final = ImmutableArray.CreateBuilder<View>();
        var places = new List<View>();
        var whereNarrow = new List<View?>();
        for (int i = 0; i < op.Carried; i++)
        {
            whereNarrow.Add(null);
            Carry(scope, node.Inputs[i], body, op.Body.Inputs[i], op.Count, variable, places, final);
        }

        for (int i = op.Carried; i < op.Body.Inputs.Length; i++)
        {
            bool sliced = i < op.Carried + op.Sliced;
            Node outer = node.Inputs[i];
            Node inner = op.Body.Inputs[i];
            if (scope.Weights.TryGetValue(outer, out WeightValue weight))
            {
                body.Weights[inner] = sliced ? weight with { Slices = weight.Slices.Add(variable) } : weight;
            }
            else
            {
                View view = ViewOf(scope, outer);
                body.Views[inner] = sliced ? view.At(variable) : view;
            }
        }

        foreach (Node leaf in op.Body.Nodes.Where(n => n.Op is Parameter or Constant && _weights is not null))
        {
            body.Weights[leaf] = new WeightValue(leaf, ImmutableArray<LoopVariable>.Empty);
        }

        for (int i = 0; i < op.Collected; i++)
        {
            int index = op.Carried + i;
            Node? item = scope.Places.Keys.FirstOrDefault(n => n.Op is Item place && place.Index == index && n.Inputs[0] == node);
            View collected = item is null ? NewView(node.Types[index].Shape, default) : scope.Places[item];
            places.Add(collected.At(variable));
            whereNarrow.Add(item is not null && scope.WhereNarrow.TryGetValue(item, out View narrow) ? narrow.At(variable) : null);
            final.Add(collected);
        }

        EmitLoop(variable, op.Count, Title(node), () => LowerScope(body, places, whereNarrow));
        results = final.ToImmutable();
        _repeatResults.Add(node, results);
        return results;
    }

    private void Carry(
        Scope scope, Node initial, Scope body, Node inside, Size count, LoopVariable variable, List<View> places, ImmutableArray<View>.Builder final)
    {
        Shape shape = inside.Shape;
        Border border = body.BorderOf(inside);
        View half = NewView(shape, border);
        Buffer single = half.Buffer;
        _buffers.Remove(single);
        var pair = new Buffer(Memory.Workspace, 0, Lanes.RoundUp(single.Length) * 2)
        {
            HasSamples = single.HasSamples,
            Borders = single.Borders is null ? null : "pair " + single.Borders,
        };
        _buffers.Add(pair);
        long distance = Lanes.RoundUp(single.Length);
        View first = half with { Buffer = pair };

        // The initial value is put where iteration 0 reads.
        EmitNest("start " + Title(inside), shape, first, Shape.Scalar, null, Leaf(scope, initial), null);
        body.Views[inside] = first with { Terms = first.Terms.Add(new AddressTerm(variable, distance, Alternates: true)) };
        places.Add(first with
        {
            Offset = first.Offset + distance,
            Terms = first.Terms.Add(new AddressTerm(variable, -distance, Alternates: true)),
        });
        final.Add(AfterTurns(first, count, distance));
    }

    /// <summary>The half that holds a carried value after so many turns.</summary>
    private static View AfterTurns(View first, Size count, long distance)
    {
        if (count.IsConstant)
        {
            return first with { Offset = first.Offset + (count.Value % 2 * distance) };
        }

        long step = count.Offset % 2 == 0 ? distance : -distance;
        return first with
        {
            Offset = first.Offset + (step < 0 ? distance : 0),
            Terms = first.Terms.Add(new AddressTerm(LoopVariable.Of(count), step, Alternates: true)),
        };
    }
}
