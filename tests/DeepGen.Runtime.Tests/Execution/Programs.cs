using System.Runtime.CompilerServices;
using DeepGen.Runtime;

namespace DeepGen.Tests;

internal static class Programs
{
    public static PreparedWeights Weights(float value) => new(
        new ParameterSet([TestParameters.Declare("w", [1], kind: Initializer.Constant, scale: value)], 1),
        1,
        static (ref float parameters, ref float prepared) => prepared = parameters);

    /// <summary>output = weight · input, by way of the workspace, which another thread's call would spoil if it were shared.</summary>
    public static BatchProgram Scale(int chunk, int work = 0, bool zeroed = true) => new(chunk, 1, chunk, zeroed, int.MaxValue, (in Feed feed, ref float weights, ref float workspace, int first, int count) =>
    {
        for (int i = 0; i < count; i++)
        {
            Unsafe.Add(ref workspace, i) = weights * Unsafe.Add(ref feed.Float(0), first + i);
        }

        Thread.SpinWait(work);
        for (int i = 0; i < count; i++)
        {
            Unsafe.Add(ref feed.Float(1), first + i) = Unsafe.Add(ref workspace, i);
        }
    });

    /// <summary>Two tensors of floats, one of integers; the fourth is their sum.</summary>
    public static BatchProgram SumOfThree() => new(8, 8, 0, false, int.MaxValue, static (in Feed feed, ref float _, ref float _, int first, int count) =>
    {
        for (int i = first; i < first + count; i++)
        {
            Unsafe.Add(ref feed.Float(3), i) = Unsafe.Add(ref feed.Float(0), i) + Unsafe.Add(ref feed.Float(1), i) + Unsafe.Add(ref feed.Int(2), i);
        }
    });
}
