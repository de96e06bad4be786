using DeepGen.Generator.Check;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Layers;

/// <summary>y = x wᵣᵀ + M x wₗᵀ + b, M x being the mean of the neighbours' rows.</summary>
internal sealed class GraphSageLayer() : NodeLayer("GraphSage")
{
    protected override Term? Apply(LayerCall call, int inputs, int units)
    {
        (Initializer kind, double scale) = Initialisation.Weight(Initialisation.Of(call), inputs, [units, inputs]);
        Term left = call.Parameter("lin_l.weight", kind, scale, true, units, inputs).Transpose(1, 0);
        Term? bias = null;
        if (call.Arguments.Flag("Bias"))
        {
            (Initializer biasKind, double biasScale) = Initialisation.Bias(Initialisation.Of(call), inputs);
            bias = call.Parameter("lin_l.bias", biasKind, biasScale, true, units);
        }

        Term right = call.Parameter("lin_r.weight", kind, scale, true, units, inputs).Transpose(1, 0);
        call.FlopsPerValue = 4L * inputs;
        bool isNarrowFirst = inputs < units && !call.X.Node.Type.IsSparse;
        Term mean = isNarrowFirst
            ? Neighbours(NeighbourWeights.Mean, call.X).Product(left)
            : Neighbours(NeighbourWeights.Mean, call.X.Product(left));
        Term y = mean + call.X.Product(right);
        return bias is null ? y : y + Everywhere(bias, y);
    }
}
