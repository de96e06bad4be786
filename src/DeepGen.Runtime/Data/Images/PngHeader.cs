using System.Buffers.Binary;

namespace DeepGen.Data;

/// <summary>The first chunk: width, height, bits, kind of colour, compression, filters, interlacing.</summary>
internal readonly record struct PngHeader(int Width, int Height, int Channels)
{
    public const int Length = 13;

    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    public int RowLength => Width * Channels;

    /// <summary>How many bytes the filtered rows take, one more in each than its pixels.</summary>
    public long FilteredLength => (((long)Width * Channels) + 1) * Height;

    /// <param name="data">The chunk's data.</param>
    /// <param name="file">The file's name.</param>
    /// <param name="at">Where in the file the data begin.</param>
    public static PngHeader Parse(ReadOnlySpan<byte> data, string file, int at)
    {
        DataFormatException Error(int offset, string problem) => new(file, $"byte {at + offset}", problem);
        uint width = BinaryPrimitives.ReadUInt32BigEndian(data);
        uint height = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
        if (width is 0 or > int.MaxValue || height is 0 or > int.MaxValue)
        {
            throw Error(0, $"a picture of {width} x {height} pixels was announced, expected 1 to 2147483647 each way");
        }

        int channels = data[9] switch
        {
            0 => 1,
            2 => 3,
            3 => throw Error(9, "this picture has a palette; expected grey or RGB"),
            4 or 6 => throw Error(9, "this picture has an alpha channel; expected grey or RGB without one"),
            _ => throw Error(9, $"expected a kind of colour, 0 for grey or 2 for RGB, found {data[9]}"),
        };
        if (data[8] != 8)
        {
            throw Error(8, $"this picture has {data[8]} bits a channel; expected 8");
        }

        if (data[10] != 0 || data[11] != 0)
        {
            throw Error(10, $"expected compression 0 and filters 0, the only ones there are, found {data[10]} and {data[11]}");
        }

        if (data[12] != 0)
        {
            throw Error(12, "this picture is interlaced; expected one that is not");
        }

        if ((UInt128)width * (uint)channels * height > (uint)Array.MaxLength)
        {
            throw Error(0, $"a picture of {width} x {height} pixels is too large for memory");
        }

        return new PngHeader((int)width, (int)height, channels);
    }
}
