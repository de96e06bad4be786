using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DeepGen.Runtime;

/// <summary>Called by generated code that keeps its intermediate values on the stack.</summary>
public static unsafe class Scratch
{
    /// <summary>Floats that a piece of stack must be longer than what it shall hold.</summary>
    public const int Slack = 16;

    /// <summary>The first number of the stack memory that lies at a multiple of 64 bytes.</summary>
    /// <param name="memory">Memory that does not move, with <see cref="Slack"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref float Start(Span<float> memory)
    {
        const int Alignment = 64;
        nint address = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(memory));
        return ref Unsafe.AsRef<float>((void*)((address + Alignment - 1) & -Alignment));
    }
}
