using DeepGen.Checkpoints;

namespace DeepGen;

/// <summary>
/// A checkpoint of a training is one safetensors file: the network's weights under their own names, which Load reads, and beside
/// them everything the next step depends on under names that begin with "training/".
/// </summary>
internal static class TrainingFile
{
    public static void Write(string path, ParameterSet parameters, IEnumerable<TensorToWrite> weights, SavedState state)
    {
        // The same name every time: what a killed process left behind is written over by its successor.
        CheckpointFile.Replace(path, path + ".tmp", file =>
        {
            lock (parameters.Gate)
            {
                var texts = state.Texts.OrderBy(t => t.Key, StringComparer.Ordinal);
                SafetensorsWriter.Write(file, [.. state.Tensors, .. weights], texts);
            }
        });
    }

    /// <summary>Reads all of a file, whose weights must fit; nothing is changed yet.</summary>
    /// <returns>The state, and the weights in the order of the parameters.</returns>
    public static (SavedState State, float[][] Weights) Read(string path, ParameterSet parameters)
    {
        using var file = File.OpenRead(path);
        var reader = new SafetensorsReader(file, file.Length);
        CheckpointFit.Check(reader.Entries, parameters);
        var state = new SavedState();
        foreach (var (name, text) in reader.Metadata)
        {
            state.Texts[name] = text;
        }

        if (!state.Has("version"))
        {
            throw new CheckpointException("it holds weights, but no state of a training: read it with Load and begin a new training");
        }

        foreach (var entry in reader.Entries)
        {
            state.Arrays[entry.Name] = ReadArray(reader, entry);
        }

        return (state, [.. parameters.Select(p => (float[])state.Arrays[p.Name])]);
    }

    private static Array ReadArray(SafetensorsReader reader, TensorEntry entry)
    {
        long length = entry.Shape.Aggregate(1L, (n, size) => n * size);
        if (entry.Type == "F64" && entry.Name.StartsWith(CheckpointFit.TrainingPrefix, StringComparison.Ordinal))
        {
            var numbers = new double[length];
            reader.Read(entry, numbers);
            return numbers;
        }

        if (!ElementType.CanBecomeFloat(entry.Type))
        {
            reader.Skip(entry);
            return Array.Empty<float>();
        }

        var values = new float[length];
        reader.Read(entry, values);
        return values;
    }
}
