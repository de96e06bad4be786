using DeepGen.Generator.Check;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Layers;

/// <summary>y = f(x) + x: the last value of a block and the block's input, whose shape f must keep.</summary>
internal sealed class ResidualLayer() : Layer("Residual")
{
    public override int? Operands => 2;

    public override Term? Apply(LayerCall call)
    {
        Term branch = call.X;
        Term input = call.Operands[1];
        return branch.Shape.Equals(input.Shape)
            ? branch.Apply(new Add(), input)
            : call.Report("DG0010", ShapeWords.Of(input.Sample), ShapeWords.Of(branch.Sample));
    }
}
