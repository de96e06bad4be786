using System.Buffers.Binary;
using System.Text;

namespace DeepGen.Tests;

public class TensorBoardWriterTests
{
    private const uint Castagnoli = 0x82F63B78;

    [Fact]
    public void The_checksum_is_CRC32C() => Assert.Equal(0xE3069283, DataFiles.BitwiseCrc("123456789"u8, Castagnoli));

    [Fact]
    public void A_file_holds_its_version_and_the_points_in_order()
    {
        string longTag = "größe/" + new string('x', 5000);
        using var folder = new TemporaryFolder();
        using var writer = new TensorBoardWriter(Path.Combine(folder.Path, "run"), new FixedClock());
        writer.Scalar("loss/train", 0, 2.5f);
        writer.Scalar("loss/train", 300, float.NaN);
        writer.Scalar(longTag, long.MaxValue, -1);
        writer.Scalar("accuracy", -1, 0.5f);
        writer.Flush();

        var events = Read(writer.Path);
        Assert.Equal((1_700_000_000.25, 0L, "brain.Event:2", "", 0f), events[0]);
        Assert.Equal((1_700_000_000.25, 0L, "", "loss/train", 2.5f), events[1]);
        Assert.Equal((1_700_000_000.25, 300L, "", "loss/train", float.NaN), events[2]);
        Assert.Equal((1_700_000_000.25, long.MaxValue, "", longTag, -1f), events[3]);
        Assert.Equal((1_700_000_000.25, -1L, "", "accuracy", 0.5f), events[4]);
        Assert.Equal(5, events.Count);
    }

    [Fact]
    public void A_small_file_byte_by_byte()
    {
        using var folder = new TemporaryFolder();
        using var writer = new TensorBoardWriter(folder.Path, new FixedClock());
        writer.Scalar("a", 5, 1);
        writer.Flush();
        byte[] file = ReadShared(writer.Path)[(12 + 24 + 4)..];
        Assert.Equal([23, 0, 0, 0, 0, 0, 0, 0], file[..8]);
        byte[] time = BitConverter.GetBytes(1_700_000_000.25);
        Assert.Equal([0x09, .. time, 0x10, 5, 0x2A, 10, 0x0A, 8, 0x0A, 1, (byte)'a', 0x15, 0, 0, 0x80, 0x3F], file[12..^4]);
    }

    [Fact]
    public void Writers_of_one_second_have_files_of_their_own_that_TensorBoard_finds()
    {
        using var folder = new TemporaryFolder();
        using var first = new TensorBoardWriter(folder.Path, new FixedClock());
        using var second = new TensorBoardWriter(folder.Path, new FixedClock());
        Assert.NotEqual(first.Path, second.Path);
        Assert.StartsWith("events.out.tfevents.1700000000.", Path.GetFileName(first.Path));
    }

    [Fact]
    public void Points_allocate_nothing()
    {
        using var folder = new TemporaryFolder();
        using var writer = new TensorBoardWriter(folder.Path);
        writer.Scalar("loss", 0, 1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int step = 0; step < 1000; step++)
        {
            writer.Scalar("loss", step, 1);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 0);
    }

    private static List<(double Time, long Step, string Version, string Tag, float Value)> Read(string path)
    {
        var events = new List<(double, long, string, string, float)>();
        byte[] file = ReadShared(path);
        for (int at = 0; at < file.Length;)
        {
            int length = (int)BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(at));
            CheckCrc(file.AsSpan(at, 8), file.AsSpan(at + 8));
            CheckCrc(file.AsSpan(at + 12, length), file.AsSpan(at + 12 + length));
            var message = Fields(file.AsSpan(at + 12, length));
            var value = message.TryGetValue(5, out byte[]? summary) ? Fields(Fields(summary)[1]) : null;
            events.Add((
                BitConverter.ToDouble(message[1]),
                message.TryGetValue(2, out byte[]? step) ? BitConverter.ToInt64(step) : 0,
                message.TryGetValue(3, out byte[]? version) ? Encoding.UTF8.GetString(version) : "",
                value is null ? "" : Encoding.UTF8.GetString(value[1]),
                value is null ? 0 : BitConverter.ToSingle(value[2])));
            at += 12 + length + 4;
        }

        return events;
    }

    private static void CheckCrc(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> stored)
    {
        uint rotated = BinaryPrimitives.ReadUInt32LittleEndian(stored) - 0xA282EAD8;
        Assert.Equal(DataFiles.BitwiseCrc(bytes, Castagnoli), (rotated >> 17) | (rotated << 15));
    }

    /// <summary>A protobuf message: each field once, by its number.</summary>
    private static Dictionary<int, byte[]> Fields(ReadOnlySpan<byte> message)
    {
        var fields = new Dictionary<int, byte[]>();
        int at = 0;
        while (at < message.Length)
        {
            int key = message[at++];
            int length = (key & 7) switch { 0 => 0, 1 => 8, 5 => 4, 2 => (int)Varint(message, ref at), _ => throw new InvalidDataException() };
            byte[] field = (key & 7) == 0 ? BitConverter.GetBytes(Varint(message, ref at)) : message.Slice(at, length).ToArray();
            at += length;
            fields.Add(key >> 3, field);
        }

        return fields;
    }

    private static ulong Varint(ReadOnlySpan<byte> message, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte b = message[at++];
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
            {
                return value;
            }
        }
    }

    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    private sealed class FixedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddSeconds(1_700_000_000).AddMilliseconds(250);
    }
}
