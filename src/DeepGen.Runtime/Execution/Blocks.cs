using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DeepGen.Runtime;

/// <summary>Moves of matrices in memory; no number is computed, so every instruction set gives the same.</summary>
public static partial class Blocks
{
    /// <summary>Numbers of one cache line.</summary>
    private const int Line = 16;

    /// <summary>target[i] = source[i].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(ref float source, ref float target, int length) =>
        MemoryMarshal.CreateReadOnlySpan(ref source, length).CopyTo(MemoryMarshal.CreateSpan(ref target, length));

    /// <summary>One of so many parts of a copy; they meet between cache lines.</summary>
    public static void Copy(ref float source, ref float target, int length, int part, int parts)
    {
        int first = Start(part), end = part + 1 == parts ? length : Start(part + 1);
        Copy(ref Unsafe.Add(ref source, first), ref Unsafe.Add(ref target, first), end - first);

        int Start(int p) => (int)((long)p * length / parts) & -Line;
    }
}
