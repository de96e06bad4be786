namespace DeepGen.Generator.Layers;

/// <summary>y = eˣ / Σ eˣ along an axis. The maximum is taken off first, so that no exponential overflows.</summary>
internal sealed class SoftmaxLayer() : Layer("Softmax", Argument.Axis("Axis"))
{
    public override Term? Apply(LayerCall call)
    {
        if (call.Axis("Axis") is not int axis)
        {
            return null;
        }

        Term e = call.X.FromLargest(axis).Exp();
        return e / e.Sum(axis).Along(e, axis);
    }
}
