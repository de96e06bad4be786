using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace DeepGen.Checkpoints;

/// <summary>Reads a file's header, and then its tensors in the order in which they lie there.</summary>
internal sealed class SafetensorsReader
{
    /// <summary>The format's own limit; a longer header is an attack or another format.</summary>
    public const long LongestHeader = 100_000_000;

    private const int Piece = 1 << 16;

    private readonly Stream _source;

    /// <param name="source">Where the file begins.</param>
    /// <param name="length">Its length, where known.</param>
    public SafetensorsReader(Stream source, long? length)
    {
        _source = source;
        Span<byte> prefix = stackalloc byte[sizeof(ulong)];
        ReadFully(prefix, "the length of its header");
        ulong headerLength = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        long available = length is { } all ? Math.Min(LongestHeader, all - sizeof(ulong)) : LongestHeader;
        if (headerLength > (ulong)available)
        {
            throw new CheckpointException(
                $"its header claims {headerLength} bytes, but at most {available} are possible: this is not a safetensors file, or a truncated one");
        }

        Entries = SafetensorsHeader.Parse(ReadBytes((int)headerLength), Metadata);
        DataStart = sizeof(ulong) + (long)headerLength;
        CheckLength(length - sizeof(ulong) - (long)headerLength);
    }

    /// <summary>The tensors in the order of their data.</summary>
    public List<TensorEntry> Entries { get; }

    /// <summary>Where the data begin, which the tensors' places count from.</summary>
    public long DataStart { get; }

    /// <summary>The texts beside the tensors.</summary>
    public Dictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads the next tensor's float64 numbers.</summary>
    public void Read(TensorEntry entry, Span<double> values) => ReadFully(MemoryMarshal.AsBytes(values), $"tensor '{entry.Name}'");

    /// <summary>Reads the next tensor's numbers; those that do not fit a float32 are an error.</summary>
    public void Read(TensorEntry entry, Span<float> values)
    {
        if (entry.Type == "F32" && BitConverter.IsLittleEndian)
        {
            ReadFully(MemoryMarshal.AsBytes(values), $"tensor '{entry.Name}'");
            return;
        }

        int size = ElementType.Size(entry.Type);
        Span<byte> piece = stackalloc byte[1024];
        for (int done = 0; done < values.Length;)
        {
            int count = Math.Min(values.Length - done, piece.Length / size);
            ReadFully(piece[..(count * size)], $"tensor '{entry.Name}'");
            for (int i = 0; i < count; i++, done++)
            {
                var bytes = piece.Slice(i * size, size);
                values[done] = ElementType.Overflows(entry.Type, bytes)
                    ? throw new CheckpointException($"tensor '{entry.Name}' holds a double that no float32 can hold")
                    : ElementType.Read(entry.Type, bytes);
            }
        }
    }

    /// <summary>Passes over the next tensor.</summary>
    public void Skip(TensorEntry entry)
    {
        Span<byte> piece = stackalloc byte[1024];
        for (long left = entry.End - entry.Begin; left > 0; left -= Math.Min(left, piece.Length))
        {
            ReadFully(piece[..(int)Math.Min(left, piece.Length)], $"tensor '{entry.Name}'");
        }
    }

    private void CheckLength(long? dataLength)
    {
        long needed = Entries.Count == 0 ? 0 : Entries[^1].End;
        if (dataLength < needed)
        {
            throw new CheckpointException($"it is truncated: its tensors take {needed} bytes, but {dataLength} follow the header");
        }

        if (dataLength > needed)
        {
            throw new CheckpointException($"{dataLength - needed} bytes follow its last tensor");
        }
    }

    /// <summary>Grows with what really arrives, so that a short stream cannot ask for a large array.</summary>
    private byte[] ReadBytes(int count)
    {
        var bytes = new byte[Math.Min(count, Piece)];
        for (int done = 0; ; Array.Resize(ref bytes, (int)Math.Min(count, 2L * done)))
        {
            ReadFully(bytes.AsSpan(done), "its header");
            done = bytes.Length;
            if (done == count)
            {
                return bytes;
            }
        }
    }

    private void ReadFully(Span<byte> bytes, string what)
    {
        if (_source.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
        {
            throw new CheckpointException($"it is truncated: it ends within {what}");
        }
    }
}
