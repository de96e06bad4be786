using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Lower;

/// <summary>A primitive's scalar body with its arguments put in; what the body names twice is computed once.</summary>
internal static class ScalarTranslation
{
    public static Expression Translate(Elementwise op, ImmutableArray<Expression> arguments)
    {
        var parameters = Enumerable.Range(0, op.Arity).Select(Scalar.Argument).ToImmutableArray();
        var done = new Dictionary<Scalar, Expression>();
        return Translate(op.Body(parameters));

        Expression Translate(Scalar scalar)
        {
            if (scalar.Op == ScalarOp.Argument)
            {
                return arguments[scalar.Index];
            }

            if (!done.TryGetValue(scalar, out Expression expression))
            {
                expression = scalar.Op == ScalarOp.Constant
                    ? new ConstantExpression(scalar.Value)
                    : new OperationExpression(scalar.Op, scalar.Operands.Select(Translate).ToImmutableArray());
                done.Add(scalar, expression);
            }

            return expression;
        }
    }
}

internal static class ExpressionRewrite
{
    /// <summary>The same expression with others in the places of some; what has been replaced is added to them.</summary>
    public static Expression Replace(Expression root, Dictionary<Expression, Expression> replaced)
    {
        if (!replaced.TryGetValue(root, out Expression by))
        {
            by = root is OperationExpression operation
                ? new OperationExpression(operation.Op, operation.Arguments.Select(a => Replace(a, replaced)).ToImmutableArray())
                : root;
            replaced.Add(root, by);
        }

        return by;
    }

    /// <summary>The same expression over changed views; shared parts stay shared.</summary>
    public static Expression MapViews(Expression root, Func<View, View> map) => Over([root], map)(root);

    /// <summary>Each of some expressions over changed views; what they share stays shared.</summary>
    public static Func<Expression, Expression> Over(IEnumerable<Expression> roots, Func<View, View> map)
    {
        var replaced = roots.SelectMany(r => r.Loads()).Distinct().ToDictionary(l => (Expression)l, l => (Expression)new LoadExpression(map(l.View)));
        return root => Replace(root, replaced);
    }
}
