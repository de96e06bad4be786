using System.Collections.Immutable;
using DeepGen.Generator.Emit;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Lower;

/// <summary>
/// Nests that follow one another in a loop over samples and go through the same rows, which registers hold, are one kernel: a softmax with
/// its loss and its gradient, a normalisation. What nobody else reads of their values is not written.
/// </summary>
internal static class JoinRows
{
    /// <summary>Vector operations for a row, in line in one method.</summary>
    private const int MostOperations = 120;

    private const int MostVectors = 8;

    /// <summary>Each has a letter in the emitted text.</summary>
    private const int MostSteps = 12;

    /// <summary>Operations on what a row has one of are done in all lanes: with many rows, a kernel of its own does sixteen of them at a time.</summary>
    private const int MostOfOne = 6;

    public static void Run(List<Statement> statements)
    {
        List<List<Statement>> bodies = SampleLoops.Bodies(statements);
        bodies.ForEach(Join);
        HashSet<Buffer> read = statements.BuffersRead();
        bodies.ForEach(b => DropUnread(b, read));
    }

    private static void Join(List<Statement> statements)
    {
        for (int first = 0; first < statements.Count; first++)
        {
            if (Nest(statements, first) is { } nest && RowsOf(nest) is { } rows && Longest(statements, first, rows) is var steps
                && steps.Count > 1 && steps.Any(s => s.Reduction is not null))
            {
                IEnumerable<string> titles = Enumerable.Range(first, steps.Count).SelectMany(i => Nest(statements, i)!.Title.Split([", "], StringSplitOptions.None));
                var kernel = new RowsKernel(string.Join(", ", titles.Distinct()), rows.Outer, rows.Length, steps.ToImmutableArray());
                statements.RemoveRange(first, steps.Count);
                statements.Insert(first, new KernelStatement(kernel));
            }
        }
    }

    private static NestKernel? Nest(List<Statement> statements, int index) =>
        index < statements.Count && statements[index] is KernelStatement { Kernel: NestKernel nest } ? nest : null;

    /// <summary>The steps from a statement on that may be one kernel.</summary>
    private static List<RowStep> Longest(List<Statement> statements, int first, RowShape rows)
    {
        var steps = new List<RowStep>();
        int operations = 0;
        while (steps.Count < MostSteps && Nest(statements, first + steps.Count) is { } nest && rows.Step(nest) is { } step && IsSafe(steps, step, rows))
        {
            operations += step.Operations(RowsKernel.VectorsOf(rows.Length));
            if (operations > MostOperations)
            {
                break;
            }

            steps.Add(step);
        }

        return steps;
    }

    /// <summary>The rows a nest goes through, if they are short, and long enough to fill the lanes of most vectors.</summary>
    private static RowShape? RowsOf(NestKernel nest)
    {
        List<Size> axes = [.. nest.Extents.Where(SizeText.IsLoop)];
        List<Size> reduced = [.. nest.ReduceExtents.Where(SizeText.IsLoop)];
        List<Size> along = nest.Reduction is null ? axes : reduced;
        if (along.Count == 0 || (nest.Reduction is not null && along.Count > 1) || along.Last() is not { IsConstant: true, Value: var length })
        {
            return null;
        }

        ImmutableArray<Size> outer = (nest.Reduction is null ? axes.Take(axes.Count - 1) : axes).ToImmutableArray();
        return length <= MostVectors * Lanes.Count && (length > Lanes.Half || outer.IsEmpty) ? new RowShape(outer, length) : null;
    }

    /// <summary>Whether a step reads of what others write in its own row alone, and writes nothing they read or write.</summary>
    private static bool IsSafe(List<RowStep> others, RowStep step, RowShape rows)
    {
        List<View> written = [.. others.SelectMany(s => s.Outputs).Select(o => o.Target)];
        List<View> read = [.. others.SelectMany(s => s.Loads)];
        List<View> targets = [.. step.Outputs.Select(o => o.Target)];
        return step.Loads.All(v => written.All(w => w.IsSame(v) || !JoinMaps.MayMeet(w, v, rows.Extents)))
            && targets.All(t => written.Concat(read).All(v => !JoinMaps.MayMeet(t, v, rows.Extents)));
    }

    private static void DropUnread(List<Statement> statements, HashSet<Buffer> read)
    {
        for (int i = 0; i < statements.Count; i++)
        {
            if (statements[i] is KernelStatement { Kernel: RowsKernel kernel })
            {
                RowOutput Output(RowOutput o) => o with { IsStored = o.Target.Buffer.Memory != Memory.Workspace || read.Contains(o.Target.Buffer) };
                IEnumerable<RowStep> steps = kernel.Steps.Select(s => s with { Outputs = s.Outputs.Select(Output).ToImmutableArray() });
                statements[i] = new KernelStatement(new RowsKernel(kernel.Title, kernel.Rows, kernel.Length, steps.ToImmutableArray()));
            }
        }
    }

    /// <summary>Loops around rows of a length, and what a nest does in them.</summary>
    private sealed record RowShape(ImmutableArray<Size> Outer, int Length)
    {
        public ImmutableArray<Size> Extents { get; } = Outer.Add(Length);

        public RowStep? Step(NestKernel nest)
        {
            if (nest.IsParted || nest.Above is not null || nest.Running is not null || nest.WhereNarrow is not null)
            {
                return null;
            }

            List<int> axes = Loops(nest.Extents, 0), reduced = Loops(nest.ReduceExtents, nest.Extents.Length);
            List<Size> sizes = [.. axes.Select(a => nest.Extents[a])];
            if (nest.Reduction is null && sizes.SequenceEqual(Extents))
            {
                return Map(nest, axes, row: axes[axes.Count - 1]);
            }

            if (!sizes.SequenceEqual(Outer))
            {
                return null;
            }

            if (nest.Reduction is null)
            {
                return Outer.IsEmpty || OperationCost.InLine(nest.Results) <= MostOfOne ? Map(nest, axes, row: -1) : null;
            }

            bool isAlong = reduced.Count == 1 && nest.ReduceExtents[reduced[0] - nest.Extents.Length] == (Size)Length && NestLoops.Plan(nest).SumsLanes;
            if (!isAlong || !nest.Element.Loads().All(l => l.View.Strides[reduced[0]] is 0 or 1))
            {
                return null;
            }

            Expression element = Along([nest.Element], axes, reduced[0])(nest.Element);
            Expression result = Along([nest.Result], axes, -1)(nest.Result);
            return new RowStep(false, nest.Reduction, element, ImmutableArray.Create(new RowOutput(Along(nest.Target, axes, -1), result)));
        }

        private RowStep? Map(NestKernel nest, List<int> axes, int row)
        {
            bool isRun = row < 0 || (nest.Targets.All(t => t.Strides[row] == 1) && nest.Reads.All(v => v.Strides[row] is 0 or 1));
            bool isLast = row == nest.Extents.Length - 1;
            Func<Expression, Expression> along = Along(nest.Results, axes, row);
            RowOutput Output(View target, Expression result) => new(Along(target, axes, row) with { PaddedRows = isLast && target.PaddedRows }, along(result));
            return isRun ? new RowStep(row >= 0, null, nest.Element, nest.Targets.Zip(nest.Results, Output).ToImmutableArray()) : null;
        }

        /// <summary>Expressions over views with the axes of the loops and the one along the row; what they share stays shared.</summary>
        private Func<Expression, Expression> Along(IEnumerable<Expression> roots, List<int> axes, int row) =>
            ExpressionRewrite.Over(roots, v => Along(v, axes, row));

        private View Along(View view, List<int> axes, int row) => view with
        {
            Strides = axes.Take(Outer.Length).Select(a => view.Strides[a]).Append(row < 0 ? 0 : view.Strides[row]).ToImmutableArray(),
        };

        private static List<int> Loops(ImmutableArray<Size> extents, int first) =>
            [.. Enumerable.Range(0, extents.Length).Where(i => SizeText.IsLoop(extents[i])).Select(i => first + i)];
    }
}
