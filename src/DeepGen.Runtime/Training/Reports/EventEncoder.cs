using System.Buffers.Binary;
using System.Text;
using DeepGen.Data;

namespace DeepGen;

/// <summary>
/// One record of a TFRecord file: length (8 bytes), its masked CRC32C, the message, its masked CRC32C, all little-endian. The message
/// is the protobuf Event { 1: double time, 2: int64 step, 3: string version, 5: Summary { 1: Value { 1: string tag, 2: float value } } }.
/// </summary>
internal sealed class EventEncoder
{
    private const int HeadLength = 12;
    private const int CrcLength = 4;

    /// <summary>Everything but a tag: keys, numbers and three lengths.</summary>
    private const int MostBesidesTag = 64;

    private byte[] _record = new byte[256];
    private int _at;

    /// <summary>What a file begins with.</summary>
    public ReadOnlySpan<byte> Version(double time)
    {
        ReadOnlySpan<byte> version = "brain.Event:2"u8;
        Begin(time);
        Bytes(field: 3, version);
        return End();
    }

    /// <summary>One point of a curve.</summary>
    public ReadOnlySpan<byte> Scalar(double time, long step, string tag, float value)
    {
        int tagLength = Encoding.UTF8.GetByteCount(tag);
        if (_record.Length < tagLength + MostBesidesTag)
        {
            _record = new byte[tagLength + MostBesidesTag];
        }

        int valueLength = 1 + VarintLength((ulong)tagLength) + tagLength + 1 + sizeof(float);
        Begin(time);
        Key(field: 2, wire: 0);
        Varint((ulong)step);
        Key(field: 5, wire: 2);
        Varint((ulong)(1 + VarintLength((ulong)valueLength) + valueLength));
        Key(field: 1, wire: 2);
        Varint((ulong)valueLength);
        Key(field: 1, wire: 2);
        Varint((ulong)tagLength);
        _at += Encoding.UTF8.GetBytes(tag, _record.AsSpan(_at));
        Key(field: 2, wire: 5);
        BinaryPrimitives.WriteSingleLittleEndian(_record.AsSpan(_at), value);
        _at += sizeof(float);
        return End();
    }

    private void Begin(double time)
    {
        _at = HeadLength;
        Key(field: 1, wire: 1);
        BinaryPrimitives.WriteDoubleLittleEndian(_record.AsSpan(_at), time);
        _at += sizeof(double);
    }

    private ReadOnlySpan<byte> End()
    {
        var head = _record.AsSpan(0, HeadLength);
        BinaryPrimitives.WriteInt64LittleEndian(head, _at - HeadLength);
        WriteCrc(head[..sizeof(long)], head[sizeof(long)..]);
        WriteCrc(_record.AsSpan(HeadLength.._at), _record.AsSpan(_at));
        return _record.AsSpan(0, _at + CrcLength);
    }

    private void Bytes(int field, ReadOnlySpan<byte> bytes)
    {
        Key(field, wire: 2);
        Varint((ulong)bytes.Length);
        bytes.CopyTo(_record.AsSpan(_at));
        _at += bytes.Length;
    }

    private void Key(int field, int wire) => _record[_at++] = (byte)((field << 3) | wire);

    /// <summary>Seven bits a byte, the lowest first; the eighth says that more follow.</summary>
    private void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            _record[_at++] = (byte)(value | 0x80);
        }

        _record[_at++] = (byte)value;
    }

    private static int VarintLength(ulong value) => value < 0x80 ? 1 : 1 + VarintLength(value >> 7);

    /// <summary>The format rotates checksums and adds a constant, lest the checksum of data that hold checksums be trivial.</summary>
    private static void WriteCrc(ReadOnlySpan<byte> of, Span<byte> to)
    {
        uint crc = Crc32.Castagnoli.Of(of);
        BinaryPrimitives.WriteUInt32LittleEndian(to, unchecked(((crc >> 15) | (crc << 17)) + 0xA282EAD8));
    }
}
