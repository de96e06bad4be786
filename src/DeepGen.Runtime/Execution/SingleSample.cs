using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DeepGen.Runtime;

/// <summary>Computes one sample of a small program.</summary>
internal delegate void SingleBody(ref float weights, ref float input, ref float output);

/// <summary>
/// Lends a small program its scratch memory. Only here can the stack be left as it was found, since generated code is never unsafe, and to clear
/// it costs as much as some of the sums.
/// </summary>
internal static class SingleSample
{
    /// <summary>Floats that are lent; one page of the stack holds them.</summary>
    public const int Floats = 768;

    public const int Alignment = 64;

    /// <summary>A delegate of an object: one of a static method moves its arguments before it calls.</summary>
    public static SingleBody Body<T>()
        where T : struct, ISingleSample => new Lender<T>().Run;

    private sealed unsafe class Lender<T>
        where T : struct, ISingleSample
    {
        /// <summary>Never inlined: the JIT would write it into a caller's loop, since profiles know whom a delegate calls, and run out of budget halfway.</summary>
        [SkipLocalsInit]
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Run(ref float weights, ref float input, ref float output)
        {
            Unsafe.SkipInit(out Memory memory);
            nint start = ((nint)(&memory) + Alignment - 1) & -Alignment;
            T.Single(ref Unsafe.AsRef<float>((void*)start), ref weights, ref input, ref output);
        }
    }

    [StructLayout(LayoutKind.Sequential, Size = (Floats * sizeof(float)) + Alignment)]
    private struct Memory;
}
