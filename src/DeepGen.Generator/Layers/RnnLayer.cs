using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Layers;

/// <summary>h = tanh(x + h), or its positive part.</summary>
internal sealed class RnnLayer() : RecurrentLayer("Rnn", gates: 1, states: 1, Argument.Flag("Relu", false))
{
    protected override Term[] Cell(LayerCall call, Term[] x, Term[] h, Term[] before)
    {
        Term sum = x[0] + h[0];
        return [call.Arguments.Flag("Relu") ? sum.Maximum(sum.Filled(0)) : sum.Apply(new Tanh())];
    }
}
