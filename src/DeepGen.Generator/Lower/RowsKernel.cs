using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Lower;

/// <summary>
/// Steps over the same short rows, one row after the other: what a step makes of a row stays in registers for those after it.
/// Views have the axes Rows, then the one along the row, on which what a row has one of has no stride.
/// </summary>
internal sealed class RowsKernel(string title, ImmutableArray<Size> rows, int length, ImmutableArray<RowStep> steps)
    : Kernel(title, Stored(steps).First(), Level.Sample)
{
    public ImmutableArray<Size> Rows { get; } = rows;

    public int Length { get; } = length;

    public int Vectors => VectorsOf(Length);

    public ImmutableArray<RowStep> Steps { get; } = steps;

    public override IEnumerable<Size> Sizes => Rows;

    public override IEnumerable<View> Targets => Stored(Steps);

    /// <summary>What no step before has read or made of the row.</summary>
    public override IEnumerable<View> Reads
    {
        get
        {
            var known = new List<View>();
            foreach (RowStep step in Steps)
            {
                foreach (View view in step.Loads.Where(v => !known.Any(v.IsSame)))
                {
                    known.Add(view);
                    yield return view;
                }

                known.AddRange(step.Outputs.Select(o => o.Target));
            }
        }
    }

    /// <summary>Vector operations in a row, functions counted as they are inlined.</summary>
    public int Operations => Steps.Sum(s => s.Operations(Vectors));

    private static IEnumerable<View> Stored(IEnumerable<RowStep> steps) => steps.SelectMany(s => s.Outputs).Where(o => o.IsStored).Select(o => o.Target);

    public static int VectorsOf(int length) => (length + Lanes.Count - 1) / Lanes.Count;
}

/// <summary>What is made of every element of a row, or of a sum or maximum along it.</summary>
internal sealed record RowStep(bool IsOfElements, Reduction? Reduction, Expression Element, ImmutableArray<RowOutput> Outputs)
{
    /// <summary>The tree in which lanes are added up.</summary>
    private const int AcrossLanes = 10;

    public IEnumerable<View> Loads =>
        (Reduction is null ? [] : Element.Loads()).Concat(Outputs.SelectMany(o => o.Value.Loads())).Select(l => l.View);

    public int Operations(int vectors)
    {
        int results = OperationCost.InLine(Outputs.Select(o => o.Value));
        int sum = Reduction is null ? 0 : AcrossLanes + (vectors * (OperationCost.InLine([Element]) + (Reduction == Ops.Reduction.Max ? 3 : 1)));
        return sum + ((IsOfElements ? vectors : 1) * results);
    }
}

/// <summary>A value of a step, and where it goes if anybody else reads it.</summary>
internal sealed record RowOutput(View Target, Expression Value)
{
    public bool IsStored { get; init; } = true;
}
