namespace DeepGen.Data;

/// <summary>
/// The remainder of the bytes' polynomial by a generator of degree 32, bits reflected, all ones at both ends; a byte at a time by
/// table[i] = i times x^8 modulo the generator.
/// </summary>
internal sealed class Crc32
{
    /// <summary>The generator of zip, gzip and PNG.</summary>
    public static readonly Crc32 Zip = new(0xEDB88320);

    /// <summary>Castagnoli's, of TFRecord files.</summary>
    public static readonly Crc32 Castagnoli = new(0x82F63B78);

    private readonly uint[] _table = new uint[256];

    private Crc32(uint reflectedGenerator)
    {
        for (uint i = 0; i < 256; i++)
        {
            uint remainder = i;
            for (int bit = 0; bit < 8; bit++)
            {
                remainder = (remainder & 1) != 0 ? (remainder >> 1) ^ reflectedGenerator : remainder >> 1;
            }

            _table[i] = remainder;
        }
    }

    public uint Of(ReadOnlySpan<byte> bytes) => Continue(0, bytes);

    /// <summary>The remainder of what gave <paramref name="crc"/> followed by these bytes.</summary>
    public uint Continue(uint crc, ReadOnlySpan<byte> bytes)
    {
        uint remainder = ~crc;
        foreach (byte b in bytes)
        {
            remainder = _table[(byte)(remainder ^ b)] ^ (remainder >> 8);
        }

        return ~remainder;
    }
}
