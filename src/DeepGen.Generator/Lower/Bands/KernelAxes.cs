using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Lower;

/// <summary>A tensor that a kernel goes through, whose view has all of the kernel's axes.</summary>
internal sealed record Access(View View, bool IsWritten);

/// <summary>The axes of a kernel's loops, what it goes through along them, and the kernel that does a piece of one of them.</summary>
internal static class KernelAxes
{
    /// <summary>How far each axis goes; null for a kernel that is not cut into pieces.</summary>
    public static ImmutableArray<int>? Of(Kernel kernel)
    {
        IEnumerable<Size>? sizes = kernel switch
        {
            NestKernel { WhereNarrow: null, Running: null, Above: null } nest => nest.Extents.Concat(nest.ReduceExtents),
            ContractKernel { Level: Level.Sample, Right.View.Buffer.Memory: Memory.Weights, Scratch: null, Lists: null, HasRowBlocks: false, Triangle: Triangle.None } product =>
                product.OuterExtents.Append(product.Rows).Append(product.Columns).Concat(product.DepthExtents),
            _ => null,
        };
        return sizes is null || kernel.IsParted || !sizes.All(s => s.IsConstant) ? null : sizes.Select(s => s.Value).ToImmutableArray();
    }

    /// <summary>All it goes through but weights, which nobody changes meanwhile.</summary>
    public static IEnumerable<Access> Accesses(Kernel kernel)
    {
        int axes = Of(kernel)!.Value.Length;
        if (kernel is ContractKernel product)
        {
            yield return new Access(
                product.Left.View with { Strides = product.Left.OuterStrides.Add(product.Left.RowStride).Add(0).AddRange(product.Left.DepthStrides) }, false);
        }

        foreach (View view in kernel is ContractKernel contract ? contract.Result.Loads().Select(l => l.View) : kernel.Reads)
        {
            yield return new Access(Padded(view, axes), false);
        }

        foreach (View view in kernel.Targets)
        {
            yield return new Access(Padded(view, axes), true);
        }
    }

    /// <summary>Whether pieces along an axis, one after the other, are the whole: of a sum's axis, if what it adds to is where it adds.</summary>
    public static bool MayCut(Kernel kernel, int axis) => kernel switch
    {
        ContractKernel product => axis < product.OuterExtents.Length && !product.MovesAlong(axis),
        NestKernel nest => axis < nest.Extents.Length ? nest.Targets.All(t => t.Strides[axis] > 0) : IsGrowing(nest),
        _ => false,
    };

    /// <summary>The same over fewer steps of an axis, each tensor moved to where they begin.</summary>
    /// <param name="move">The place of a tensor, given how far a step moves in it.</param>
    public static Kernel Cut(Kernel kernel, int axis, int size, LoopVariable counter, Func<View, long, View> move)
    {
        if (kernel is NestKernel nest)
        {
            Func<Expression, Expression> moved = ExpressionRewrite.Over(nest.Results.Append(nest.Element), Moved);
            int reduced = axis - nest.Extents.Length;
            return new NestKernel(
                nest.Title,
                Moved(nest.Target),
                reduced < 0 ? nest.Extents.SetItem(axis, size) : nest.Extents,
                reduced < 0 ? nest.ReduceExtents : nest.ReduceExtents.SetItem(reduced, size),
                nest.Reduction,
                moved(nest.Element),
                moved(nest.Result))
            {
                Others = nest.Others.Select(o => new NestOutput(Moved(o.Target), moved(o.Result))).ToImmutableArray(),
            };
        }

        var product = (ContractKernel)kernel;
        return new ContractKernel(
            product.Title,
            Moved(product.Target),
            product.Level,
            product.OuterExtents.SetItem(axis, size),
            product.Rows,
            product.Columns,
            product.Left with { View = move(product.Left.View, product.Left.OuterStrides[axis]) },
            product.Right,
            product.DepthExtents,
            product.Chains,
            product.PanelWidth,
            product.PanelStride,
            ExpressionRewrite.MapViews(product.Result, Moved))
        {
            HasHalves = product.HasHalves,
            Overlaps = product.Overlaps.Select((o, i) => i == axis && o is not null ? o with { From = new AddressTerm(counter, size * o.OuterStep, Alternates: false) } : o).ToImmutableArray(),
            Taps = product.Taps,
        };

        View Moved(View view) => move(view, axis < view.Strides.Length ? view.Strides[axis] : 0);
    }

    private static bool IsGrowing(NestKernel nest) =>
        nest.Reduction == Reduction.Sum && nest.Others.IsEmpty
        && nest.Result is OperationExpression { Op: ScalarOp.Add } sum
        && sum.Arguments.OfType<AccumulatorExpression>().Count() == 1
        && sum.Arguments.OfType<LoadExpression>().SingleOrDefault() is { } before && before.View.IsSame(nest.Target);

    private static View Padded(View view, int axes) => view with { Strides = view.Strides.AddRange(new long[axes - view.Strides.Length]) };
}
