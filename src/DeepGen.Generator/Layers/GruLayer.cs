using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Layers;

/// <summary>r, z = σ(x + h); n = tanh(x + r·h); the state goes from n to where it was by the share z.</summary>
internal sealed class GruLayer() : RecurrentLayer("Gru", gates: 3, states: 1)
{
    protected override bool MixesBiases => false;

    protected override Term[] Cell(LayerCall call, Term[] x, Term[] h, Term[] before)
    {
        Term reset = (x[0] + h[0]).Apply(new Sigmoid()), update = (x[1] + h[1]).Apply(new Sigmoid());
        Term fresh = (x[2] + (reset * h[2])).Apply(new Tanh());
        return [fresh + (update * (before[0] - fresh))];
    }
}
