using System.Buffers.Binary;

namespace DeepGen.Checkpoints;

/// <summary>The types of numbers that safetensors names: their sizes, and how those that can become float32 do.</summary>
internal static class ElementType
{
    /// <summary>Bytes of one number, or 0 where the name is unknown.</summary>
    public static int Size(string type) => type switch
    {
        "BOOL" or "U8" or "I8" or "F8_E4M3" or "F8_E5M2" => 1,
        "U16" or "I16" or "F16" or "BF16" => 2,
        "U32" or "I32" or "F32" => 4,
        "U64" or "I64" or "F64" => 8,
        _ => 0,
    };

    public static bool CanBecomeFloat(string type) => type is "F32" or "F64" or "F16" or "BF16";

    /// <summary>One number from its little-endian bytes; a double that is too large becomes infinite, which the caller refuses.</summary>
    public static float Read(string type, ReadOnlySpan<byte> bytes) => type switch
    {
        "F64" => (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        "F16" => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes),
        "BF16" => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(bytes) << 16),
        _ => BinaryPrimitives.ReadSingleLittleEndian(bytes),
    };

    public static bool Overflows(string type, ReadOnlySpan<byte> bytes) =>
        type == "F64" && BinaryPrimitives.ReadDoubleLittleEndian(bytes) is var wide && double.IsFinite(wide) && !float.IsFinite((float)wide);
}
