using DeepGen.Generator.Check;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Layers;

/// <summary>y[…,i,j] = Σ over k of a[…,i,k]·b[…,k,j]: a product of two matrices in every sample.</summary>
internal sealed class MatMulLayer() : Layer("MatMul")
{
    public override int? Operands => 2;

    public override Term? Apply(LayerCall call)
    {
        Shape a = call.X.Shape;
        Shape b = call.Operands[1].Shape;
        foreach (Term operand in call.Operands.Where(o => o.Sample.Rank < 2))
        {
            return call.Report("DG0016", Kind, "two matrices", ShapeWords.Of(operand.Sample));
        }

        int last = a.Rank - 1;
        bool fits = a.Rank == b.Rank
            && a[last] == b[last - 1]
            && a.Take(last - 1).SequenceEqual(b.Take(last - 1));
        if (!fits)
        {
            return call.Report("DG0008", Kind, ShapeWords.Of(call.X.Sample), ShapeWords.Of(call.Operands[1].Sample));
        }

        if (!call.Fits("the output", call.X.SampleLength / a[last].Value, b[last].Value))
        {
            return null;
        }

        call.FlopsPerValue = 2L * a[last].Value;
        return call.X.Apply(new MatMul(), call.Operands[1]);
    }
}
