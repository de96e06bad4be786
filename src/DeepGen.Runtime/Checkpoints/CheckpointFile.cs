namespace DeepGen.Checkpoints;

/// <summary>All or nothing: a file is replaced only by a complete one, and parameters only when every tensor has been read.</summary>
internal static class CheckpointFile
{
    public static void Save(string path, ParameterSet parameters)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Replace(path, $"{path}.{Path.GetRandomFileName()}.tmp", file => SafetensorsWriter.Write(file, parameters));
    }

    /// <summary>Writes a new file beside the old one and to the disk, and then gives it the old one's name.</summary>
    public static void Replace(string path, string temporary, Action<Stream> write)
    {
        try
        {
            using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write))
            {
                write(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>
    /// Reads every tensor straight to where it belongs, with no second copy. All that can be known from the files' headers and lengths, and
    /// doubles that are too large, is found before the first number is changed.
    /// </summary>
    /// <param name="path">A file, an index or a folder.</param>
    /// <param name="parameters">What is loaded.</param>
    /// <param name="plan">Says which tensor becomes which parameter, or what keeps it from that.</param>
    public static void Load(string path, ParameterSet parameters, Func<CheckpointSource, ParameterSet, IReadOnlyList<TensorMove>> plan)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using var source = new CheckpointSource(path);
            var moves = plan(source, parameters);
            foreach (var tensor in moves.Select(m => m.Source).Distinct())
            {
                tensor.CheckRange();
            }

            lock (parameters.Gate)
            {
                TensorMove.RunAll(moves, parameters.Mutable);
                parameters.Changed();
            }
        }
        catch (CheckpointException e)
        {
            throw new CheckpointException($"cannot load '{path}': {e.Message}", e);
        }
    }

    /// <summary>Every tensor has its parameter's name and shape.</summary>
    public static IReadOnlyList<TensorMove> Unchanged(CheckpointSource source, ParameterSet parameters)
    {
        CheckpointFit.Check(source.Tensors.Select(t => t.Entry), parameters);
        return [.. parameters.Select(p => new TensorMove(
            source.Find(p.Name)!, 0, p, 0, RowLayout.Rows(p), RowLayout.RowLength(p.Shape), Transposed: false))];
    }

    /// <summary>Reads one file out of a stream, to the file's end and no further.</summary>
    public static void Load(Stream source, ParameterSet parameters)
    {
        ArgumentNullException.ThrowIfNull(source);
        try
        {
            Load(source, null, parameters);
        }
        catch (CheckpointException e)
        {
            throw new CheckpointException($"cannot load the checkpoint: {e.Message}", e);
        }
    }

    private static void Load(Stream source, long? length, ParameterSet parameters)
    {
        var reader = new SafetensorsReader(source, length);
        CheckpointFit.Check(reader.Entries, parameters);
        var values = new Dictionary<string, float[]>(StringComparer.Ordinal);
        foreach (var entry in reader.Entries)
        {
            if (parameters.TryGet(entry.Name, out var parameter))
            {
                reader.Read(entry, values[entry.Name] = new float[parameter.Length]);
            }
            else
            {
                reader.Skip(entry);
            }
        }

        parameters.WriteAll(parameters.Select(p => values[p.Name]).ToArray());
    }
}
