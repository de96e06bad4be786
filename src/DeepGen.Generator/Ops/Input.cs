using System.Collections.Immutable;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>The value fed at position Index; within a Repeat's body, the value the Repeat hands in there.</summary>
internal sealed record Input(int Index, string InputName, TensorType InputType) : Primitive
{
    public override string Name => "input";

    public override string Attributes => FormattableString.Invariant($"{Index} {InputName}");

    public override ImmutableArray<TensorType> Infer(ImmutableArray<TensorType> inputs)
    {
        Typing.Arity(this, inputs, 0);
        return ImmutableArray.Create(InputType);
    }

    public override Primitive Bind(IReadOnlyDictionary<string, int> sizes) =>
        this with { InputType = InputType with { Shape = InputType.Shape.Bind(sizes) } };

    public override ImmutableArray<DenseTensor> Evaluate(ImmutableArray<DenseTensor> inputs) =>
        throw new IrException("An input has no value of its own; the evaluator is given it.");
}
