using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DeepGen.Runtime;

/// <summary>
/// Zeroed floats that begin at a multiple of 64 bytes and never move. Behind them lies a whole vector more, so that a kernel
/// may load one at any of them.
/// </summary>
internal unsafe class AlignedBuffer
{
    private const int Alignment = 64;

    private readonly float[] _values;
    private readonly int _offset;

    public AlignedBuffer(int length)
    {
        Length = length;
        _values = GC.AllocateArray<float>(checked(length + (2 * Alignment / sizeof(float))), pinned: true);
        nuint address = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_values));
        _offset = (int)((Alignment - (address % Alignment)) % Alignment) / sizeof(float);
        Address = (float*)address + _offset;
        LargePages.AskFor(Address, (nuint)length * sizeof(float));
    }

    public int Length { get; }

    /// <summary>Valid only as long as something holds this object.</summary>
    public float* Address { get; }

    /// <summary>A reference that itself keeps the memory alive.</summary>
    public ref float Start
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_values), _offset);
    }

    public Span<float> Span => new(_values, _offset, Length);
}
