using System.Collections.Immutable;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Ir;

/// <summary>What one lane can do. Each is exactly one operation, or one function of the runtime, on a vector.</summary>
internal enum ScalarOp
{
    Constant,
    Argument,
    Add,
    Subtract,
    Multiply,
    Divide,

    /// <summary>a * b + c, rounded once where the machine can.</summary>
    Fma,

    /// <summary>a &gt; b ? a : b, so b where a is not a number.</summary>
    Max,

    /// <summary>a &lt; b ? a : b.</summary>
    Min,
    Negate,
    Abs,
    Sqrt,
    Exp,
    Log,
    Tanh,
    Sigmoid,
    Erf,

    /// <summary>Rounded to bfloat16.</summary>
    Narrow,

    /// <summary>The upper half of b's bits over the upper half of a's.</summary>
    Pair,

    /// <summary>A mask, as are the next two; only Select takes one.</summary>
    LessThan,
    LessOrEqual,
    Equal,

    /// <summary>mask ? a : b.</summary>
    Select,
}

/// <summary>The body of an elementwise primitive: a tree over the operations of one lane.</summary>
/// <param name="Value">The number of a Constant.</param>
/// <param name="Index">The operand an Argument stands for.</param>
internal sealed record Scalar(ScalarOp Op, float Value, int Index, EquatableArray<Scalar> Operands)
{
    public static implicit operator Scalar(float value) => new(ScalarOp.Constant, value, 0, EquatableArray<Scalar>.Empty);

    public static Scalar operator +(Scalar a, Scalar b) => Make(ScalarOp.Add, a, b);

    public static Scalar operator -(Scalar a, Scalar b) => Make(ScalarOp.Subtract, a, b);

    public static Scalar operator *(Scalar a, Scalar b) => Make(ScalarOp.Multiply, a, b);

    public static Scalar operator /(Scalar a, Scalar b) => Make(ScalarOp.Divide, a, b);

    public static Scalar operator -(Scalar a) => Make(ScalarOp.Negate, a);

    public static Scalar Argument(int index) => new(ScalarOp.Argument, 0, index, EquatableArray<Scalar>.Empty);

    public static ImmutableArray<Scalar> Arguments(int arity) => Enumerable.Range(0, arity).Select(Argument).ToImmutableArray();

    public static Scalar Fma(Scalar a, Scalar b, Scalar c) => Make(ScalarOp.Fma, a, b, c);

    public static Scalar Max(Scalar a, Scalar b) => Make(ScalarOp.Max, a, b);

    public static Scalar Min(Scalar a, Scalar b) => Make(ScalarOp.Min, a, b);

    public static Scalar Abs(Scalar a) => Make(ScalarOp.Abs, a);

    public static Scalar Sqrt(Scalar a) => Make(ScalarOp.Sqrt, a);

    public static Scalar Exp(Scalar a) => Make(ScalarOp.Exp, a);

    public static Scalar Log(Scalar a) => Make(ScalarOp.Log, a);

    public static Scalar Tanh(Scalar a) => Make(ScalarOp.Tanh, a);

    public static Scalar Sigmoid(Scalar a) => Make(ScalarOp.Sigmoid, a);

    public static Scalar Erf(Scalar a) => Make(ScalarOp.Erf, a);

    public static Scalar Narrow(Scalar a) => Make(ScalarOp.Narrow, a);

    public static Scalar Pair(Scalar a, Scalar b) => Make(ScalarOp.Pair, a, b);

    public static Scalar LessThan(Scalar a, Scalar b) => Make(ScalarOp.LessThan, a, b);

    public static Scalar LessOrEqual(Scalar a, Scalar b) => Make(ScalarOp.LessOrEqual, a, b);

    public static Scalar Equal(Scalar a, Scalar b) => Make(ScalarOp.Equal, a, b);

    public static Scalar Select(Scalar mask, Scalar a, Scalar b) => Make(ScalarOp.Select, mask, a, b);

    private static Scalar Make(ScalarOp op, params Scalar[] operands) => new(op, 0, 0, EquatableArray.Of(operands));
}
