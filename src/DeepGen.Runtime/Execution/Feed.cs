using System.Runtime.CompilerServices;

namespace DeepGen.Runtime;

/// <summary>The tensors of one call, inputs first, in the order in which they were given. Valid during the call alone.</summary>
public readonly unsafe struct Feed
{
    private readonly void** _pinned;

    internal Feed(void** pinned) => _pinned = pinned;

    internal void** Pinned => _pinned;

    /// <summary>The first value of a tensor of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref float Float(int index) => ref Unsafe.AsRef<float>(_pinned[index]);

    /// <summary>A sparse matrix in one of its forms, by rows or by columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref readonly SparseRows Sparse(int index, int form) => ref ((SparseRows*)_pinned[index])[form];

    /// <summary>The first value of a tensor of integers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref int Int(int index) => ref Unsafe.AsRef<int>(_pinned[index]);
}
