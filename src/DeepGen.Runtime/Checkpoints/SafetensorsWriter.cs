using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace DeepGen.Checkpoints;

/// <summary>
/// Writes parameters in their order: length of the header, header, float32 data. The same parameters give the same bytes. The
/// metadata say "pt", without which PyTorch's tools refuse a file.
/// </summary>
internal static class SafetensorsWriter
{
    private const int Alignment = 8;

    public static void Write(Stream destination, ParameterSet parameters)
    {
        ArgumentNullException.ThrowIfNull(destination);
        var header = Header(parameters);
        Span<byte> prefix = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)header.Length);
        lock (parameters.Gate)
        {
            destination.Write(prefix);
            destination.Write(header);
            foreach (var parameter in parameters)
            {
                destination.Write(MemoryMarshal.AsBytes(parameter.Values));
            }
        }
    }

    private static ReadOnlySpan<byte> Header(ParameterSet parameters)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteStartObject(SafetensorsHeader.Metadata);
            json.WriteString("format", "pt");
            json.WriteEndObject();
            long at = 0;
            foreach (var parameter in parameters)
            {
                json.WriteStartObject(parameter.Name);
                json.WriteString("dtype", "F32");
                WriteIntegers(json, "shape", parameter.Shape.Select(s => (long)s));
                WriteIntegers(json, "data_offsets", [at, at += (long)parameter.Length * sizeof(float)]);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        int padding = (Alignment - (bytes.WrittenCount % Alignment)) % Alignment;
        bytes.GetSpan(padding)[..padding].Fill((byte)' ');
        bytes.Advance(padding);
        return bytes.WrittenSpan;
    }

    private static void WriteIntegers(Utf8JsonWriter json, string name, IEnumerable<long> values)
    {
        json.WriteStartArray(name);
        foreach (long value in values)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }
}
