using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Ops;

/// <summary>Numbers known to the compiler, row-major; a single one fills the whole shape.</summary>
internal sealed record Constant(Shape ConstantShape, EquatableArray<float> Values) : Primitive
{
    public override string Name => "constant";

    public override string Attributes => Values.Count <= 8
        ? string.Join(",", Values.Select(FloatText.Of))
        : string.Join(",", Values.Take(8).Select(FloatText.Of)) + FormattableString.Invariant($",… ({Values.Count})");

    public static Constant Of(float value) => new(Shape.Scalar, EquatableArray.Of(value));

    public override ImmutableArray<TensorType> Infer(ImmutableArray<TensorType> inputs)
    {
        Typing.Arity(this, inputs, 0);
        Typing.Require(ConstantShape.IsConstant, this, "has a symbolic size");
        Typing.Require(Values.Count == 1 || Values.Count == ConstantShape.ConstantLength, this, "has not one value an element");
        return ImmutableArray.Create(TensorType.Float(ConstantShape));
    }

    public override ImmutableArray<DenseTensor> Evaluate(ImmutableArray<DenseTensor> inputs)
    {
        var shape = ConstantShape.Select(s => s.Value).ToImmutableArray();
        double[] values = new double[Indexing.Length(shape)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Values.Count == 1 ? Values[0] : Values[i];
        }

        return ImmutableArray.Create(new DenseTensor(shape, values));
    }
}
