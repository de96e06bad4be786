using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Tests.Interpret;

/// <summary>
/// A scalar body in float32. The functions either are as good as float32 allows, or err by as much as the runtime's may,
/// up or down as the bits of their operand fall.
/// </summary>
internal static class FloatScalar
{
    public static float Evaluate(Scalar body, float[] x, SummationOrder order, bool poorFunctions)
    {
        float[] v = body.Operands.Select(o => Evaluate(o, x, order, poorFunctions)).ToArray();
        Rounding r = Rounding.Float32;
        return body.Op switch
        {
            ScalarOp.Constant => body.Value,
            ScalarOp.Argument => x[body.Index],
            ScalarOp.Add => v[0] + v[1],
            ScalarOp.Subtract => v[0] - v[1],
            ScalarOp.Multiply => v[0] * v[1],
            ScalarOp.Divide => v[0] / v[1],
            ScalarOp.Fma => order == SummationOrder.Unfused ? (v[0] * v[1]) + v[2] : MathF.FusedMultiplyAdd(v[0], v[1], v[2]),
            ScalarOp.Max => v[0] > v[1] ? v[0] : v[1],
            ScalarOp.Min => v[0] < v[1] ? v[0] : v[1],
            ScalarOp.Negate => -v[0],
            ScalarOp.Abs => MathF.Abs(v[0]),
            ScalarOp.Sqrt => MathF.Sqrt(v[0]),
            ScalarOp.Exp => Function(Math.Exp(v[0]), v[0], r.Exp),
            ScalarOp.Log => Function(Math.Log(v[0]), v[0], r.Log),
            ScalarOp.Tanh => Function(Math.Tanh(v[0]), v[0], r.Tanh),
            ScalarOp.Sigmoid => Function(1 / (1 + Math.Exp(-(double)v[0])), v[0], r.Sigmoid),
            ScalarOp.Erf => Function(Generator.Ops.Erf.Reference(v[0]), v[0], r.Erf),
            ScalarOp.Narrow => (float)EightBits(v[0]),
            ScalarOp.Pair => Pair(v[0], v[1]),
            ScalarOp.LessThan => v[0] < v[1] ? 1 : 0,
            ScalarOp.LessOrEqual => v[0] <= v[1] ? 1 : 0,
            ScalarOp.Equal => v[0] == v[1] ? 1 : 0,
            ScalarOp.Select => v[0] != 0 ? v[1] : v[2],
            _ => throw new IrException($"No meaning of {body.Op}."),
        };

        // 0.9: what is left pays for rounding the result.
        float Function(double exact, float at, double error)
        {
            uint bits = unchecked(BitConverter.SingleToUInt32Bits(at) * 2654435769u);
            double sign = (bits >> 31) == 0 ? 1 : -1;
            return (float)(poorFunctions ? exact * (1 + (sign * 0.9 * error)) : exact);
        }
    }

    /// <summary>The same body in double precision with exact functions.</summary>
    public static double Evaluate(Scalar body, double[] x)
    {
        double[] v = body.Operands.Select(o => Evaluate(o, x)).ToArray();
        return body.Op switch
        {
            ScalarOp.Constant => body.Value,
            ScalarOp.Argument => x[body.Index],
            ScalarOp.Add => v[0] + v[1],
            ScalarOp.Subtract => v[0] - v[1],
            ScalarOp.Multiply => v[0] * v[1],
            ScalarOp.Divide => v[0] / v[1],
            ScalarOp.Fma => (v[0] * v[1]) + v[2],
            ScalarOp.Max => v[0] > v[1] ? v[0] : v[1],
            ScalarOp.Min => v[0] < v[1] ? v[0] : v[1],
            ScalarOp.Negate => -v[0],
            ScalarOp.Abs => Math.Abs(v[0]),
            ScalarOp.Sqrt => Math.Sqrt(v[0]),
            ScalarOp.Exp => Math.Exp(v[0]),
            ScalarOp.Log => Math.Log(v[0]),
            ScalarOp.Tanh => Math.Tanh(v[0]),
            ScalarOp.Sigmoid => 1 / (1 + Math.Exp(-v[0])),
            ScalarOp.Erf => Generator.Ops.Erf.Reference(v[0]),
            ScalarOp.Narrow => EightBits((float)v[0]),
            ScalarOp.Pair => Pair((float)v[0], (float)v[1]),
            ScalarOp.LessThan => v[0] < v[1] ? 1 : 0,
            ScalarOp.LessOrEqual => v[0] <= v[1] ? 1 : 0,
            ScalarOp.Equal => v[0] == v[1] ? 1 : 0,
            ScalarOp.Select => v[0] != 0 ? v[1] : v[2],
            _ => throw new IrException($"No meaning of {body.Op}."),
        };
    }

    private static double EightBits(double x)
    {
        int exponent = Math.Max(x == 0 ? 0 : Math.ILogB(x), -126) - 7;
        return Math.ScaleB(Math.Round(Math.ScaleB(x, -exponent), MidpointRounding.ToEven), exponent);
    }

    private static float Pair(float first, float second) => BitConverter.UInt32BitsToSingle(
        (BitConverter.SingleToUInt32Bits(second) >> 16 << 16) | (BitConverter.SingleToUInt32Bits(first) >> 16));
}
