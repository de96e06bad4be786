using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Lower;
using DeepGen.Generator.Ops;

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

    /// <summary>The last of the kernel's axes that it consists of.</summary>
    public int Innermost { get; } = innermost;

    /// <summary>Whether its elements are a whole row of the target, so that the row's padding may be written.</summary>
    public bool IsTargetRow { get; } = isTargetRow;

    public long TargetStride => Stride(target);

    public long Stride(LoadExpression load) => Stride(load.View);

    /// <summary>The distance of neighbours; 0 in a view that has no such axis (an epilogue's view of a reduced one).</summary>
    public long Stride(View view) => Innermost < view.Strides.Length ? view.Strides[Innermost] : 0;
}

/// <summary>The loops of a nest kernel: axes of size 1 dropped, neighbours merged, and the axis for the lanes chosen.</summary>
internal sealed record NestLoops(ImmutableArray<NestAxis> Axes, ImmutableArray<NestAxis> ReduceAxes, NestAxis? Vector, bool SumsLanes)
{
    /// <summary>The axis that ends the vectorised one, beyond which nothing is computed; null where all is.</summary>
    public NestAxis? Row { get; private init; }

    public static NestLoops Plan(NestKernel kernel)
    {
        var loads = kernel.Reads.ToList();
        int rank = kernel.Extents.Length;
        ImmutableArray<NestAxis> axes = Merge(kernel, 0, kernel.Extents, "i", loads.Concat(kernel.Targets).ToList());
        NestAxis? row = kernel.Above is null ? null : axes.FirstOrDefault(a => a.Innermost == RowOf(kernel));
        ImmutableArray<NestAxis> reduceAxes = Merge(kernel, rank, kernel.ReduceExtents, "k", kernel.Element.Loads().Select(l => l.View).ToList());

        // A sum has the same order in a step of a stream, where the axis that is time is not there.
        bool isSum = kernel.Reduction == Reduction.Sum;
        NestAxis? alongTarget = axes.Where(a => kernel.Targets.All(t => a.Stride(t) == 1) && !(isSum && a.Size.IsOpen)).OrderByDescending(a => a.Extent).FirstOrDefault();
        NestAxis? alongSum = reduceAxes.Where(a => loads.Any(v => a.Stride(v) == 1)).OrderByDescending(a => a.Extent).FirstOrDefault();
        int Contiguous(NestAxis axis) => kernel.Element.Loads().Count(l => axis.Stride(l) == 1);
        int Strided(NestAxis axis) => kernel.Element.Loads().Count(l => axis.Stride(l) is not (0 or 1));
        bool sumsLanes = alongSum is not null && (alongTarget is null || Strided(alongTarget) > Strided(alongSum)
            || (Strided(alongTarget) == Strided(alongSum) && Contiguous(alongSum) > Contiguous(alongTarget)));
        NestAxis? vector = sumsLanes ? alongSum : alongTarget;
        bool isColumn = vector is not null && vector == (kernel.Reduction is null ? axes.Last() : reduceAxes.LastOrDefault());
        return new NestLoops(axes, reduceAxes, vector, sumsLanes) { Row = isColumn && sumsLanes == kernel.Reduction is not null ? row : null };
    }

    /// <summary>The axis of the kernel that counts rows.</summary>
    private static int RowOf(NestKernel kernel) => kernel.Extents.Length - (kernel.Reduction is null ? 2 : 1);

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

            // Rows and columns that are compared with each other stay what they are.
            bool staysApart = kernel.Above is not null && first == 0 && (i == RowOf(kernel) || i == RowOf(kernel) + 1);
            if (merged.Count > 0 && !staysApart)
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
