using System.Collections.Immutable;
using DeepGen.Generator.Lower;

namespace DeepGen.Generator.Emit;

/// <summary>Plain copies: of one run, and of blocks that are turned round.</summary>
internal sealed partial class NestWriter
{
    /// <summary>How many elements a kernel copies that lie end to end here and there; 0 where it does anything else.</summary>
    public static int CopiedRun(NestKernel kernel)
    {
        if (kernel.Reduction is not null || kernel.Running is not null || kernel.WhereNarrow is not null || kernel.Above is not null || !kernel.Others.IsEmpty || kernel.Result is not LoadExpression load)
        {
            return 0;
        }

        ImmutableArray<NestAxis> axes = NestLoops.Plan(kernel).Axes;
        return axes.Length == 1 && axes[0].Size.IsConstant && axes[0].Stride(load) == 1 && axes[0].TargetStride == 1 ? axes[0].Extent : 0;
    }

    /// <summary>The axis a plain copy reads along while it writes along another: such a pair is moved block by block.</summary>
    private NestAxis? TransposedAxis()
    {
        const int Shortest = 4;
        return _kernel.Reduction is null && _kernel.Others.IsEmpty && _kernel.Result is LoadExpression load && _loops.Vector is { } vector
            && vector.Stride(load) is not (0 or 1) && vector.Extent >= Shortest
            ? _loops.Axes.Where(a => a != vector && a.Stride(load) == 1 && a.Extent >= Shortest).OrderByDescending(a => a.Extent).FirstOrDefault()
            : null;
    }

    private void WriteTranspose(NestAxis along)
    {
        NestAxis vector = _loops.Vector!;
        View source = _loads[0].View;
        string Start(View view) => AddressText.Sum(0, _loops.Axes.Where(a => a != vector && a != along).Select(a => (a.Name, a.Stride(view))));
        _code.Line(
            $"Blocks.Transpose({AddressText.Reference(Name(0), Start(source))}, {vector.Stride(source)}, "
            + $"{AddressText.Reference("y", Start(_kernel.Target))}, {along.TargetStride}, rows: {Number(vector)}, columns: {Number(along)});");

        static string Number(NestAxis axis) => (axis.Size.IsOpen ? "(int)" : "") + axis.Count;
    }
}
