namespace DeepGen.Generator.Layers;

/// <summary>y = max(0, x), in this order: what is not a number stays so.</summary>
internal sealed class ReluLayer() : Layer("Relu")
{
    public override Term? Apply(LayerCall call) => call.X.Filled(0).Maximum(call.X);
}
