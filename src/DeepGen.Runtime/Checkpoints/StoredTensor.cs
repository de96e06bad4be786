using System.Buffers.Binary;
using System.Runtime.InteropServices;
using DeepGen.Runtime;
using Microsoft.Win32.SafeHandles;

namespace DeepGen.Checkpoints;

/// <summary>A tensor in a file that is open: any part of it can be read, as float32.</summary>
/// <param name="Entry">Its name, type, shape and place.</param>
/// <param name="File">The file.</param>
/// <param name="DataStart">Where the file's data begin.</param>
internal sealed record StoredTensor(TensorEntry Entry, SafeFileHandle File, long DataStart)
{
    private const int Piece = 1 << 16;

    public string Name => Entry.Name;

    public long Length => (Entry.End - Entry.Begin) / ElementType.Size(Entry.Type);

    /// <summary>Reads neighbouring numbers.</summary>
    /// <param name="first">The position of the first in the tensor.</param>
    /// <param name="values">Takes them.</param>
    /// <param name="buffer">Memory for the bytes of other types than float32, at least eight.</param>
    public void Read(long first, Span<float> values, Span<byte> buffer)
    {
        int size = ElementType.Size(Entry.Type);
        if (Entry.Type == "F32" && BitConverter.IsLittleEndian)
        {
            ReadBytes(first * size, MemoryMarshal.AsBytes(values));
            return;
        }

        for (int done = 0; done < values.Length;)
        {
            int count = Math.Min(values.Length - done, buffer.Length / size);
            var bytes = buffer[..(count * size)];
            ReadBytes((first + done) * size, bytes);
            Convert(bytes, values.Slice(done, count));
            done += count;
        }
    }

    /// <summary>Refuses doubles that no float32 holds; the other types have none.</summary>
    public void CheckRange()
    {
        if (Entry.Type != "F64")
        {
            return;
        }

        var buffer = new byte[Piece];
        for (long done = 0, length = Entry.End - Entry.Begin; done < length;)
        {
            var bytes = buffer.AsSpan(0, (int)Math.Min(Piece, length - done));
            ReadBytes(done, bytes);
            for (int i = 0; i < bytes.Length; i += sizeof(double))
            {
                if (ElementType.Overflows(Entry.Type, bytes[i..]))
                {
                    throw new CheckpointException($"tensor '{Name}' holds a double that no float32 can hold");
                }
            }

            done += bytes.Length;
        }
    }

    private void Convert(ReadOnlySpan<byte> bytes, Span<float> values)
    {
        if (Entry.Type == "BF16" && BitConverter.IsLittleEndian)
        {
            BFloat16.Widen(MemoryMarshal.Cast<byte, ushort>(bytes), values);
        }
        else if (Entry.Type == "F16" && BitConverter.IsLittleEndian)
        {
            Float16.Widen(MemoryMarshal.Cast<byte, ushort>(bytes), values);
        }
        else
        {
            int size = ElementType.Size(Entry.Type);
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = ElementType.Read(Entry.Type, bytes.Slice(i * size, size));
            }
        }
    }

    private void ReadBytes(long offset, Span<byte> bytes)
    {
        for (int done = 0, got; done < bytes.Length; done += got)
        {
            got = RandomAccess.Read(File, bytes[done..], DataStart + Entry.Begin + offset + done);
            if (got == 0)
            {
                throw new CheckpointException($"it is truncated: it ends within tensor '{Name}'");
            }
        }
    }
}
