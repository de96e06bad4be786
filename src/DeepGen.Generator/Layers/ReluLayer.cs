namespace DeepGen.Generator.Layers;

/// <summary>y = max(x, 0).</summary>
internal sealed class ReluLayer() : Layer("Relu")
{
    public override Term? Apply(LayerCall call) => call.X.Maximum(call.X.Filled(0));
}
