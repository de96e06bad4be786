using DeepGen.Generator.Check;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Layers;

/// <summary>
/// y[i] = f(a[i], b[i], …): any elementwise primitive, over operands of one shape. A single number goes with any shape.
/// </summary>
internal sealed class Pointwise(string kind, int operands, Primitive op) : Layer(kind)
{
    public override int? Operands => operands;

    public override Term? Apply(LayerCall call)
    {
        Term largest = call.Operands.FirstOrDefault(o => o.Sample.Rank > 0) ?? call.X;
        if (call.Operands.FirstOrDefault(o => o.Sample.Rank > 0 && !o.Shape.Equals(largest.Shape)) is Term other)
        {
            return call.Report("DG0008", Kind, ShapeWords.Of(largest.Sample), ShapeWords.Of(other.Sample));
        }

        Term[] operandsOfOneShape = call.Operands.Select(o => o.Over(largest.Shape, 0)).ToArray();
        return operandsOfOneShape[0].Apply(op, operandsOfOneShape.Skip(1).ToArray());
    }
}
