using System.Buffers.Binary;
using System.Text;

namespace DeepGen.Data;

/// <summary>The chunks of a file in their order: length, four letters, data, the checksum of letters and data.</summary>
internal ref struct PngChunks
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly string _file;
    private int _at;

    public PngChunks(ReadOnlySpan<byte> bytes, string file)
    {
        _bytes = bytes;
        _file = file;
        _at = PngHeader.Signature.Length;
        if (!bytes.StartsWith(PngHeader.Signature))
        {
            throw Error(0, "expected a PNG file, which begins with 89 50 4e 47 0d 0a 1a 0a");
        }
    }

    /// <summary>The four letters of the current chunk.</summary>
    public string Type { get; private set; } = "";

    /// <summary>Where its data begin.</summary>
    public int DataAt { get; private set; }

    /// <summary>Its data.</summary>
    public ReadOnlySpan<byte> Data { get; private set; }

    /// <summary>Whether a decoder that does not know the chunk may pass over it: a small first letter says so.</summary>
    public readonly bool IsAncillary => char.IsAsciiLetterLower(Type[0]);

    public void Next()
    {
        int left = _bytes.Length - _at;
        if (left < 12)
        {
            throw Error(_at, $"the file ends here, expected a chunk, at least 12 bytes, found {left}");
        }

        uint length = BinaryPrimitives.ReadUInt32BigEndian(_bytes[_at..]);
        if (length > left - 12)
        {
            throw Error(_at, $"a chunk of {length} bytes was announced, but {left - 12} can follow");
        }

        var checkedBytes = _bytes.Slice(_at + 4, 4 + (int)length);
        uint expected = Crc32.Zip.Of(checkedBytes);
        uint found = BinaryPrimitives.ReadUInt32BigEndian(_bytes[(_at + 8 + (int)length)..]);
        if (found != expected)
        {
            throw Error(_at + 8 + (int)length, $"expected the checksum {expected:x8}, found {found:x8}: the chunk before it is damaged");
        }

        Type = Encoding.Latin1.GetString(checkedBytes[..4]);
        DataAt = _at + 8;
        Data = checkedBytes[4..];
        _at += 12 + (int)length;
    }

    public readonly void ExpectEnd()
    {
        if (_at < _bytes.Length)
        {
            throw Error(_at, $"expected the file to end after its chunk IEND, but {_bytes.Length - _at} bytes follow");
        }
    }

    public readonly DataFormatException Error(int at, string problem, Exception? cause = null) => new(_file, $"byte {at}", problem, cause);
}
