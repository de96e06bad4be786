using System.Text.Json;

namespace DeepGen.Checkpoints;

/// <summary>
/// The JSON that opens a safetensors file: { name: { "dtype", "shape", "data_offsets": [begin, end] }, … }. It may come from
/// anybody, so nothing in it is believed: the tensors must fill the data without holes and without overlapping.
/// </summary>
internal static class SafetensorsHeader
{
    public const string Metadata = "__metadata__";

    /// <summary>The tensors in the order of their data.</summary>
    /// <param name="json">The header.</param>
    /// <param name="metadata">Takes the metadata's texts.</param>
    public static List<TensorEntry> Parse(ReadOnlySpan<byte> json, Dictionary<string, string> metadata)
    {
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 8 });
            var entries = ReadEntries(ref reader, metadata);
            if (reader.Read())
            {
                throw new CheckpointException("the header goes on after its end");
            }

            entries.Sort((a, b) => (a.Begin, a.End).CompareTo((b.Begin, b.End)));
            CheckLayout(entries);
            return entries;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new CheckpointException($"the header is not valid JSON of the expected form: {e.Message}", e);
        }
    }

    private static List<TensorEntry> ReadEntries(ref Utf8JsonReader reader, Dictionary<string, string> metadata)
    {
        var entries = new List<TensorEntry>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        Expect(ref reader, JsonTokenType.StartObject, "an object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            if (!names.Add(name))
            {
                throw new CheckpointException($"the header names '{name}' twice");
            }

            Expect(ref reader, JsonTokenType.StartObject, "an object");
            if (name == Metadata)
            {
                ReadMetadata(ref reader, metadata);
            }
            else
            {
                entries.Add(ReadEntry(ref reader, name));
            }
        }

        return entries;
    }

    private static void ReadMetadata(ref Utf8JsonReader reader, Dictionary<string, string> metadata)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            if (reader.TokenType == JsonTokenType.String)
            {
                metadata[name] = reader.GetString()!;
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static TensorEntry ReadEntry(ref Utf8JsonReader reader, string name)
    {
        string? type = null;
        long[]? shape = null;
        long[]? offsets = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            switch (reader.GetString())
            {
                case "dtype":
                    Expect(ref reader, JsonTokenType.String, "a string");
                    type = reader.GetString();
                    break;
                case "shape":
                    shape = ReadIntegers(ref reader, name);
                    break;
                case "data_offsets":
                    offsets = ReadIntegers(ref reader, name);
                    break;
                default:
                    reader.Read();
                    reader.Skip();
                    break;
            }
        }

        if (type is null || shape is null || offsets is not [long begin, long end])
        {
            throw new CheckpointException($"tensor '{name}' lacks a dtype, a shape or a pair of data_offsets");
        }

        CheckLength(name, type, shape, begin, end);
        return new TensorEntry(name, type, shape, begin, end);
    }

    private static long[] ReadIntegers(ref Utf8JsonReader reader, string name)
    {
        var values = new List<long>();
        Expect(ref reader, JsonTokenType.StartArray, "an array");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            values.Add(reader.TryGetInt64(out long value) && value >= 0
                ? value
                : throw new CheckpointException($"tensor '{name}' has a size or an offset that is no natural number"));
        }

        return [.. values];
    }

    private static void CheckLength(string name, string type, long[] shape, long begin, long end)
    {
        int size = ElementType.Size(type);
        if (size == 0)
        {
            throw new CheckpointException($"tensor '{name}' is of the unknown type '{type}'");
        }

        var bytes = shape.Aggregate((UInt128)size, (n, s) => n > long.MaxValue ? n : n * (ulong)s);
        if (end < begin || bytes != (ulong)(end - begin))
        {
            throw new CheckpointException(
                $"tensor '{name}' of type {type} and shape {Shapes.Text(shape)} cannot lie in the bytes from {begin} to {end}");
        }
    }

    private static void CheckLayout(List<TensorEntry> entries)
    {
        long at = 0;
        foreach (var entry in entries)
        {
            if (entry.Begin != at)
            {
                throw new CheckpointException(
                    $"tensor '{entry.Name}' {(entry.Begin < at ? "overlaps another one" : "leaves a gap before it")}: it begins at byte {entry.Begin} instead of {at}");
            }

            at = entry.End;
        }
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type, string words)
    {
        if (!reader.Read() || reader.TokenType != type)
        {
            throw new CheckpointException($"the header is not of the expected form: byte {reader.TokenStartIndex} should begin {words}");
        }
    }
}
