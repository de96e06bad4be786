using DeepGen.Generator.Check;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Layers;

/// <summary>y = x·wᵀ + b along the last axis of a vector or a sequence.</summary>
internal sealed class DenseLayer() : Layer("Dense", [.. OutputSize.Arguments("Units"), Argument.Flag("Bias", true), Initialisation.Argument("Init")])
{
    public override bool TakesSparse => true;

    public override Term? Apply(LayerCall call)
    {
        Term x = call.X;
        int rank = x.Sample.Rank;
        if (rank == 3)
        {
            return call.Report("DG0009", ShapeWords.Of(x.Sample));
        }

        if (rank is 0 or > 3)
        {
            return call.WantsRank("a vector or a sequence");
        }

        int inputs = x.Sample[rank - 1].Value;
        if (OutputSize.Of(call, "Units", inputs) is not int units
            || !call.Fits("the output", x.SampleLength / inputs, units))
        {
            return null;
        }

        call.FlopsPerValue = 2L * inputs;
        Term weight = call.Weight(inputs, units, inputs);
        Term y = x.Product(weight.Transpose(1, 0));
        return call.Arguments.Flag("Bias") ? y + call.Bias(inputs, units).Over(y.Shape, rank) : y;
    }
}
