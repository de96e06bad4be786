using DeepGen.Generator.Ir;
using DeepGen.Generator.Lower;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Emit;

/// <summary>
/// Neighbours along the loop around the vectorised axis, side by side: several sums, since an addition waits for the one before it; and two elements
/// in one vector where the vectorised axis is half a vector long.
/// </summary>
internal sealed partial class NestWriter
{
    /// <summary>Sums that are taken at a time: they and what is added fit sixteen registers of half a vector each.</summary>
    private const int MostBeside = 4;

    /// <summary>Shorter sums are over before another could be begun.</summary>
    private const int ShortestBeside = 4;

    /// <summary>
    /// Vector operations in one turn of the loop, loads counted: what is left over at the end is written once more, and all has to be one method.
    /// </summary>
    private const int MostInTurn = 120;

    /// <summary>A maximum looks for what is not a number, and chooses.</summary>
    private const int CostOfMaximum = 3;

    /// <summary>The axis whose neighbours are computed side by side; null where one element follows another.</summary>
    private NestAxis? _beside;

    /// <summary>Vectors in one turn of that axis, and the one being written.</summary>
    private int _vectors = 1;
    private int _number;

    /// <summary>Whether each vector holds two elements of that axis.</summary>
    private bool _isTwin;

    private int ElementsOfVector => _isTwin ? 2 : 1;

    private NestAxis? AxisBeside()
    {
        NestAxis? axis = _loops.Axes.LastOrDefault(a => a != _loops.Vector);
        bool isPlain = !IsSingle && !_loops.SumsLanes && _loops.Row is null && _kernel.Running is null && TransposedAxis() is null && !IsDealt
            && _loops.Vector is { Size.IsConstant: true } vector && _loads.All(l => vector.Stride(l) is 0 or 1);
        bool isWhole = axis is { Size.IsConstant: true } && !(_kernel.IsParted && axis == PartedAxis());
        return isPlain && isWhole ? axis : null;
    }

    /// <summary>The loop along that axis: as many vectors in a turn as pay, then what is left over.</summary>
    private void WriteBeside(NestAxis axis)
    {
        bool maybeTwin = _loops.Vector!.Extent == Lanes.Half;
        int most = MostVectors();
        if (axis.Extent < 2 || (most == 1 && !maybeTwin))
        {
            Nested([axis], WriteVectors);
            return;
        }

        _beside = axis;
        for (int done = 0; done < axis.Extent;)
        {
            int left = axis.Extent - done;
            _isTwin = maybeTwin && left > 1;
            _vectors = Math.Min(most, left / ElementsOfVector);
            int step = _vectors * ElementsOfVector;
            int end = done + (left / step * step);
            using (_code.Braces($"for (nint {axis.Name} = {done}; {axis.Name} < {end}; {(step == 1 ? $"{axis.Name}++" : $"{axis.Name} += {step}")})"))
            {
                WriteVectors();
            }

            done = end;
        }

        (_beside, _isTwin, _vectors) = (null, false, 1);
    }

    private int MostVectors()
    {
        long terms = _loops.ReduceAxes.Aggregate(1L, (n, a) => n * a.Extent);
        int each = _kernel.Element.Loads().Count() + OperationCost.Of(_kernel.Element) + (_kernel.Reduction == Reduction.Max ? CostOfMaximum : 1);
        (int full, int rest) = WholeVectors(_loops.Vector!);
        int bodies = full > 0 && rest > 0 ? 2 : 1;
        int inLine = bodies * ((each * (int)(IsWrittenOut ? terms : 1)) + OperationCost.Of(_kernel.Result));
        return _kernel.Reduction is null || terms < ShortestBeside ? 1 : Math.Max(1, Math.Min(MostBeside, MostInTurn / inLine));
    }

    /// <summary>What is written for each vector of a turn.</summary>
    private void EachVector(Action write)
    {
        for (_number = 0; _number < _vectors; _number++)
        {
            write();
        }

        _number = 0;
    }

    private string OfVector(string name) => _vectors == 1 ? name : name + NumberText.Of(_number) + "_";

    private string SumName => SumOf(_number);

    private string SumOf(int number) => _vectors == 1 ? "sum" : "sum" + NumberText.Of(number);

    /// <summary>The distance from the loop's element to the vector's first, or to the second of two.</summary>
    private long Aside(View view, bool second = false) =>
        _beside is null ? 0 : ((_number * ElementsOfVector) + (second ? 1 : 0)) * _beside.Stride(view);
}
