namespace DeepGen.Generator.Layers;

/// <summary>y = x: values are dropped while training only.</summary>
internal sealed class DropoutLayer()
    : Layer("Dropout", Argument.Real("Rate", 0, "at least 0 and below 1", v => v is >= 0 and < 1))
{
    public override Term? Apply(LayerCall call)
    {
        call.FlopsPerValue = 0;
        return call.X;
    }
}
