using DeepGen.Generator.Check;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Layers;

/// <summary>y = x·wᵀ along the last axis, w being the weight of another layer.</summary>
internal sealed class TiedLayer() : Layer("Tied", Argument.Text("Layer"))
{
    public override Term? Apply(LayerCall call)
    {
        string name = call.Arguments.Text("Layer") ?? "";
        Term x = call.X;
        int rank = x.Sample.Rank;
        if (rank is 0 or > 2)
        {
            return call.WantsRank("a vector or a sequence");
        }

        if (call.WeightOf(name) is not ParameterSpec weight)
        {
            return call.ReportAt("Layer", "DG0022", Kind, $"no layer '{name}' of this class has been given a matrix of weights before it");
        }

        (int units, int inputs) = (weight.Shape[0], weight.Shape[1]);
        if (x.Sample[rank - 1] != inputs)
        {
            return call.Report("DG0008", Kind, ShapeWords.Of(x.Sample), $"the weight of '{name}', {ShapeWords.By(units, inputs)}");
        }

        if (!call.Fits("the output", x.SampleLength / inputs, units))
        {
            return null;
        }

        call.FlopsPerValue = 2L * inputs;
        return x.Apply(new MatMul(), call.Scope.Parameter(weight.Path, Ir.Shape.OfConstants(weight.Shape)).Transpose(1, 0));
    }
}
