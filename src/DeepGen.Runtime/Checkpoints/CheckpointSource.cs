using System.Text.Json;

namespace DeepGen.Checkpoints;

/// <summary>
/// The tensors of a checkpoint, in one file or in several: a .safetensors file, an index (model.safetensors.index.json) or a folder with
/// either. The files stay open until it is disposed of.
/// </summary>
internal sealed class CheckpointSource : IDisposable
{
    private const string Single = "model.safetensors";
    private const string Index = "model.safetensors.index.json";

    private readonly List<FileStream> _files = [];
    private readonly Dictionary<string, StoredTensor> _tensors = new(StringComparer.Ordinal);

    public CheckpointSource(string path)
    {
        try
        {
            path = Locate(path);
            if (path.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
            {
                OpenIndexed(path);
            }
            else
            {
                Open(path);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public IReadOnlyCollection<StoredTensor> Tensors => _tensors.Values;

    public StoredTensor? Find(string name) => _tensors.GetValueOrDefault(name);

    public void Dispose() => _files.ForEach(f => f.Dispose());

    private static string Locate(string path)
    {
        if (!Directory.Exists(path))
        {
            return path;
        }

        string single = Path.Combine(path, Single), index = Path.Combine(path, Index);
        return File.Exists(single) ? single
            : File.Exists(index) ? index
            : throw new CheckpointException($"the folder has neither {Single} nor {Index}");
    }

    private void Open(string path)
    {
        var file = File.OpenRead(path);
        _files.Add(file);
        var reader = new SafetensorsReader(file, file.Length);
        foreach (var entry in reader.Entries)
        {
            if (!_tensors.TryAdd(entry.Name, new StoredTensor(entry, file.SafeFileHandle, reader.DataStart)))
            {
                throw new CheckpointException($"tensor '{entry.Name}' is in two of its files");
            }
        }
    }

    private void OpenIndexed(string index)
    {
        var map = ReadIndex(index);
        foreach (string shard in map.Values.Distinct().Order(StringComparer.Ordinal))
        {
            string path = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(index))!, shard);
            if (!File.Exists(path))
            {
                throw new CheckpointException($"its index names the file '{shard}', which is not beside it");
            }

            try
            {
                Open(path);
            }
            catch (CheckpointException e)
            {
                throw new CheckpointException($"'{shard}': {e.Message}", e);
            }
        }

        foreach (var (name, shard) in map)
        {
            if (!_tensors.ContainsKey(name))
            {
                throw new CheckpointException($"its index promises tensor '{name}' in '{shard}', which does not hold it");
            }
        }
    }

    /// <summary>{ "weight_map": { tensor: file, … }, … }; a file is beside the index, or the index is not to be trusted.</summary>
    private static Dictionary<string, string> ReadIndex(string path)
    {
        Dictionary<string, string>? map = null;
        try
        {
            var reader = new Utf8JsonReader(File.ReadAllBytes(path));
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals("weight_map"))
                {
                    map = ReadWeightMap(ref reader);
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new CheckpointException($"it is no index of a checkpoint: {e.Message}", e);
        }

        return map ?? throw new CheckpointException("it is no index of a checkpoint, which has a 'weight_map' of tensors and files");
    }

    private static Dictionary<string, string> ReadWeightMap(ref Utf8JsonReader reader)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new CheckpointException("it is no index of a checkpoint: its 'weight_map' is no object");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string tensor = reader.GetString()!;
            reader.Read();
            string file = reader.GetString() ?? "";
            if (file.Length == 0 || file != Path.GetFileName(file) || file.Contains('\\', StringComparison.Ordinal))
            {
                throw new CheckpointException($"its index names '{file}' for tensor '{tensor}', which is no file beside it");
            }

            map[tensor] = file;
        }

        return map;
    }
}
