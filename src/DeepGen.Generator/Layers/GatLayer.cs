using DeepGen.Generator.Check;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Layers;

/// <summary>
/// h = x wᵀ in heads; yᵢ = Σⱼ softmaxⱼ(leaky(aₛ·hⱼ + a_d·hᵢ)) hⱼ over the neighbours j of a node and the node itself, then all heads
/// side by side or their mean, and b.
/// </summary>
internal sealed class GatLayer() : NodeLayer(
    "Gat",
    Argument.Size("Heads", 1),
    Argument.Flag("Concat", true),
    Argument.Real("Slope", 0.2f, "at least 0 and below 1", v => v is >= 0 and < 1))
{
    protected override Term? Apply(LayerCall call, int inputs, int units)
    {
        int heads = call.Arguments.Whole("Heads");
        float slope = call.Arguments.Real("Slope");
        if (!call.Fits("the weight", heads, units, inputs))
        {
            return null;
        }

        int width = heads * units;
        (Initializer kind, double scale) = Initialisation.Weight(Initialisation.Of(call), inputs, [width, inputs]);
        Term h = call.X.Product(call.Parameter("lin.weight", kind, scale, true, width, inputs).Transpose(1, 0));
        int nodes = h.Shape.Rank - 1;
        Shape split = Shape.Of(h.Shape.Take(nodes).Append(heads).Append(units));
        Term inHeads = h.Reshape(split);
        (kind, scale) = Initialisation.Weight(Initialisation.Of(call), units, [heads, units]);
        Term Score(string name)
        {
            Term weight = call.Parameter(name, kind, scale, true, 1, heads, units).Reshape(Shape.Of(heads, units));
            return (inHeads * weight.Over(split, nodes, nodes + 1)).Sum(nodes + 1);
        }

        Term listened = Score("att_src"), own = Score("att_dst");
        call.FlopsPerValue = 2L * inputs;
        Term graph = Matrix(NeighbourWeights.WithSelf, h);
        Term sum = graph.Apply(new EdgeLogSum(slope), own, listened);
        Term y = graph.Apply(new EdgeSum(slope), Wide(own), Wide(listened), Wide(sum), h);
        if (!call.Arguments.Flag("Concat"))
        {
            y = y.Reshape(split).Mean(nodes);
        }

        return call.Arguments.Flag("Bias") ? y + Everywhere(call.Bias(inputs, y.Shape[nodes].Value), y) : y;

        // A head's number beside each of its values.
        Term Wide(Term x) => x.Over(split, Enumerable.Range(0, nodes + 1).ToArray()).Reshape(h.Shape);
    }
}
