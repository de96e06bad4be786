using System.Runtime.CompilerServices;

namespace DeepGen.Runtime;

/// <summary>
/// Averages of gradients that have become zero decay for ever: below the smallest normal number they would stay at some denormal one, since
/// 0.9 of the smallest rounds to itself, and processors are slow with those. They become zero there. No parameter notices: what
/// is lost is less than 10⁻³⁸, and counts only beside an ε of 10⁻⁸ or multiplied with the learning rate.
/// </summary>
internal static class Tiny
{
    /// <summary>x, or zero where |x| &lt; 2⁻¹²⁶.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Flush<T>(T x)
        where T : struct, ILanes<T> => T.Select(T.LessThan(T.Abs(x), T.BroadcastBits(0x00800000)), T.Zero, x);
}
