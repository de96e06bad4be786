using System.IO.Compression;

namespace DeepGen.Data;

/// <summary>
/// The bytes of a file in their order, each read with its place known. What a header claims is compared with what can follow: the
/// rest of a plain file, or 1032 times its packed size, which no deflate stream exceeds.
/// </summary>
internal sealed class ByteSource : IDisposable
{
    private const int DeflateRatio = 1032;

    private readonly Stream _content;

    private ByteSource(string file, Stream content, long most, bool exact)
    {
        File = file;
        _content = content;
        Most = most;
        IsExact = exact;
    }

    /// <summary>The name for messages.</summary>
    public string File { get; }

    /// <summary>How many bytes have been read.</summary>
    public long Position { get; private set; }

    /// <summary>The largest number of bytes there can be.</summary>
    public long Most { get; }

    /// <summary>Whether <see cref="Most"/> is how many there are.</summary>
    public bool IsExact { get; }

    /// <summary>Whether the file is packed is told by its first two bytes.</summary>
    public static ByteSource Open(Stream stream, string file)
    {
        var seekable = Seekable(stream);
        long start = seekable.Position;
        long length = seekable.Length - start;
        Span<byte> magic = stackalloc byte[2];
        bool packed = seekable.ReadAtLeast(magic, 2, throwOnEndOfStream: false) == 2 && magic[0] == 0x1F && magic[1] == 0x8B;
        seekable.Position = start;
        return packed
            ? new ByteSource(file, new GZipStream(seekable, CompressionMode.Decompress, leaveOpen: true), MostUnpacked(length), exact: false)
            : new ByteSource(file, seekable, length, exact: true);
    }

    /// <summary>The bytes a decompressor hands out.</summary>
    public static ByteSource Unpacking(Stream unpacked, string file, long packedLength) =>
        new(file, unpacked, MostUnpacked(packedLength), exact: false);

    /// <summary>How many bytes so many packed ones can become.</summary>
    public static long MostUnpacked(long packed) => packed > long.MaxValue / DeflateRatio ? long.MaxValue : packed * DeflateRatio;

    public static Stream Seekable(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (stream.CanSeek)
        {
            return stream;
        }

        var copy = new MemoryStream();
        stream.CopyTo(copy);
        copy.Position = 0;
        return copy;
    }

    public void Read(Span<byte> bytes, string what)
    {
        int read = Fill(bytes);
        if (read < bytes.Length)
        {
            throw Error(Position, $"the file ends here, within {what}: {bytes.Length - read} more bytes were expected");
        }
    }

    public void ExpectEnd(string what)
    {
        Span<byte> one = stackalloc byte[1];
        long end = Position;
        if (Fill(one) > 0)
        {
            throw Error(end, $"expected the file to end after {what}, but more bytes follow");
        }
    }

    public DataFormatException Error(long at, string problem, Exception? cause = null) => new(File, $"byte {at}", problem, cause);

    public void Dispose() => _content.Dispose();

    private int Fill(Span<byte> bytes)
    {
        try
        {
            int read = _content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            Position += read;
            return read;
        }
        catch (InvalidDataException e)
        {
            throw Error(Position, $"the compressed data are damaged: {e.Message}", e);
        }
    }
}
