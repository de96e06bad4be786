using DeepGen.Generator.Check;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Layers;

/// <summary>Values one after the other along an axis; all other axes must agree.</summary>
internal sealed class ConcatLayer() : Layer("Concat", Argument.Axis("Axis"))
{
    public override int? Operands => null;

    public override Term? Apply(LayerCall call)
    {
        if (call.Axis("Axis") is not int axis)
        {
            return null;
        }

        Shape first = call.X.Shape;
        foreach (Term other in call.Operands)
        {
            if (other.Shape.Rank != first.Rank || !other.Shape.With(axis, first[axis]).Equals(first))
            {
                return call.Report("DG0008", Kind, ShapeWords.Of(call.X.Sample), ShapeWords.Of(other.Sample));
            }
        }

        long length = call.Operands.Sum(o => (long)o.Shape[axis].Value);
        call.FlopsPerValue = 0;
        return !call.Fits("the output", call.X.SampleLength / first[axis].Value, length) ? null
            : call.Operands.Length == 1 ? call.X
            : call.X.Apply(new Concat(axis), call.Operands.Skip(1).ToArray());
    }
}
