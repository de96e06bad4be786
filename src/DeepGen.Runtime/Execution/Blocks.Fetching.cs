using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace DeepGen.Runtime;

/// <summary>Memory that will be read soon.</summary>
public static unsafe partial class Blocks
{
    /// <summary>
    /// Asks for the cache line of a number, to be in the second cache by the time it is read. Changes nothing, and may be given any place; where the
    /// processor cannot be asked, nothing happens.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fetch(ref float number)
    {
        if (Sse.IsSupported)
        {
            // The address may be stale if the collector moves what it points into: then another line is fetched.
            Sse.Prefetch1(Unsafe.AsPointer(ref number));
        }
    }

    /// <summary>The same for the first cache, where it is to be written soon.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void FetchNear(ref float number)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref number));
        }
    }
}
