using DeepGen.Generator.Check;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Layers;

/// <summary>
/// y = Â x w + b, w being [inputs, units]. The product with the graph, which costs its entries times the width, is taken where
/// rows are narrower: before the one with w or after it.
/// </summary>
internal sealed class GraphConvLayer() : NodeLayer("GraphConv")
{
    protected override Term? Apply(LayerCall call, int inputs, int units)
    {
        (Initializer kind, double scale) = Initialisation.Weight(Initialisation.Of(call), inputs, [units, inputs]);
        Term weight = call.Parameter("weight", kind, scale, true, inputs, units);
        call.FlopsPerValue = 2L * inputs;
        bool isNarrowFirst = inputs < units && !call.X.Node.Type.IsSparse;
        Term y = isNarrowFirst
            ? Neighbours(NeighbourWeights.Symmetric, call.X).Product(weight)
            : Neighbours(NeighbourWeights.Symmetric, call.X.Product(weight));
        return call.Arguments.Flag("Bias") ? y + Everywhere(call.Bias(inputs, units), y) : y;
    }
}
