using DeepGen.Generator.Check;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Layers;

/// <summary>y = x·wᵀ + b along the last axis, a part of a layer with parameters under a name of its own.</summary>
internal static class Projection
{
    public static Term Project(this LayerCall call, Term x, string name, int units, bool hasBias)
    {
        int last = x.Shape.Rank - 1;
        int inputs = x.Shape[last].Value;
        Initial initial = Initialisation.Of(call);
        (Initializer kind, double scale) = Initialisation.Weight(initial, inputs, [units, inputs]);
        Term y = x.Apply(new MatMul(), call.Parameter(name + ".weight", kind, scale, true, units, inputs).Transpose(1, 0));
        if (!hasBias)
        {
            return y;
        }

        (kind, scale) = Initialisation.Bias(initial, inputs);
        return y + call.Parameter(name + ".bias", kind, scale, true, units).Over(y.Shape, last);
    }
}
