using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Layers;

/// <summary>y = x for x &gt; 0, else alpha·(eˣ − 1).</summary>
internal sealed class EluLayer() : Layer("Elu", Argument.Real("Alpha", 1, "greater than 0", v => (float)v > 0))
{
    public override Term? Apply(LayerCall call) => call.X.Apply(new Elu(call.Arguments.Real("Alpha")));
}
