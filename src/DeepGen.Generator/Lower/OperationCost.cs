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
    public static int Of(Expression root)
    {
        var seen = new HashSet<Expression>();
        return Cost(root);

        int Cost(Expression e) => e is OperationExpression operation && seen.Add(e) ? Of(operation.Op) + operation.Arguments.Sum(Cost) : 0;
    }

    private static IEnumerable<Scalar> Parts(Scalar scalar) => scalar.Operands.SelectMany(Parts).Append(scalar);
}
