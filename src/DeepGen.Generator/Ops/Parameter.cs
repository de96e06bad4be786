using System.Collections.Immutable;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>A parameter by its path; "3.*.0.weight" is the slab of a stack's copies, one leading axis for each star.</summary>
internal sealed record Parameter(string Path, Shape ParameterShape) : Primitive
{
    /// <summary>Whether every number of it is one that bfloat16 has.</summary>
    public bool IsNarrow { get; init; }

    public override string Name => "parameter";

    public override string Attributes => IsNarrow ? Path + " bfloat16" : Path;

    public override ImmutableArray<TensorType> Infer(ImmutableArray<TensorType> inputs)
    {
        Typing.Arity(this, inputs, 0);
        Typing.Require(ParameterShape.IsConstant, this, "has a symbolic size");
        return ImmutableArray.Create(TensorType.Float(ParameterShape));
    }

    public override ImmutableArray<DenseTensor> Evaluate(ImmutableArray<DenseTensor> inputs) =>
        throw new IrException("A parameter has no value of its own; the evaluator is given it.");
}
