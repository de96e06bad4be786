using System.Buffers.Binary;
using System.Text.Json;
using DeepGen.Runtime;

namespace DeepGen.Tests;

/// <summary>Checkpoints of tensors whose numbers are a function of their names and places.</summary>
internal sealed class CheckpointFiles : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Folder => _folder.Path;

    public void Dispose() => _folder.Dispose();

    /// <summary>A whole number that every type holds exactly.</summary>
    public static float Value(string name, long index) => new CounterRandom(1, name).Below(index, 256) - 128;

    public static float[] Values(string name, int[] shape) => [.. Enumerable.Range(0, shape.Aggregate(1, (n, s) => n * s)).Select(i => Value(name, i))];

    public string Write(IEnumerable<(string Name, int[] Shape)> tensors, string type = "F32", string file = "model.safetensors") =>
        Write(tensors.Select(t => (t.Name, t.Shape, Values(t.Name, t.Shape))), type, file);

    public string Write(IEnumerable<(string Name, int[] Shape, float[] Values)> tensors, string type = "F32", string file = "model.safetensors")
    {
        var header = new Dictionary<string, object>();
        using var data = new MemoryStream();
        foreach (var (name, shape, values) in tensors)
        {
            long begin = data.Length;
            foreach (float value in values)
            {
                data.Write(Bytes(value, type));
            }

            header.Add(name, new { dtype = type, shape, data_offsets = new[] { begin, data.Length } });
        }

        string path = Path.Combine(Folder, file);
        File.WriteAllBytes(path, Safetensors.File(JsonSerializer.Serialize(header), data.ToArray()));
        return path;
    }

    public string WriteIndex(params (string File, string[] Tensors)[] shards)
    {
        string path = Path.Combine(Folder, "model.safetensors.index.json");
        var map = shards.SelectMany(s => s.Tensors.Select(t => (Tensor: t, s.File))).ToDictionary(p => p.Tensor, p => p.File);
        File.WriteAllText(path, JsonSerializer.Serialize(new { metadata = new { total_size = 1 }, weight_map = map }));
        return path;
    }

    private static byte[] Bytes(float value, string type)
    {
        var bytes = new byte[8];
        switch (type)
        {
            case "BF16":
                BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)(Bits.Of(value) >>> 16));
                return bytes[..2];
            case "F16":
                BinaryPrimitives.WriteHalfLittleEndian(bytes, (Half)value);
                return bytes[..2];
            case "F64":
                BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
                return bytes;
            default:
                BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
                return bytes[..4];
        }
    }
}
