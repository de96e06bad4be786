namespace DeepGen.Generator.Layers;

/// <summary>y = max(x, slope·x), which is x above zero and slope·x below, as long as the slope is at most 1.</summary>
internal sealed class LeakyReluLayer()
    : Layer("LeakyRelu", Argument.Real("Slope", 0.01f, "at least 0 and at most 1", v => v is >= 0 and <= 1))
{
    public override Term? Apply(LayerCall call) => call.X.Maximum(call.X * call.Arguments.Real("Slope"));
}
