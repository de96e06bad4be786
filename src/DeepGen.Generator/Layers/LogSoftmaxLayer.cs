namespace DeepGen.Generator.Layers;

/// <summary>y = x − log Σ eˣ along an axis, the maximum taken off first.</summary>
internal sealed class LogSoftmaxLayer() : Layer("LogSoftmax", Argument.Axis("Axis"))
{
    public override Term? Apply(LayerCall call)
    {
        if (call.Axis("Axis") is not int axis)
        {
            return null;
        }

        Term x = call.X.FromLargest(axis);
        return x - x.Exp().Sum(axis).Log().Along(x, axis);
    }
}
