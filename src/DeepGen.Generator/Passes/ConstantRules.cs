using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Passes;

/// <summary>
/// What depends on numbers in the program alone is computed now. The double result rounded once is the correctly rounded
/// float for + - * / and sqrt, so folding never changes what the emitted code would give beyond a function's own error.
/// </summary>
internal static class ConstantRules
{
    /// <summary>A tensor of numbers larger than this stays a computation: it would be text in the generated source.</summary>
    private const int LargestTable = 4096;

    public static Node? Apply(FoldingBuilder builder, Primitive op, ImmutableArray<Node> inputs)
    {
        if (op is Constant constant)
        {
            return Canonical(builder, constant);
        }

        if (inputs.Length == 0 || inputs.Any(i => i.Type.Element != ElementType.Float32))
        {
            return null;
        }

        return FoldUniform(builder, op, inputs) ?? FoldTable(builder, op, inputs);
    }

    private static Node? Canonical(FoldingBuilder builder, Constant constant)
    {
        bool isUniform = constant.Values.Count > 0 && constant.Values.All(v => v.Equals(constant.Values[0]));
        return isUniform && constant.ConstantShape.Rank > 0 ? Uniform.Make(builder, constant.Values[0], constant.ConstantShape) : null;
    }

    private static Node? FoldUniform(FoldingBuilder builder, Primitive op, ImmutableArray<Node> inputs)
    {
        var values = new double[3];
        for (int i = 0; i < inputs.Length; i++)
        {
            if (Uniform.Of(inputs[i]) is not { } value)
            {
                return null;
            }

            values[Math.Min(i, 2)] = value;
        }

        bool allEqual = inputs.All(i => Uniform.Of(i)!.Value.Equals((float)values[0]));
        float? result = op switch
        {
            Elementwise elementwise => (float)elementwise.Apply(values[0], values[1], values[2]),
            Broadcast => inputs[0].Op is Constant { ConstantShape.Rank: 0 } ? null : (float)values[0],
            Reshape or Transpose or Slice or Reverse => (float)values[0],
            Concat when allEqual => (float)values[0],
            Pad pad when pad.Value.Equals((float)values[0]) => (float)values[0],
            Reduce { Kind: Reduction.Max } => (float)values[0],
            _ => null,
        };
        return result is { } number ? Uniform.Make(builder, number, ShapeOf(op, inputs)) : null;
    }

    private static Node? FoldTable(FoldingBuilder builder, Primitive op, ImmutableArray<Node> inputs)
    {
        bool isFoldable = op is Elementwise or Reshape or Transpose or Slice or Reverse or Concat or Pad
            && inputs.All(i => i.Op is Constant || (Uniform.Of(i) is not null && i.Shape.IsConstant));
        if (!isFoldable)
        {
            return null;
        }

        Shape shape = ShapeOf(op, inputs);
        if (!shape.IsConstant || shape.ConstantLength > LargestTable)
        {
            return null;
        }

        DenseTensor result = op.Evaluate(inputs.Select(Dense).ToImmutableArray())[0];
        return builder.Add(new Constant(shape, result.Values.Select(v => (float)v).ToEquatable()));
    }

    /// <summary>A Broadcast asked for here may still have its axes out of order, which Infer does not accept.</summary>
    private static Shape ShapeOf(Primitive op, ImmutableArray<Node> inputs) =>
        op is Broadcast broadcast ? broadcast.Target : op.Infer(inputs.Select(i => i.Type).ToImmutableArray())[0].Shape;

    private static DenseTensor Dense(Node node)
    {
        ImmutableArray<int> shape = node.Shape.Sizes.Select(s => s.Value).ToImmutableArray();
        double[] values = Uniform.Of(node) is { } value
            ? Enumerable.Repeat((double)value, (int)node.Shape.ConstantLength).ToArray()
            : ((Constant)node.Op).Values.Select(v => (double)v).ToArray();
        return new DenseTensor(shape, values);
    }
}
