using System.Numerics;
using System.Runtime.CompilerServices;

namespace DeepGen.Runtime;

/// <summary>
/// Uniform numbers in [0, 1), multiples of 2⁻²⁴: each is a function of two key words, the sample and the position within it, in
/// integer arithmetic that every machine does alike. What is dropped in a training step can so be drawn again, by any thread.
/// </summary>
public static class NoiseNumbers
{
    private const uint Golden = 0x9E3779B9;
    private const uint First = 0x7FEB352D;
    private const uint Second = 0x846CA68B;
    private const float Unit = 1f / (1 << 24);

    /// <summary>What is the same for all elements of a sample.</summary>
    /// <param name="key0">A whole number below 2^24.</param>
    /// <param name="key1">A whole number below 2^24.</param>
    /// <param name="sample">The number of the sample in the batch.</param>
    public static (uint Offset, uint Between) Words(float key0, float key1, int sample)
    {
        uint offset = Mix(unchecked(Mix(unchecked(((uint)sample * Golden) + (uint)key0), 0) + (uint)key1), 0);
        return (offset, Mix(offset, Golden));
    }

    /// <summary>Fills neighbouring elements, the first of which has the given position in its sample.</summary>
    public static void Fill((uint Offset, uint Between) words, int position, ref float target, int length)
    {
        int i = 0;
        if (Vector.IsHardwareAccelerated)
        {
            var step = new Vector<uint>(unchecked((uint)Vector<uint>.Count * Golden));
            var between = new Vector<uint>(words.Between);
            var at = (Vector<uint>.Indices * Golden) + new Vector<uint>(unchecked(((uint)position * Golden) + words.Offset));
            for (; i <= length - Vector<uint>.Count; i += Vector<uint>.Count, at += step)
            {
                var number = Vector.ConvertToSingle(Vector.AsVectorInt32(Mix(at, between) >>> 8)) * Unit;
                Unsafe.WriteUnaligned(ref Unsafe.As<float, byte>(ref Unsafe.Add(ref target, i)), number);
            }
        }

        for (; i < length; i++)
        {
            Unsafe.Add(ref target, i) = Of(words, position + i);
        }
    }

    /// <summary>One element, by its position in its sample.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Of((uint Offset, uint Between) words, int position) =>
        (Mix(unchecked(((uint)position * Golden) + words.Offset), words.Between) >> 8) * Unit;

    /// <summary>The value where the element's number is at least the rate, else zero: without a branch that nobody could foresee.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Kept((uint Offset, uint Between) words, int position, float rate, float value)
    {
        // Both are multiples of 2^-24, or the rate lies between two of them.
        int number = (int)(Mix(unchecked(((uint)position * Golden) + words.Offset), words.Between) >> 8);
        int limit = (int)MathF.Ceiling(rate * (1 << 24));
        return BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(value) & ~((number - limit) >> 31));
    }

    /// <summary>The same of several elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<float> Kept((uint Offset, uint Between) words, Vector<int> positions, float rate, Vector<float> values)
    {
        var at = (Vector.AsVectorUInt32(positions) * Golden) + new Vector<uint>(words.Offset);
        var number = Vector.AsVectorInt32(Mix(at, new Vector<uint>(words.Between)) >>> 8);
        var isDropped = Vector.LessThan(number, new Vector<int>((int)MathF.Ceiling(rate * (1 << 24))));
        return Vector.AsVectorSingle(Vector.AndNot(Vector.AsVectorInt32(values), isDropped));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Mix(uint x, uint between)
    {
        x = unchecked((x ^ (x >> 16)) * First);
        x = unchecked(((x ^ (x >> 15)) + between) * Second);
        return x ^ (x >> 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<uint> Mix(Vector<uint> x, Vector<uint> between)
    {
        x = (x ^ (x >>> 16)) * First;
        x = ((x ^ (x >>> 15)) + between) * Second;
        return x ^ (x >>> 16);
    }
}
