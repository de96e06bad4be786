using System.Runtime.CompilerServices;

namespace DeepGen.Runtime;

/// <summary>Scratch memory of one chunk at a time.</summary>
internal sealed class Workspace(int length)
{
    private readonly AlignedBuffer _buffer = new(length);

    // Nonzero from the start: whoever creates a workspace is its first user.
    private int _taken = 1;

    public ref float Start
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _buffer.Start;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTake() => Volatile.Read(ref _taken) == 0 && Interlocked.CompareExchange(ref _taken, 1, 0) == 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Return() => Volatile.Write(ref _taken, 0);
}
