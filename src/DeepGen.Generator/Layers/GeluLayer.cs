using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Layers;

/// <summary>y = x·Φ(x), or its form with tanh.</summary>
internal sealed class GeluLayer() : Layer("Gelu", Argument.Flag("Approximate", false))
{
    public override Term? Apply(LayerCall call) =>
        call.X.Apply(call.Arguments.Flag("Approximate") ? new GeluTanh() : new Gelu());
}
