using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace DeepGen.Data;

/// <summary>How a file stores a number.</summary>
internal enum NumberType
{
    UInt8,
    Int8,
    UInt16,
    Int16,
    UInt32,
    Int32,
    UInt64,
    Int64,
    Half,
    Single,
    Double,
}

/// <summary>Stored numbers to float32 or to classes. A number that does not fit is not rounded into another: its position is returned.</summary>
internal static class Numbers
{
    public static int Size(NumberType type) => type switch
    {
        NumberType.UInt8 or NumberType.Int8 => 1,
        NumberType.UInt16 or NumberType.Int16 or NumberType.Half => 2,
        NumberType.UInt32 or NumberType.Int32 or NumberType.Single => 4,
        _ => 8,
    };

    /// <summary>Brings numbers into this machine's order of bytes.</summary>
    public static void ToNative(NumberType type, bool bigEndian, Span<byte> bytes)
    {
        if (bigEndian != BitConverter.IsLittleEndian)
        {
            return;
        }

        switch (Size(type))
        {
            case 2:
                var shorts = MemoryMarshal.Cast<byte, ushort>(bytes);
                BinaryPrimitives.ReverseEndianness(shorts, shorts);
                break;
            case 4:
                var ints = MemoryMarshal.Cast<byte, uint>(bytes);
                BinaryPrimitives.ReverseEndianness(ints, ints);
                break;
            case 8:
                var longs = MemoryMarshal.Cast<byte, ulong>(bytes);
                BinaryPrimitives.ReverseEndianness(longs, longs);
                break;
        }
    }

    /// <summary>The position of the first number that no float32 can hold, or -1.</summary>
    public static int ToSingles(NumberType type, ReadOnlySpan<byte> bytes, Span<float> values) => type switch
    {
        NumberType.UInt8 => ToSingles<byte>(bytes, values),
        NumberType.Int8 => ToSingles<sbyte>(bytes, values),
        NumberType.UInt16 => ToSingles<ushort>(bytes, values),
        NumberType.Int16 => ToSingles<short>(bytes, values),
        NumberType.UInt32 => ToSingles<uint>(bytes, values),
        NumberType.Int32 => ToSingles<int>(bytes, values),
        NumberType.UInt64 => ToSingles<ulong>(bytes, values),
        NumberType.Int64 => ToSingles<long>(bytes, values),
        NumberType.Half => ToSingles<Half>(bytes, values),
        NumberType.Single => ToSingles<float>(bytes, values),
        _ => ToSingles<double>(bytes, values),
    };

    /// <summary>The position of the first number that is no natural one below 2^31, or -1.</summary>
    public static int ToClasses(NumberType type, ReadOnlySpan<byte> bytes, Span<int> classes) => type switch
    {
        NumberType.UInt8 => ToClasses<byte>(bytes, classes),
        NumberType.Int8 => ToClasses<sbyte>(bytes, classes),
        NumberType.UInt16 => ToClasses<ushort>(bytes, classes),
        NumberType.Int16 => ToClasses<short>(bytes, classes),
        NumberType.UInt32 => ToClasses<uint>(bytes, classes),
        NumberType.Int32 => ToClasses<int>(bytes, classes),
        NumberType.UInt64 => ToClasses<ulong>(bytes, classes),
        NumberType.Int64 => ToClasses<long>(bytes, classes),
        NumberType.Half => ToClasses<Half>(bytes, classes),
        NumberType.Single => ToClasses<float>(bytes, classes),
        _ => ToClasses<double>(bytes, classes),
    };

    private static int ToSingles<T>(ReadOnlySpan<byte> bytes, Span<float> values)
        where T : struct, INumberBase<T>
    {
        var numbers = MemoryMarshal.Cast<byte, T>(bytes);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = float.CreateTruncating(numbers[i]);
            if (typeof(T) == typeof(double) && float.IsInfinity(values[i]) && !T.IsInfinity(numbers[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private static int ToClasses<T>(ReadOnlySpan<byte> bytes, Span<int> classes)
        where T : struct, INumberBase<T>
    {
        var numbers = MemoryMarshal.Cast<byte, T>(bytes);
        for (int i = 0; i < classes.Length; i++)
        {
            double number = double.CreateTruncating(numbers[i]);
            classes[i] = (int)number;
            if (classes[i] != number || number < 0)
            {
                return i;
            }
        }

        return -1;
    }
}
