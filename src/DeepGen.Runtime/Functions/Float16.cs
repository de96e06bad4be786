using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DeepGen.Runtime;

/// <summary>IEEE half precision as checkpoints hold it, made float32.</summary>
internal static class Float16
{
    private const int Lanes = 16;

    public static void Widen(ReadOnlySpan<ushort> source, Span<float> destination)
    {
        ref ushort from = ref MemoryMarshal.GetReference(source);
        ref float to = ref MemoryMarshal.GetReference(destination);
        int done = InstructionSet.Avx512 ? Widen<Lanes512>(ref from, ref to, source.Length)
            : InstructionSet.Avx2 ? Widen<Lanes256>(ref from, ref to, source.Length)
            : InstructionSet.Neon ? Widen<LanesNeon>(ref from, ref to, source.Length)
            : InstructionSet.Vector128 ? Widen<Lanes128>(ref from, ref to, source.Length)
            : 0;
        for (; done < source.Length; done++)
        {
            destination[done] = (float)BitConverter.UInt16BitsToHalf(source[done]);
        }
    }

    /// <summary>
    /// Exponent and fraction, moved to where float32 has them, are the number times 2⁻¹¹², small ones too, whose exponent is zero in both. The
    /// greatest exponent stands for infinity and NaN in both, and is filled up.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static int Widen<T>(ref ushort from, ref float to, int length)
        where T : struct, ILanes<T>
    {
        T sign = T.BroadcastBits(int.MinValue), magnitude = T.BroadcastBits(0x7FFF0000), greatest = T.BroadcastBits(0x0F800000);
        T exponent = T.BroadcastBits(0x7F800000), quiet = T.BroadcastBits(0x00400000), scale = T.BroadcastBits((127 + 112) << 23);
        int i = 0;
        for (; i <= length - Lanes; i += Lanes)
        {
            var x = T.LoadUpper(ref from, i);
            var shifted = T.ShiftBitsDown(T.And(x, magnitude), 3);
            var special = T.Or(shifted, T.Select(T.LessThan(greatest, shifted), T.Or(exponent, quiet), exponent));
            T.Store(T.Or(T.And(x, sign), T.Select(T.LessOrEqual(greatest, shifted), special, shifted * scale)), ref to, i);
        }

        return i;
    }
}
