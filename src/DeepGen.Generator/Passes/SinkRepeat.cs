using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Passes;

/// <summary>
/// A carried value may lie in any layout if every iteration keeps it: then the transposes at the body's ends go. The layout
/// tried is the one the value arrives in, or else the one the body turns it into; it is kept if it leaves fewer transposes.
/// Collected values leave, and sliced values enter, in the layout they have.
/// </summary>
internal static class SinkRepeat
{
    public static ImmutableArray<LazyView> Through(TransposeSinker sinker, Node node, Repeat repeat, ImmutableArray<LazyView> x)
    {
        LayoutWishes wishes = sinker.WishesIn(repeat.Body);
        Layout[] natural = repeat.Body.Inputs.Select(i => Layout.Natural(i.Shape.Rank)).ToArray();
        Layout[] tried = x.Select((v, j) => Preferred(repeat, j, v, wishes.Of(repeat.Body.Inputs[j])) ?? natural[j]).ToArray();

        Attempt best = Try(sinker, repeat, x, tried);
        foreach (IEnumerable<int> given in GivenUp(repeat, tried))
        {
            Layout[] layouts = best.Layouts.Select((l, j) => given.Contains(j) ? natural[j] : l).ToArray();
            Attempt attempt = Try(sinker, repeat, x, layouts);
            best = attempt.Cost < best.Cost ? attempt : best;
        }

        return Write(sinker, node, repeat, x, best);
    }

    /// <summary>The carried values whose layout is worth a second thought: all together, then one by one.</summary>
    private static IEnumerable<IEnumerable<int>> GivenUp(Repeat repeat, Layout[] tried)
    {
        int[] turned = Enumerable.Range(0, repeat.Carried).Where(k => !tried[k].IsNatural).ToArray();
        return turned.Length > 1 ? turned.Select(k => new[] { k }).Prepend(turned) : turned.Select(k => new[] { k });
    }

    /// <summary>The layout an input of the body might have; null for the one it has.</summary>
    private static Layout? Preferred(Repeat repeat, int j, LazyView x, IReadOnlyList<EquatableArray<int>> wishes)
    {
        bool isSliced = j >= repeat.Carried && j < repeat.Carried + repeat.Sliced;
        if (isSliced)
        {
            bool keepsLead = x.IsTransposed && x.Order[0] == 0;
            return keepsLead ? new Layout(x.Order.Skip(1).Select(a => a - 1).ToEquatable(), null) : null;
        }

        bool isWaiting = x.IsTransposed && !x.IsPlain;
        if (j >= repeat.Carried)
        {
            // Written out in the body, a shared value would be transposed again in every iteration.
            return isWaiting && wishes.Contains(Permutation.Inverse(x.Order)) ? x.Layout : null;
        }

        return isWaiting ? x.Layout : wishes.Count > 0 ? new Layout(Permutation.Inverse(wishes[0]), null) : null;
    }

    private static Attempt Try(TransposeSinker sinker, Repeat repeat, ImmutableArray<LazyView> x, Layout[] layouts)
    {
        var isFixed = ParameterOnly.ForBody(repeat, j => x[j].IsPlain && sinker.IsFixed.Contains(x[j].Core));
        var outputs = repeat.Body.Outputs.Select((_, k) => k < repeat.Carried ? layouts[k] : null).ToImmutableArray();
        SunkGraph body = sinker.ForBody(isFixed).Sink(repeat.Body, layouts.ToImmutableArray(), outputs);
        long outside = x.Select((v, j) => (long)sinker.Layouts.Cost(v, Outside(repeat, j, layouts[j]))).Sum();
        return new Attempt(layouts, body, outside + (repeat.Count.Value * TransposeCount.Of(body.Graph, isFixed)));
    }

    private static ImmutableArray<LazyView> Write(TransposeSinker sinker, Node node, Repeat repeat, ImmutableArray<LazyView> x, Attempt chosen)
    {
        var operands = x.Select((v, j) => sinker.Layouts.Write(v, Outside(repeat, j, chosen.Layouts[j]))).ToImmutableArray();
        Node loop = Labels.Keep(node, sinker.Folding.Add(repeat with { Body = chosen.Body.Graph }, operands));
        return chosen.Body.Outputs
            .Select((l, k) => LazyView.Transposed(
                sinker.Folding.Add(new Item(k), loop), k < repeat.Carried ? l.Order : LayoutWishes.Stacked(l.Order)))
            .ToImmutableArray();
    }

    private static Layout Outside(Repeat repeat, int j, Layout inside) =>
        j >= repeat.Carried && j < repeat.Carried + repeat.Sliced ? new Layout(LayoutWishes.Stacked(inside.Order), null) : inside;

    private sealed record Attempt(Layout[] Layouts, SunkGraph Body, long Cost);
}
