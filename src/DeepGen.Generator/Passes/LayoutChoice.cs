using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Passes;

/// <summary>
/// Where several operands meet, all must lie alike. The layout is the one that adds the fewest transposes; if two add as
/// many, one that a later user wishes for; if nobody wishes, transposes move on only when that costs nothing here.
/// </summary>
internal static class LayoutChoice
{
    public static LazyView Join(TransposeSinker sinker, Primitive op, ImmutableArray<LazyView> x, IReadOnlyList<EquatableArray<int>> wishes)
    {
        // A flattened value has no axes to concatenate along, so only elementwise operations keep its layout.
        Layout best = x.Select(v => v.Layout)
            .Where(l => op is Elementwise || l.Grid is null)
            .Append(Layout.Natural(x[0].Shape.Rank))
            .Distinct()
            .OrderBy(l => Rank(sinker, x, l, wishes))
            .First();

        ImmutableArray<Node> cores = x.Select(v => sinker.Layouts.Write(v, best)).ToImmutableArray();
        if (op is Concat concat)
        {
            return LazyView.Transposed(sinker.Folding.Add(new Concat(best.Order[concat.Axis]), cores), best.Order);
        }

        return new LazyView(sinker.Folding.Add(op, cores), best, x[0].Shape);
    }

    private static int Rank(TransposeSinker sinker, ImmutableArray<LazyView> x, Layout layout, IReadOnlyList<EquatableArray<int>> wishes)
    {
        int cost = x.Sum(v => sinker.Layouts.Cost(v, layout));
        bool isWished = layout.Grid is null && !layout.IsNatural && wishes.Contains(Permutation.Inverse(layout.Order));
        bool isEasiest = layout.IsNatural == (cost > 0);
        return (cost * 4) + (isWished ? 0 : 2) + (isEasiest ? 0 : 1);
    }
}
