using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using DeepGen.Data;

namespace DeepGen.Tests;

/// <summary>Files put together byte by byte.</summary>
internal static class DataFiles
{
    public static byte[] Idx(byte type, int[] sizes, params byte[] numbers)
    {
        var bytes = new List<byte> { 0, 0, type, (byte)sizes.Length };
        foreach (int size in sizes)
        {
            bytes.AddRange(BigEndian(size));
        }

        return [.. bytes, .. numbers];
    }

    public static byte[] Npy(string header, byte[] numbers, byte version = 1)
    {
        byte[] text = Encoding.Latin1.GetBytes(header);
        byte[] length = version == 1 ? [(byte)text.Length, (byte)(text.Length >> 8)] : [.. BigEndian(text.Length).Reverse()];
        return [0x93, .. "NUMPY"u8, version, 0, .. length, .. text, .. numbers];
    }

    public static byte[] Npy(string type, string shape, byte[] numbers, bool fortran = false, byte version = 1) =>
        Npy($"{{'descr': '{type}', 'fortran_order': {(fortran ? "True" : "False")}, 'shape': {shape}, }}   \n", numbers, version);

    public static byte[] Npz(CompressionLevel level, params (string Name, byte[] Bytes)[] entries)
    {
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in entries)
            {
                using var entry = archive.CreateEntry(name, level).Open();
                entry.Write(bytes);
            }
        }

        return stream.ToArray();
    }

    public static byte[] Gzip(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var packer = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            packer.Write(bytes);
        }

        return packed.ToArray();
    }

    public static byte[] Zlib(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var packer = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            packer.Write(bytes);
        }

        return packed.ToArray();
    }

    /// <summary>A picture whose rows are stored as given, each with its filter in front.</summary>
    public static byte[] Png(int width, int height, byte colour, byte[] filteredRows, byte bits = 8, byte interlaced = 0, byte[]? extra = null) =>
    [
        0x89, .. "PNG"u8, 13, 10, 26, 10,
        .. PngChunk("IHDR", [.. BigEndian(width), .. BigEndian(height), bits, colour, 0, 0, interlaced]),
        .. extra ?? [],
        .. PngChunk("IDAT", Zlib(filteredRows)),
        .. PngChunk("IEND", []),
    ];

    public static byte[] PngChunk(string type, byte[] data)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. data];
        return [.. BigEndian(data.Length), .. named, .. BigEndian((int)BitwiseCrc(named, 0xEDB88320))];
    }

    /// <summary>The remainder bit by bit, with nothing in common with the product's tables.</summary>
    public static uint BitwiseCrc(ReadOnlySpan<byte> bytes, uint reflected)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                bool carry = ((crc ^ (uint)(b >> bit)) & 1) != 0;
                crc = carry ? (crc >> 1) ^ reflected : crc >> 1;
            }
        }

        return ~crc;
    }

    public static byte[] BigEndian(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    public static byte[] LittleEndian(params float[] values) => [.. values.SelectMany(v => BitConverter.GetBytes(v))];

    /// <summary>The message of the refusal.</summary>
    public static string Refused(Action read) => Assert.Throws<DataFormatException>(read).Message;
}
