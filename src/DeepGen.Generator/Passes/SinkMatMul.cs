using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Passes;

/// <summary>
/// flatten(transpose x)·W = flatten(x)·W', where the rows of W' are those of W in the core's order. W depends on parameters
/// alone, so the permutation happens once, when weights are prepared.
/// </summary>
internal static class SinkMatMul
{
    public static LazyView Past(TransposeSinker sinker, MatMul product, LazyView a, LazyView b)
    {
        Node w = sinker.Layouts.Write(b);
        int last = a.Shape.Rank - 1;
        if (w.Shape.Rank == 2 && a.IsTransposed && a.Order[last] == last)
        {
            return LazyView.Transposed(sinker.Folding.Add(product, a.Core, w), a.Order);
        }

        if (w.Shape.Rank == 2 && sinker.IsFixed.Contains(w) && EndsFlattened(a))
        {
            return Flattened(sinker.Folding, a, w, last);
        }

        return LazyView.Of(sinker.Folding.Add(product, sinker.Layouts.Write(a), w));
    }

    /// <summary>The leading axes lie in front in the core; the last axis is all the others of the core, in any order.</summary>
    private static bool EndsFlattened(LazyView a)
    {
        int last = a.Shape.Rank - 1;
        return a.Layout.Grid is { } grid
            && a.Order.Take(last).All(axis => axis < last)
            && a.Order.Take(last).Select(axis => grid[axis]).SequenceEqual(a.Shape.Take(last));
    }

    private static LazyView Flattened(FoldingBuilder folding, LazyView a, Node w, int last)
    {
        Size rows = w.Shape[0];
        Size columns = w.Shape[1];
        ImmutableArray<int> inValue = a.Order.Skip(last).ToImmutableArray();
        int rank = inValue.Length;

        Node split = folding.Add(new Reshape(Shape.Of(inValue.Select(axis => a.Core.Shape[axis]).Append(columns))), w);
        var toCore = Permutation.Inverse(inValue.Select(axis => axis - last).ToEquatable()).Append(rank).ToEquatable();
        Node permuted = folding.Add(new Reshape(Shape.Of(rows, columns)), folding.Add(new Transpose(toCore), split));

        Node x = folding.Add(new Reshape(Shape.Of(a.Core.Shape.Take(last).Append(rows))), a.Core);
        return LazyView.Transposed(folding.Add(new MatMul(), x, permuted), a.Order.Take(last).Append(last).ToEquatable());
    }
}
