using DeepGen.Generator.Check;

namespace DeepGen.Generator.Layers;

/// <summary>The sum or mean along an axis, which is gone afterwards.</summary>
internal sealed class ReduceLayer(string kind, Func<StepScope, Term, int, Term> reduce) : Layer(kind, Argument.Axis("Axis"))
{
    public override Term? Apply(LayerCall call)
    {
        if (call.Axis("Axis") is not int axis)
        {
            return null;
        }

        call.FlopsPerValue = call.X.Shape[axis].Value;
        return reduce(call.Scope.Steps, call.X, axis);
    }
}
