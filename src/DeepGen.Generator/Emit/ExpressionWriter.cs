using DeepGen.Generator.Ir;
using DeepGen.Generator.Lower;

namespace DeepGen.Generator.Emit;

/// <summary>Expressions over sixteen lanes as C#: one local per operation, each computed once.</summary>
internal sealed class ExpressionWriter(CodeWriter writer, Func<LoadExpression, string> load, string accumulator, string prefix)
{
    private readonly Dictionary<Expression, string> _names = [];
    private int _locals;

    /// <summary>Whether values are single numbers instead, for expressions that <see cref="IsArithmetic"/>; loads and accumulator are then such.</summary>
    public bool OfNumbers { get; init; }

    /// <summary>Whether there is nothing in it but what C# has operators for.</summary>
    public static bool IsArithmetic(Expression expression) => expression is not OperationExpression operation
        || (operation.Op is ScalarOp.Add or ScalarOp.Subtract or ScalarOp.Multiply or ScalarOp.Divide or ScalarOp.Negate && operation.Arguments.All(IsArithmetic));

    public string Write(Expression expression)
    {
        if (!_names.TryGetValue(expression, out string name))
        {
            name = expression switch
            {
                AccumulatorExpression => accumulator,
                ConstantExpression constant when OfNumbers => Number(constant.Value),
                ConstantExpression { Value: 0 } => "L.Zero",
                ConstantExpression constant => $"L.Broadcast({NumberText.Of(constant.Value)})",
                LoadExpression leaf => load(leaf),
                OperationExpression operation => Local(Text(operation)),
                _ => throw new IrException("Unknown expression."),
            };
            _names.Add(expression, name);
        }

        return name;
    }

    /// <summary>A sign after another would be one operator with it.</summary>
    private static string Number(float value) => NumberText.Of(value) is var text && text[0] == '-' ? $"({text})" : text;

    private string Local(string text)
    {
        string name = prefix + NumberText.Of(++_locals);
        writer.Line($"{(OfNumbers ? "float" : "L")} {name} = {text};");
        return name;
    }

    private string Text(OperationExpression operation)
    {
        string[] x = operation.Arguments.Select(Write).ToArray();
        return operation.Op switch
        {
            ScalarOp.Add => $"{x[0]} + {x[1]}",
            ScalarOp.Subtract => $"{x[0]} - {x[1]}",
            ScalarOp.Multiply => $"{x[0]} * {x[1]}",
            ScalarOp.Divide => $"{x[0]} / {x[1]}",
            ScalarOp.Negate => $"-{x[0]}",
            ScalarOp.Fma => $"L.Fma({x[0]}, {x[1]}, {x[2]})",
            ScalarOp.Max => $"L.Max({x[0]}, {x[1]})",
            ScalarOp.Min => $"L.Min({x[0]}, {x[1]})",
            ScalarOp.Abs => $"L.Abs({x[0]})",
            ScalarOp.Sqrt => $"L.Sqrt({x[0]})",
            ScalarOp.LessThan => $"L.LessThan({x[0]}, {x[1]})",
            ScalarOp.LessOrEqual => $"L.LessOrEqual({x[0]}, {x[1]})",
            ScalarOp.Equal => $"L.Equal({x[0]}, {x[1]})",
            ScalarOp.Select => $"L.Select({x[0]}, {x[1]}, {x[2]})",
            ScalarOp.Exp or ScalarOp.Log or ScalarOp.Tanh or ScalarOp.Sigmoid or ScalarOp.Erf => $"Elementary.{operation.Op}({x[0]})",
            ScalarOp.Narrow => $"BFloat16.Round({x[0]})",
            ScalarOp.Pair => $"BFloat16.Pair({x[0]}, {x[1]})",
            _ => throw new IrException($"{operation.Op} has no text."),
        };
    }
}
