using System.Runtime.CompilerServices;

namespace DeepGen.Runtime;

/// <summary>
/// The transcendental functions of generated code. They are made of <see cref="ILanes{T}"/>'s operations alone, without
/// branches, so their results are the same bits on every instruction set that has fused multiply-add. NaN gives NaN.
/// </summary>
public static partial class Elementary
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>The leading ten bits of ln 2, so that a multiple of it is exact even without fused multiply-add.</summary>
    private const float Ln2High = 0.693359375f;

    private const float Ln2Low = -2.12194440e-4f;

    /// <summary>The value nearest to <paramref name="x"/> in [-limit, limit]; NaN stays.</summary>
    [MethodImpl(Inline)]
    private static T Clamp<T>(T x, float limit)
        where T : struct, ILanes<T> =>
        T.Min(T.Broadcast(limit), T.Max(T.Broadcast(-limit), x));
}
