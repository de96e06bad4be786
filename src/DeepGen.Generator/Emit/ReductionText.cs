using DeepGen.Generator.Ir;
using DeepGen.Generator.Lower;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Emit;

/// <summary>Sums and maxima of vectors, and of their lanes.</summary>
internal static class ReductionText
{
    public static string Identity(Reduction reduction) => reduction == Reduction.Sum ? "L.Zero" : "L.Broadcast(float.NegativeInfinity)";

    /// <summary>One more element in every lane: products are added as they are multiplied.</summary>
    public static void Combine(CodeWriter code, ExpressionWriter expression, Expression element, Reduction reduction, string sum, string local)
    {
        if (reduction == Reduction.Sum && element is OperationExpression { Op: ScalarOp.Multiply } product)
        {
            code.Line($"L.AddProduct(ref {sum}, {expression.Write(product.Arguments[0])}, {expression.Write(product.Arguments[1])});");
            return;
        }

        Combine(code, expression.Write(element), reduction, sum, local);
    }

    /// <summary>L.Max takes the other where one is not a number; but what is not a number must not be lost.</summary>
    public static void Combine(CodeWriter code, string value, Reduction reduction, string sum, string local)
    {
        if (reduction == Reduction.Sum)
        {
            code.Line($"{sum} = {sum} + {value};");
            return;
        }

        code.Line($"L {local} = {value};");
        code.Line($"{sum} = L.Select(L.Equal({local}, {local}), L.Max({local}, {sum}), {local});");
    }

    /// <summary>One more element in the first lanes only.</summary>
    public static void CombineFirst(CodeWriter code, string count, string value, Reduction reduction, string sum, string local) =>
        Combine(code, $"L.Select(L.FirstLanes({count}), {value}, {Identity(reduction)})", reduction, sum, local);

    /// <summary>The sum or maximum of all lanes, in every lane. A sum of what is not a number and zeros is not a number if there is such a lane.</summary>
    public static string OfLanes(Reduction reduction, string lanes) => reduction == Reduction.Sum
        ? $"L.Broadcast(L.SumLanes({lanes}))"
        : $"L.Broadcast(L.MaxLanes({lanes}) + L.SumLanes(L.Select(L.Equal({lanes}, {lanes}), L.Zero, {lanes})))";
}
