using System.Collections.Immutable;
using DeepGen.Generator.Check;
using DeepGen.Generator.Declare;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Layers;

/// <summary>y = weight for every sample: a layer of no operands.</summary>
internal sealed class LearnedLayer() : Layer("Learned", Argument.List("Shape"), Argument.Real("Deviation", 0, "at least 0", v => v >= 0))
{
    public override int? Operands => 0;

    public override Term? Apply(LayerCall call)
    {
        ImmutableArray<int> sizes = call.Arguments.List("Shape");
        if (sizes.IsEmpty)
        {
            return call.ReportAt("Shape", "DG0023", "Shape", "empty", "at least one size");
        }

        foreach (int wrong in sizes.Where(s => s < 1))
        {
            return call.ReportAt("Shape", "DG0005", "Shape", ShapeWords.Number(wrong));
        }

        float deviation = call.Arguments.Real("Deviation");
        Term weight = call.Parameter("weight", deviation == 0 ? Initializer.Zeros : Initializer.Normal, deviation, true, [.. sizes]);
        call.FlopsPerValue = 0;
        return weight.Over(Shape.Of(weight.Shape.Prepend(Size.Batch)), [.. Enumerable.Range(1, sizes.Length)]);
    }
}
