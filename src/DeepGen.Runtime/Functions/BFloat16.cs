using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DeepGen.Runtime;

/// <summary>bfloat16, the upper half of a float32: half the memory, the same range, eight bits of precision.</summary>
public static class BFloat16
{
    private const int Lanes = 16;

    /// <summary>Rounds to the nearest bfloat16, of two the even one; what is too large becomes infinite, and NaN stays NaN.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Narrow(ReadOnlySpan<float> source, Span<ushort> destination)
    {
        CheckLengths(source.Length, destination.Length);
        ref float from = ref MemoryMarshal.GetReference(source);
        ref ushort to = ref MemoryMarshal.GetReference(destination);
        int done = InstructionSet.Avx512 ? Narrow<Lanes512>(ref from, ref to, source.Length)
            : InstructionSet.Avx2 ? Narrow<Lanes256>(ref from, ref to, source.Length)
            : InstructionSet.Neon ? Narrow<LanesNeon>(ref from, ref to, source.Length)
            : InstructionSet.Vector128 ? Narrow<Lanes128>(ref from, ref to, source.Length)
            : 0;
        for (; done < source.Length; done++)
        {
            destination[done] = Of(source[done]);
        }
    }

    /// <summary>The same numbers as float32, exactly.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Widen(ReadOnlySpan<ushort> source, Span<float> destination)
    {
        CheckLengths(source.Length, destination.Length);
        ref ushort from = ref MemoryMarshal.GetReference(source);
        ref float to = ref MemoryMarshal.GetReference(destination);
        int done = InstructionSet.Avx512 ? Widen<Lanes512>(ref from, ref to, source.Length)
            : InstructionSet.Avx2 ? Widen<Lanes256>(ref from, ref to, source.Length)
            : InstructionSet.Neon ? Widen<LanesNeon>(ref from, ref to, source.Length)
            : InstructionSet.Vector128 ? Widen<Lanes128>(ref from, ref to, source.Length)
            : 0;
        for (; done < source.Length; done++)
        {
            destination[done] = Value(source[done]);
        }
    }

    /// <summary>The nearest bfloat16.</summary>
    public static ushort Of(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return (ushort)(float.IsNaN(value) ? (bits >> 16) | Quiet >> 16 : (bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }

    /// <summary>The number that a bfloat16 is.</summary>
    public static float Value(ushort bits) => BitConverter.UInt32BitsToSingle((uint)bits << 16);

    /// <summary>Sixteen numbers rounded to bfloat16; they may be stored by <see cref="ILanes{T}.StoreUpper"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Round<T>(T x)
        where T : struct, ILanes<T>
    {
        var odd = T.And(T.ShiftBitsDown(x, 16), T.BroadcastBits(1));
        var rounded = T.AddBits(x, T.AddBits(odd, T.BroadcastBits(0x7FFF)));
        return T.And(T.Select(T.Equal(x, x), rounded, T.Or(x, T.BroadcastBits(Quiet))), T.BroadcastBits(unchecked((int)0xFFFF0000)));
    }

    /// <summary>Sixteen numbers of bfloat16 and sixteen others in one vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Pair<T>(T first, T second)
        where T : struct, ILanes<T> => T.Or(T.And(T.ShiftBitsDown(first, 16), T.BroadcastBits(0xFFFF)), Second(second));

    /// <summary>The first sixteen numbers of a pair.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T First<T>(T pair)
        where T : struct, ILanes<T> => T.ShiftBitsUp(pair, 16);

    /// <summary>The second sixteen numbers of a pair.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Second<T>(T pair)
        where T : struct, ILanes<T> => T.And(pair, T.BroadcastBits(unchecked((int)0xFFFF0000)));

    /// <summary>The bit that every NaN has which is no signal, so that a NaN does not lose its last one.</summary>
    private const int Quiet = 0x00400000;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static int Narrow<T>(ref float from, ref ushort to, int length)
        where T : struct, ILanes<T>
    {
        int i = 0;
        for (; i <= length - Lanes; i += Lanes)
        {
            T.StoreUpper(Round(T.Load(ref from, i)), ref to, i);
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static int Widen<T>(ref ushort from, ref float to, int length)
        where T : struct, ILanes<T>
    {
        int i = 0;
        for (; i <= length - Lanes; i += Lanes)
        {
            T.Store(T.LoadUpper(ref from, i), ref to, i);
        }

        return i;
    }

    private static void CheckLengths(int source, int destination)
    {
        if (source != destination)
        {
            throw new ArgumentException($"{source} numbers cannot become {destination}", nameof(destination));
        }
    }
}
