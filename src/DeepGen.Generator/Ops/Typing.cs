using System.Collections.Immutable;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>What type inference asks of its operands; every failure names the primitive.</summary>
internal static class Typing
{
    public static void Require(bool condition, Primitive op, string complaint)
    {
        if (!condition)
        {
            throw new IrException($"{op.Name} {complaint}.");
        }
    }

    public static void Arity(Primitive op, ImmutableArray<TensorType> inputs, int arity) =>
        Require(inputs.Length == arity, op, FormattableString.Invariant($"takes {arity} operands, not {inputs.Length}"));

    /// <summary>The shape of the only operand.</summary>
    public static Shape Single(Primitive op, ImmutableArray<TensorType> inputs)
    {
        Arity(op, inputs, 1);
        return inputs[0].Shape;
    }

    public static void Floats(Primitive op, ImmutableArray<TensorType> inputs) =>
        Require(inputs.All(t => t.Element == ElementType.Float32), op, "takes f32 only");

    public static void Axis(Primitive op, Shape shape, int axis) =>
        Require(axis >= 0 && axis < shape.Rank, op, FormattableString.Invariant($"has no axis {axis} in {shape}"));

    public static int ConstantAxis(Primitive op, Shape shape, int axis)
    {
        Axis(op, shape, axis);
        Require(shape[axis].IsConstant, op, FormattableString.Invariant($"needs a constant axis {axis} in {shape}"));
        return shape[axis].Value;
    }
}
