using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace DeepGen.Checkpoints;

/// <summary>
/// Writes tensors in the order given: length of the header, header, data. The same tensors give the same bytes. The metadata say
/// "pt", without which PyTorch's tools refuse a file.
/// </summary>
internal static class SafetensorsWriter
{
    private const int Alignment = 8;

    public static void Write(Stream destination, ParameterSet parameters)
    {
        ArgumentNullException.ThrowIfNull(destination);
        lock (parameters.Gate)
        {
            Write(destination, [.. parameters.Select(TensorToWrite.Of)], []);
        }
    }

    public static void Write(Stream destination, IReadOnlyList<TensorToWrite> tensors, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        var header = Header(tensors, metadata);
        Span<byte> prefix = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)header.Length);
        destination.Write(prefix);
        destination.Write(header);
        foreach (var tensor in tensors)
        {
            destination.Write(tensor.Data());
        }
    }

    private static ReadOnlySpan<byte> Header(IReadOnlyList<TensorToWrite> tensors, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteStartObject(SafetensorsHeader.Metadata);
            json.WriteString("format", "pt");
            foreach (var (name, text) in metadata)
            {
                json.WriteString(name, text);
            }

            json.WriteEndObject();
            long at = 0;
            foreach (var tensor in tensors)
            {
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", tensor.Type);
                WriteIntegers(json, "shape", tensor.Shape);
                WriteIntegers(json, "data_offsets", [at, at += tensor.Data().Length]);
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
