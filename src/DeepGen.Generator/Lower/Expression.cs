using System.Collections.Immutable;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Lower;

/// <summary>What a kernel computes per element. Compared by reference: one object is one value, computed once.</summary>
internal abstract class Expression;

/// <summary>An element of a tensor; the view's axes are the kernel's axes.</summary>
internal sealed class LoadExpression(View view) : Expression
{
    public View View { get; } = view;
}

internal sealed class ConstantExpression(float value) : Expression
{
    public float Value { get; } = value;
}

/// <summary>The result of the kernel's reduction or product, in an epilogue.</summary>
internal sealed class AccumulatorExpression : Expression;

internal sealed class OperationExpression(ScalarOp op, ImmutableArray<Expression> arguments) : Expression
{
    public ScalarOp Op { get; } = op;

    public ImmutableArray<Expression> Arguments { get; } = arguments;
}

internal static class ExpressionWalk
{
    public static IEnumerable<LoadExpression> Loads(this Expression root)
    {
        var seen = new HashSet<Expression>();
        var pending = new Stack<Expression>();
        pending.Push(root);
        while (pending.Count > 0)
        {
            Expression expression = pending.Pop();
            if (!seen.Add(expression))
            {
                continue;
            }

            if (expression is LoadExpression load)
            {
                yield return load;
            }
            else if (expression is OperationExpression operation)
            {
                for (int i = operation.Arguments.Length - 1; i >= 0; i--)
                {
                    pending.Push(operation.Arguments[i]);
                }
            }
        }
    }
}
