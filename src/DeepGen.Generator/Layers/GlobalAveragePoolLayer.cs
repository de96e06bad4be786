namespace DeepGen.Generator.Layers;

/// <summary>y[c] = the mean of channel c.</summary>
internal sealed class GlobalAveragePoolLayer() : Layer("GlobalAveragePool")
{
    public override Term? Apply(LayerCall call) => call.IsImage() ? call.Scope.Steps.Mean(call.X, 2, 3) : null;
}
