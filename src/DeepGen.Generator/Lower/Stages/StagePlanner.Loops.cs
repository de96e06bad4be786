using System.Collections.Immutable;
using System.Globalization;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Lower;

/// <summary>A loop that adds up samples in its body is a loop of stages: each iteration goes through all stages of the body.</summary>
internal sealed partial class StagePlanner
{
    /// <summary>Carried values live in two halves that take turns: an iteration reads one and writes the other.</summary>
    private View FirstHalf(Node loop, int index)
    {
        if (!_halves.TryGetValue((loop, index), out View half))
        {
            var repeat = (Repeat)loop.Op;
            Node inside = repeat.Body.Inputs[index];
            bool hasSamples = BatchSums.HasSamples(inside);
            Border border = repeat.Body.Nodes.Where(n => n.Inputs.Length > 0 && n.Inputs[0] == inside)
                .Select(Border.Around).Where(b => b is not null).Aggregate(default(Border), (all, b) => all.Union(b!.Value));
            half = hasSamples ? _memory.NewKept(inside.Shape, border, copies: 2) : _memory.NewValue(inside.Shape, copies: 2);
            _halves.Add((loop, index), half);
        }

        return half;
    }

    private static long HalfLength(View half) => half.Buffer.Length / 2;

    private View CarriedResult(Node item)
    {
        Node loop = item.Inputs[0];
        View half = FirstHalf(loop, ((Item)item.Op).Index);
        return Turns((Repeat)loop.Op) % 2 == 0 ? half : half with { Offset = half.Offset + HalfLength(half) };
    }

    private LoopStage Loop(Node loop)
    {
        var repeat = (Repeat)loop.Op;
        var variable = new LoopVariable("l" + _depth.ToString(CultureInfo.InvariantCulture));
        var views = new Dictionary<Node, View>();
        var weights = new Dictionary<Node, WeightValue>();
        var places = new List<View>();
        for (int j = 0; j < repeat.Carried; j++)
        {
            View half = FirstHalf(loop, j);
            long distance = HalfLength(half);
            views.Add(repeat.Body.Inputs[j], half with { Terms = half.Terms.Add(new AddressTerm(variable, distance, Alternates: true)) });
            places.Add(half with
            {
                Offset = half.Offset + distance,
                Terms = half.Terms.Add(new AddressTerm(variable, -distance, Alternates: true)),
            });
            Copy(loop.Inputs[j], half);
        }

        for (int j = repeat.Carried; j < loop.Inputs.Length; j++)
        {
            bool isSliced = j < repeat.Carried + repeat.Sliced;
            Node outer = loop.Inputs[j];
            Node inner = repeat.Body.Inputs[j];
            if (WeightOf(outer) is { } weight)
            {
                weights.Add(inner, isSliced ? weight with { Slices = weight.Slices.Add(variable) } : weight);
            }
            else
            {
                View view = PlaceOf(outer);
                views.Add(inner, isSliced ? view.At(variable) : view);
            }
        }

        for (int k = repeat.Carried; k < loop.Types.Length; k++)
        {
            // A result that nobody asked for still needs a place.
            Node? item = _graph.Nodes.FirstOrDefault(n => n.Op is Item i && i.Index == k && n.Inputs[0] == loop);
            View stack = item is not null ? PlaceOf(item)
                : BatchSums.HasSamples(loop.Types[k]) ? _memory.NewKept(loop.Types[k].Shape, default) : _memory.NewValue(loop.Types[k].Shape);
            places.Add(stack.At(variable));
        }

        return new LoopStage(variable, Turns(repeat), new StagePlanner(repeat.Body, _memory, views, weights, _depth + 1).Plan(places));
    }

    private WeightValue? WeightOf(Node node) =>
        _weights.TryGetValue(node, out WeightValue weight) ? weight
        : node.Op is Parameter or Constant ? new WeightValue(node, ImmutableArray<LoopVariable>.Empty)
        : null;

    private static int Turns(Repeat repeat) => repeat.Count.IsConstant
        ? repeat.Count.Value
        : throw new IrException($"A loop of {repeat.Count} iterations would need as many stages, a number that is known at run time only.");
}
