using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DeepGen.Generator.Declare;

/// <summary>
/// C#'s arithmetic on int, long, float, double and bool as it would be at run time (unchecked). Null means that the
/// operation is not among these; a division by zero is null too.
/// </summary>
internal static class ConstantArithmetic
{
    public static object? Binary(BinaryOperatorKind kind, object left, object right)
    {
        if (left is bool a && right is bool b)
        {
            return kind switch
            {
                BinaryOperatorKind.And or BinaryOperatorKind.ConditionalAnd => a & b,
                BinaryOperatorKind.Or or BinaryOperatorKind.ConditionalOr => a | b,
                BinaryOperatorKind.ExclusiveOr => a ^ b,
                BinaryOperatorKind.Equals => a == b,
                BinaryOperatorKind.NotEquals => a != b,
                _ => null,
            };
        }

        SpecialType type = Common(left, right);
        return (Convert(left, type), Convert(right, type)) switch
        {
            (int x, int y) => Integer(kind, x, y) is long result ? unchecked((int)result) : Compare(kind, x.CompareTo(y)),
            (long x, long y) => Integer(kind, x, y) is long result ? result : Compare(kind, x.CompareTo(y)),
            (float x, float y) => Real(kind, x, y) is double result ? (float)result : CompareReals(kind, x, y),
            (double x, double y) => Real(kind, x, y) is double result ? result : CompareReals(kind, x, y),
            _ => null,
        };
    }

    public static object? Unary(UnaryOperatorKind kind, object operand) => (kind, operand) switch
    {
        (UnaryOperatorKind.Not, bool x) => !x,
        (UnaryOperatorKind.Plus, int or long or float or double) => operand,
        (UnaryOperatorKind.Minus, int x) => unchecked(-x),
        (UnaryOperatorKind.Minus, long x) => unchecked(-x),
        (UnaryOperatorKind.Minus, float x) => -x,
        (UnaryOperatorKind.Minus, double x) => -x,
        (UnaryOperatorKind.BitwiseNegation, int x) => ~x,
        (UnaryOperatorKind.BitwiseNegation, long x) => ~x,
        _ => null,
    };

    public static object? Convert(object value, SpecialType type)
    {
        if (value is bool)
        {
            return type == SpecialType.System_Boolean ? value : null;
        }

        if (value is float or double)
        {
            double real = value is float single ? single : (double)value;
            return type switch
            {
                SpecialType.System_Int32 => unchecked((int)real),
                SpecialType.System_Int64 => unchecked((long)real),
                SpecialType.System_Single => (float)real,
                SpecialType.System_Double => real,
                _ => null,
            };
        }

        if (value is not (int or long or short or ushort or byte or sbyte or uint or char))
        {
            return null;
        }

        long number = value is char letter ? letter : System.Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture);
        return type switch
        {
            SpecialType.System_Int32 => unchecked((int)number),
            SpecialType.System_Int64 => number,
            SpecialType.System_Single => (float)number,
            SpecialType.System_Double => (double)number,
            _ => null,
        };
    }

    private static SpecialType Common(object left, object right) =>
        left is double || right is double ? SpecialType.System_Double
        : left is float || right is float ? SpecialType.System_Single
        : left is long or uint || right is long or uint ? SpecialType.System_Int64
        : SpecialType.System_Int32;

    private static long? Integer(BinaryOperatorKind kind, long x, long y) => unchecked(kind switch
    {
        BinaryOperatorKind.Add => x + y,
        BinaryOperatorKind.Subtract => x - y,
        BinaryOperatorKind.Multiply => x * y,
        BinaryOperatorKind.Divide when y == -1 => -x,
        BinaryOperatorKind.Divide when y != 0 => x / y,
        BinaryOperatorKind.Remainder when y == -1 => 0,
        BinaryOperatorKind.Remainder when y != 0 => x % y,
        BinaryOperatorKind.And => x & y,
        BinaryOperatorKind.Or => x | y,
        BinaryOperatorKind.ExclusiveOr => x ^ y,
        BinaryOperatorKind.LeftShift => x << (int)y,
        BinaryOperatorKind.RightShift => x >> (int)y,
        _ => null,
    });

    private static double? Real(BinaryOperatorKind kind, double x, double y) => kind switch
    {
        BinaryOperatorKind.Add => x + y,
        BinaryOperatorKind.Subtract => x - y,
        BinaryOperatorKind.Multiply => x * y,
        BinaryOperatorKind.Divide => x / y,
        BinaryOperatorKind.Remainder => x % y,
        _ => null,
    };

    private static object? Compare(BinaryOperatorKind kind, int order) => kind switch
    {
        BinaryOperatorKind.Equals => order == 0,
        BinaryOperatorKind.NotEquals => order != 0,
        BinaryOperatorKind.LessThan => order < 0,
        BinaryOperatorKind.LessThanOrEqual => order <= 0,
        BinaryOperatorKind.GreaterThan => order > 0,
        BinaryOperatorKind.GreaterThanOrEqual => order >= 0,
        _ => null,
    };

    // Not by CompareTo: comparisons with NaN are false.
    private static object? CompareReals(BinaryOperatorKind kind, double x, double y) => kind switch
    {
        BinaryOperatorKind.Equals => x == y,
        BinaryOperatorKind.NotEquals => x != y,
        BinaryOperatorKind.LessThan => x < y,
        BinaryOperatorKind.LessThanOrEqual => x <= y,
        BinaryOperatorKind.GreaterThan => x > y,
        BinaryOperatorKind.GreaterThanOrEqual => x >= y,
        _ => null,
    };
}
