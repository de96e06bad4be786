using DeepGen.Generator.Check;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Layers;

/// <summary>
/// h = x wᵀ in heads; yᵢ = Σⱼ softmaxⱼ(leaky(aₛ·hⱼ + a_d·hᵢ)) hⱼ over the neighbours j of a node and the node itself, then all heads
/// side by side or their mean, and b. While training weights may be dropped after the softmax.
/// </summary>
internal sealed class GatLayer() : NodeLayer(
    "Gat",
    Argument.Size("Heads", 1),
    Argument.Flag("Concat", true),
    Argument.Real("Slope", 0.2f, "at least 0 and below 1", v => v is >= 0 and < 1),
    DropoutLayer.Share("Dropout"))
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
        float rate = call.IsTraining ? call.Arguments.Real("Dropout") : 0;
        Term? attended = rate == 0 ? graph.Apply(new EdgeSum(slope) { IsMean = true }, Wide(own, heads), Wide(listened, heads), Wide(sum, heads), h) : Dropped();
        if (attended is not Term y)
        {
            return null;
        }

        if (!call.Arguments.Flag("Concat"))
        {
            y = y.Reshape(split).Mean(nodes);
        }

        return call.Arguments.Flag("Bias") ? y + Everywhere(call.Bias(inputs, y.Shape[nodes].Value), y) : y;

        // A head's number beside each of its values.
        Term Wide(Term x, int count) => x.Over(split.With(nodes, count), Enumerable.Range(0, nodes + 1).ToArray()).Reshape(h.Shape.With(nodes, count * units));

        // Each head drops coefficients of its own.
        Term? Dropped()
        {
            var parts = new List<Term>();
            for (int head = 0; head < heads; head++)
            {
                if (call.Key() is not Term key)
                {
                    return null;
                }

                Term Own(Term x) => Wide(x.Slice(nodes, head, 1), 1);
                Term dropped = graph.Apply(new SparseDropout(rate), key);
                var weights = new EdgeSum(slope) { IsWeighted = true, IsMean = true, MostEntry = 1 / (1 - rate) };
                parts.Add(dropped.Apply(weights, Own(own), Own(listened), Own(sum), h.Slice(nodes, head * units, units)));
            }

            return parts.Count == 1 ? parts[0] : parts[0].Concat(nodes, parts.Skip(1).ToArray());
        }
    }
}
