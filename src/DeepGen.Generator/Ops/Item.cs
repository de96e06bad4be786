using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>One result of a Repeat.</summary>
internal sealed record Item(int Index) : Primitive, IIntervalRule
{
    public override string Name => "item";

    public override string Attributes => FormattableString.Invariant($"{Index}");

    public override ImmutableArray<TensorType> Infer(ImmutableArray<TensorType> inputs)
    {
        Typing.Require(Index >= 0 && Index < inputs.Length, this, FormattableString.Invariant($"{Index} is beyond the {inputs.Length} results"));
        return ImmutableArray.Create(inputs[Index]);
    }

    public override ImmutableArray<DenseTensor> Evaluate(ImmutableArray<DenseTensor> inputs) => ImmutableArray.Create(inputs[Index]);

    public ImmutableArray<Bounds> Bound(ImmutableArray<Bounds> x, BoundBuilder b) => x[Index];
}
