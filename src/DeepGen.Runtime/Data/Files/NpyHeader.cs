using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace DeepGen.Data;

/// <summary>The dictionary before the numbers: {'descr': '&lt;f4', 'fortran_order': False, 'shape': (60000, 28, 28), }.</summary>
internal sealed record NpyHeader(NumberType Type, bool IsBigEndian, bool IsFortran, ImmutableArray<int> Shape)
{
    /// <summary>Far more than any header of numbers needs; NumPy itself stops at 10 000.</summary>
    private const int Longest = 1 << 16;

    public static NpyHeader Read(ByteSource source)
    {
        Span<byte> start = stackalloc byte[8];
        source.Read(start, "the magic word and the version");
        if (start[0] != 0x93 || !start[1..6].SequenceEqual("NUMPY"u8))
        {
            throw source.Error(0, "expected a .npy array, which begins with 93 and the letters NUMPY");
        }

        if (start[6] is < 1 or > 3)
        {
            throw source.Error(6, $"expected version 1, 2 or 3 of the format, found {start[6]}");
        }

        Span<byte> word = stackalloc byte[4];
        word.Clear();
        source.Read(word[..(start[6] == 1 ? 2 : 4)], "the header's length");
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(word);
        if (length > Longest || length > source.Most - source.Position)
        {
            throw source.Error(
                8, $"a header of {length} bytes was announced, expected at most {Math.Min(Longest, source.Most - source.Position)}");
        }

        long at = source.Position;
        var text = new byte[length];
        source.Read(text, "the header");
        return Parse(source, at, Encoding.Latin1.GetString(text));
    }

    private static NpyHeader Parse(ByteSource source, long at, string text)
    {
        var reader = new NpyHeaderReader(source, at, text);
        string? type = null;
        bool? fortran = null;
        ImmutableArray<int>? shape = null;
        long typeAt = at;
        reader.Expect('{');
        while (!reader.TryTake('}'))
        {
            string key = reader.String();
            reader.Expect(':');
            switch (key)
            {
                case "descr":
                    typeAt = reader.Place;
                    type = reader.String();
                    break;
                case "fortran_order":
                    fortran = reader.Boolean();
                    break;
                case "shape":
                    shape = reader.Tuple();
                    break;
                default:
                    throw reader.Error($"expected one of 'descr', 'fortran_order', 'shape', found '{key}'");
            }

            if (!reader.TryTake(','))
            {
                reader.Expect('}');
                break;
            }
        }

        reader.ExpectEnd();
        if (type is null || fortran is null || shape is null)
        {
            throw source.Error(at, "the header lacks one of 'descr', 'fortran_order', 'shape'");
        }

        var number = NumberOf(type) ?? throw source.Error(
            typeAt, $"expected a type of numbers (b1, i1, i2, i4, i8, u1, u2, u4, u8, f2, f4, f8), found '{type}'");
        return new NpyHeader(number, type[0] == '>' || (type[0] == '=' && !BitConverter.IsLittleEndian), fortran.Value, shape.Value);
    }

    private static NumberType? NumberOf(string type) => type is ['<' or '>' or '=' or '|', ..] ? type[1..] switch
    {
        "b1" or "u1" => NumberType.UInt8,
        "i1" => NumberType.Int8,
        "u2" => NumberType.UInt16,
        "i2" => NumberType.Int16,
        "u4" => NumberType.UInt32,
        "i4" => NumberType.Int32,
        "u8" => NumberType.UInt64,
        "i8" => NumberType.Int64,
        "f2" => NumberType.Half,
        "f4" => NumberType.Single,
        "f8" => NumberType.Double,
        _ => null,
    } : null;
}
