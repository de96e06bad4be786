using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Passes;

/// <summary>
/// A Reshape of a transposed value is a Reshape of its core, group of axes by group, as far as the axes of a group are
/// neighbours in the core too. A group that is flattened but lies otherwise in the core, (C, H, W) kept as (H, W, C), stays
/// as it lies and the view remembers its Grid: MatMul can take that.
/// </summary>
internal static class SinkReshape
{
    public static LazyView Past(TransposeSinker sinker, Reshape op, LazyView x)
    {
        var cells = new List<Cell>();
        bool isFlattened = false;
        foreach (AxisGroup group in ReshapeGroups.Between(x.Core.Shape.Permute(x.Order), op.Target))
        {
            int[] axes = x.Order.Skip(group.From).Take(group.FromCount).ToArray();
            if (axes.Length == 0)
            {
                cells.Add(new Cell(cells.Count == 0 ? 0 : cells[cells.Count - 1].Place, 1));
            }
            else if (IsRun(axes))
            {
                cells.AddRange(Enumerable.Range(group.To, group.ToCount).Select(axis => new Cell(axes[0], op.Target[axis])));
            }
            else if (group.ToCount == 1)
            {
                isFlattened = true;
                cells.AddRange(axes.Select(axis => new Cell(axis, x.Core.Shape[axis])));
            }
            else
            {
                return LazyView.Of(sinker.Folding.Add(op, sinker.Layouts.Write(x)));
            }
        }

        EquatableArray<int> sorting = Permutation.Sorting(cells.Select(c => c.Place).ToArray());
        var grid = Shape.Of(sorting.Select(i => cells[i].Size));
        var layout = new Layout(Permutation.Inverse(sorting), isFlattened ? grid : null);
        return new LazyView(sinker.Folding.Add(new Reshape(grid), x.Core), layout, op.Target);
    }

    private static bool IsRun(int[] axes)
    {
        for (int i = 1; i < axes.Length; i++)
        {
            if (axes[i] != axes[i - 1] + 1)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>An axis of the new core, in the value's order: it lies where core axis Place lay.</summary>
    private readonly record struct Cell(int Place, Size Size);
}
