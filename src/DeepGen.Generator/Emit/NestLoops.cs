using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Lower;

namespace DeepGen.Generator.Emit;

/// <summary>One loop of a nest: several axes of the kernel where they lie end to end in every view.</summary>
internal sealed class NestAxis(string name, Size size, int innermost, bool isTargetRow, View target)
{
    public string Name { get; } = name;

    public Size Size { get; } = size;

    /// <summary>How many elements at most.</summary>
    public int Extent => Size.Value;

    /// <summary>How many elements, in emitted code.</summary>
    public string Count => SizeText.Of(Size);

    /// <summary>Whether its elements are a whole row of the target, so that the row's padding may be written.</summary>
    public bool IsTargetRow { get; } = isTargetRow;

    public long TargetStride => Stride(target);

    public long Stride(LoadExpression load) => Stride(load.View);

    /// <summary>The distance of neighbours; 0 in a view that has no such axis (an epilogue's view of a reduced one).</summary>
    public long Stride(View view) => innermost < view.Strides.Length ? view.Strides[innermost] : 0;
}

/// <summary>The loops of a nest kernel: axes of size 1 dropped, neighbours merged, and the axis for the lanes chosen.</summary>
internal sealed record NestLoops(ImmutableArray<NestAxis> Axes, ImmutableArray<NestAxis> ReduceAxes, NestAxis? Vector, bool SumsLanes)
{
    public static NestLoops Plan(NestKernel kernel)
    {
        var loads = kernel.Reads.ToList();
        int rank = kernel.Extents.Length;
        ImmutableArray<NestAxis> axes = Merge(kernel, 0, kernel.Extents, "i", loads.Concat(kernel.Targets).ToList());
        ImmutableArray<NestAxis> reduceAxes = Merge(kernel, rank, kernel.ReduceExtents, "k", kernel.Element.Loads().Select(l => l.View).ToList());

        NestAxis? alongTarget = axes.Where(a => kernel.Targets.All(t => a.Stride(t) == 1)).OrderByDescending(a => a.Extent).FirstOrDefault();
        NestAxis? alongSum = reduceAxes.Where(a => loads.Any(v => a.Stride(v) == 1)).OrderByDescending(a => a.Extent).FirstOrDefault();
        int Contiguous(NestAxis axis) => kernel.Element.Loads().Count(l => axis.Stride(l) == 1);
        bool sumsLanes = alongSum is not null && (alongTarget is null || Contiguous(alongSum) > Contiguous(alongTarget));
        return new NestLoops(axes, reduceAxes, sumsLanes ? alongSum : alongTarget, sumsLanes);
    }

    private static ImmutableArray<NestAxis> Merge(NestKernel kernel, int first, ImmutableArray<Size> extents, string prefix, List<View> views)
    {
        var merged = new List<(Size Extent, int Innermost)>();
        for (int i = 0; i < extents.Length; i++)
        {
            int axis = first + i;
            if (extents[i] == (Size)1)
            {
                continue;
            }

            if (merged.Count > 0)
            {
                (Size extent, int outer) = merged[merged.Count - 1];
                if (extent.IsConstant && extents[i].IsConstant && views.All(v => Stride(v, outer) == Stride(v, axis) * extents[i].Value))
                {
                    merged[merged.Count - 1] = (extent.Value * extents[i].Value, axis);
                    continue;
                }
            }

            merged.Add((extents[i], axis));
        }

        int lastRow = kernel.Extents.Length - 1;
        return merged.Select((m, i) => new NestAxis(
            prefix + NumberText.Of(i),
            m.Extent,
            m.Innermost,
            isTargetRow: first == 0 && m.Innermost == lastRow,
            kernel.Target)).ToImmutableArray();
    }

    private static long Stride(View view, int axis) => axis < view.Strides.Length ? view.Strides[axis] : 0;
}
