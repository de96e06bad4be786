using System.Runtime.CompilerServices;

namespace DeepGen.Runtime;

/// <summary>
/// The transcendental functions of generated code. They are made of <see cref="ILanes{T}"/>'s operations alone, without
/// branches, so their results are the same bits on every instruction set that has fused multiply-add. NaN gives NaN.
/// </summary>
public static unsafe partial class Elementary
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>A body for both uses: written into its caller, or compiled by itself without a slow first tier.</summary>
    private const MethodImplOptions Here = MethodImplOptions.AggressiveInlining | MethodImplOptions.AggressiveOptimization;

    /// <summary>The leading ten bits of ln 2, so that a multiple of it is exact even without fused multiply-add.</summary>
    private const float Ln2High = 0.693359375f;

    private const float Ln2Low = -2.12194440e-4f;

    /// <summary>The value nearest to <paramref name="x"/> in [-limit, limit]; NaN stays.</summary>
    [MethodImpl(Inline)]
    private static T Clamp<T>(T x, float limit)
        where T : struct, ILanes<T> =>
        T.Min(T.Broadcast(limit), T.Max(T.Broadcast(-limit), x));

    /// <summary>
    /// The same bodies as calls. With .NET 10 a function is written into its caller where lanes take one register or two: generated methods have two
    /// hundred operations at most, functions counted with what they consist of, and of so many it makes one method. Of four registers' operations
    /// it is fewer, and with .NET 9 even one register's pass the JIT's budget for inlining, a multiple of the caller's size: what comes after
    /// would be a call an operation. The JIT never sees through a pointer, and a body compiled by itself always has its operations inlined.
    /// </summary>
    /// <remarks>Each function asks for the type itself: the answer of a method comes too late, when the JIT has counted both ways.</remarks>
    private static class Outline<T>
        where T : struct, ILanes<T>
    {
        public static readonly delegate*<T, T> Exp = &ExpHere;
        public static readonly delegate*<T, T> Log = &LogHere;
        public static readonly delegate*<T, T> Tanh = &TanhHere;
        public static readonly delegate*<T, T> Sigmoid = &SigmoidHere;
        public static readonly delegate*<T, T> Erf = &ErfHere;
    }
}
