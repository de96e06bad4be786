using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Passes;

/// <summary>Operations along named axes work on a transposed value by taking the core's axes instead: f_a(transpose x) =
/// transpose(f_p(a)(x)).</summary>
internal static class SinkAxes
{
    /// <summary>Null for an operation that wants its operand as it is.</summary>
    public static LazyView? Past(FoldingBuilder folding, Primitive op, LazyView x) => op switch
    {
        Elementwise or Concat => null,
        Reduce reduce => Past(folding, reduce, x),
        Broadcast broadcast => Past(folding, broadcast, x),
        Slice slice => Same(folding, slice with { Axis = x.Order[slice.Axis] }, x),
        Reverse => Same(folding, new Reverse(x.Order[((Reverse)op).Axis]), x),
        Pad pad => Same(folding, pad with { Before = ToCore(pad.Before, x), After = ToCore(pad.After, x) }, x),
        _ => null,
    };

    private static LazyView Same(FoldingBuilder folding, Primitive op, LazyView x) =>
        LazyView.Transposed(folding.Add(op, x.Core), x.Order);

    private static EquatableArray<int> ToCore(EquatableArray<int> widths, LazyView x) =>
        Permutation.Inverse(x.Order).Select(axis => widths[axis]).ToEquatable();

    private static LazyView Past(FoldingBuilder folding, Reduce op, LazyView x)
    {
        int[] gone = op.Axes.Select(axis => x.Order[axis]).OrderBy(a => a).ToArray();
        Node core = folding.Add(op with { Axes = gone.ToEquatable() }, x.Core);
        var order = x.Order.Where((_, axis) => !op.Axes.Contains(axis)).Select(a => a - gone.Count(g => g < a));
        return LazyView.Transposed(core, order.ToEquatable());
    }

    /// <summary>A new axis lies right behind the axis it follows in the target, so that an upsampled (H, 2, W, 2) stays together.</summary>
    private static LazyView Past(FoldingBuilder folding, Broadcast op, LazyView x)
    {
        var places = Permutation.Inverse(x.Order).Select(axis => op.Axes[axis]).ToList();
        var own = new HashSet<int>(places);
        for (int axis = 0; axis < op.Target.Rank; axis++)
        {
            if (!own.Contains(axis))
            {
                places.Insert(places.IndexOf(axis - 1) + 1, axis);
            }
        }

        var axes = Enumerable.Range(0, places.Count).Where(i => own.Contains(places[i])).ToEquatable();
        Node core = folding.Add(new Broadcast(op.Target.Permute(places), axes), x.Core);
        return LazyView.Transposed(core, Permutation.Inverse(places.ToEquatable()));
    }
}
