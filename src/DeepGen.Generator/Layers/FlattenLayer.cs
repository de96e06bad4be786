using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Layers;

/// <summary>The same values, in the same order, as one vector.</summary>
internal sealed class FlattenLayer() : Layer("Flatten")
{
    public override Term? Apply(LayerCall call)
    {
        call.FlopsPerValue = 0;
        return call.X.Reshape(Shape.Of(Size.Batch, (int)call.X.SampleLength));
    }
}
