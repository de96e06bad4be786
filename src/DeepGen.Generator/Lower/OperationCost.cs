using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Lower;

/// <summary>Vector operations, an elementary function counted with the polynomial it is inlined to.</summary>
internal static class OperationCost
{
    private const int Function = 20;

    public static int Of(ScalarOp op) => op switch
    {
        ScalarOp.Constant or ScalarOp.Argument => 0,
        ScalarOp.Exp or ScalarOp.Log or ScalarOp.Tanh or ScalarOp.Sigmoid or ScalarOp.Erf => Function,
        _ => 1,
    };

    /// <summary>What a primitive costs per element; moving it costs nothing.</summary>
    public static int Of(Primitive op) => op switch
    {
        Elementwise elementwise => Parts(elementwise.Body(Scalar.Arguments(elementwise.Arity))).Distinct().Sum(p => Of(p.Op)),
        MatMul or Convolution or Reduce or Window => 1,
        _ => 0,
    };

    /// <summary>What an expression costs, a shared part once.</summary>
    public static int Of(Expression root) => Sum([root], Of);

    /// <summary>The vector operations that several expressions are in line, once compilers have inlined their functions.</summary>
    public static int InLine(IEnumerable<Expression> roots) => Sum(roots, op => op switch
    {
        ScalarOp.Exp => 14,
        ScalarOp.Sigmoid => 18,
        ScalarOp.Tanh => 14,
        _ => Of(op),
    });

    private static int Sum(IEnumerable<Expression> roots, Func<ScalarOp, int> costOf)
    {
        var seen = new HashSet<Expression>();
        return roots.Sum(Cost);

        int Cost(Expression e) => e is OperationExpression operation && seen.Add(e) ? costOf(operation.Op) + operation.Arguments.Sum(Cost) : 0;
    }

    private static IEnumerable<Scalar> Parts(Scalar scalar) => scalar.Operands.SelectMany(Parts).Append(scalar);
}
