using System.Collections.Immutable;
using DeepGen.Generator.Emit;

namespace DeepGen.Generator.Lower;

/// <summary>
/// Where registers are wide, a convolution and the pool behind it are one kernel, if nobody else reads the image between them: a tile has the pixels of
/// whole windows, and stores of its sums what the pool is to make of them. Narrow registers hold so few windows that their tiles would wait for the weights.
/// </summary>
internal static class PooledProducts
{
    /// <summary>Vector operations for each sum and for each window: with them a tile's epilogue stays in registers.</summary>
    private const int MostOfSum = 2, MostOfWindow = 8;

    public static void Run(List<Statement> statements)
    {
        foreach (List<Statement> body in SampleLoops.Bodies(statements).ToList())
        {
            for (int i = 1; i < body.Count; i++)
            {
                if (body[i - 1] is KernelStatement { Occasion: Occasion.Always, Kernel: ContractKernel product }
                    && body[i] is KernelStatement { Occasion: Occasion.Always, Kernel: NestKernel pool }
                    && Pooled(product, pool) is { } pooled && AreAlone(product, pool, statements))
                {
                    (product.Where, pool.Where) = (Registers.Narrow, Registers.Narrow);
                    body.Insert(i - 1, new KernelStatement(pooled));
                    i++;
                }
            }
        }
    }

    /// <summary>Whether they are the only ones that know the image.</summary>
    private static bool AreAlone(ContractKernel product, NestKernel pool, List<Statement> statements)
    {
        Buffer image = product.Target.Buffer;
        return image.Memory == Memory.Workspace
            && product.Reads.All(v => v.Buffer != image && v.Buffer != pool.Target.Buffer)
            && statements.SelectMany(s => s.Kernels).Where(k => k.Views.Any(v => v.Buffer == image)).All(k => k == product || k == pool);
    }

    /// <summary>Null where the one is no product of pixels or the other does not reduce windows of them that lie apart.</summary>
    private static ContractKernel? Pooled(ContractKernel product, NestKernel pool)
    {
        bool isImage = product is { OuterExtents.Length: 1, Chains: 1 } && product.Columns.IsConstant
            && !product.Right.View.Buffer.IsPaired && KernelAxes.Of(product) is not null;
        if (!isImage || KernelAxes.Of(pool) is null || pool is not { Reduction: { } reduction, Element: LoadExpression { View: var read } }
            || Windows(product, pool, read) is not { } windows)
        {
            return null;
        }

        (int lines, int pixels) = (windows.Lines, windows.Pixels);
        bool fitsTile = lines * pixels is > 1 and var sums && sums <= TileRoom.Wide.Tallest && TileRoom.Wide.Tallest / sums * sums >= TileRoom.Wide.Shortest;
        bool isShort = OperationCost.Of(product.Result) <= MostOfSum && OperationCost.Of(pool.Result) <= MostOfWindow
            && product.Result.Loads().All(l => l.View.Strides[0] == 0 && l.View.Strides[1] == 0) && !pool.Result.Loads().Any();
        bool meetsAlike = lines == 1 || product.OverlapAlong(0) is not { } overlap || (lines == 2 && overlap.Rows >= overlap.OuterStep);
        if (!fitsTile || !isShort || !meetsAlike || TwinColumns.SpareMoreThanStores(product))
        {
            return null;
        }

        long line = product.Left.OuterStrides[0];
        return new ContractKernel(
            $"{product.Title}; {pool.Title}",
            pool.Target,
            Level.Sample,
            ImmutableArray.Create<Ir.Size>(windows.Rows),
            windows.Columns,
            product.Columns,
            product.Left with { OuterStrides = ImmutableArray.Create(lines * line), RowStride = pixels * product.Left.RowStride },
            product.Right,
            product.DepthExtents,
            product.Chains,
            product.PanelWidth,
            product.PanelStride,
            product.Result)
        {
            HasHalves = product.HasHalves,
            Overlaps = product.Overlaps,
            Taps = product.Taps,
            Window = new SumWindow(reduction, lines, pixels, line, product.Left.RowStride, pool.Result),
            Where = Registers.Wide,
        };
    }

    /// <summary>How windows lie in the image.</summary>
    private sealed record PoolWindows(int Rows, int Columns, int Lines, int Pixels);

    private static PoolWindows? Windows(ContractKernel product, NestKernel pool, View read)
    {
        View image = product.Target;
        (long line, long pixel) = (image.Strides[0], image.Strides[1]);
        int outer = pool.Extents.Length;
        int lines = 1, pixels = 1;
        for (int axis = 0; axis < pool.ReduceExtents.Length; axis++)
        {
            (int size, long stride) = (pool.ReduceExtents[axis].Value, read.Strides[outer + axis]);
            if (size > 1 && stride == line && lines == 1 && pixels == 1)
            {
                lines = size;
            }
            else if (size > 1 && stride == pixel && pixels == 1)
            {
                pixels = size;
            }
            else if (size > 1)
            {
                return null;
            }
        }

        bool isWhole = outer == 3 && pool.Extents[2] == product.Columns && image.Strides[2] == 1
            && read.Buffer == image.Buffer && read.Offset == image.Offset && read.Terms.SequenceEqual(image.Terms)
            && pool.Target.Strides[2] == 1
            && IsStep(pool.Extents[0].Value, read.Strides[0], lines * line, product.OuterExtents[0].Value / lines)
            && IsStep(pool.Extents[1].Value, read.Strides[1], pixels * pixel, product.Rows.Value / pixels)
            && read.Strides[2] == 1;
        return isWhole ? new PoolWindows(pool.Extents[0].Value, pool.Extents[1].Value, lines, pixels) : null;

        static bool IsStep(int count, long stride, long expected, int most) => count <= most && (count == 1 || stride == expected);
    }
}
