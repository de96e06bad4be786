namespace DeepGen.Checkpoints;

/// <summary>Compares what a file holds with what a network needs, and tells all differences at once.</summary>
internal static class CheckpointFit
{
    private const int Shown = 5;

    /// <summary>PyTorch's normalisations count their training steps; nothing here needs that number.</summary>
    private const string Ignored = ".num_batches_tracked";

    /// <summary>What training needs beside the weights; no parameter's name has a slash.</summary>
    public const string TrainingPrefix = "training/";

    public static void Check(IEnumerable<TensorEntry> entries, ParameterSet parameters)
    {
        var inFile = entries.ToDictionary(e => e.Name, StringComparer.Ordinal);
        var complaints = new List<string>();
        complaints.AddRange(parameters.Where(p => !inFile.ContainsKey(p.Name)).Select(p => $"'{p.Name}' is missing"));
        complaints.AddRange(entries
            .Where(e => !parameters.TryGet(e.Name, out _) && !IsIgnored(e.Name))
            .Select(e => $"the network has no '{e.Name}'"));
        foreach (var parameter in parameters)
        {
            if (inFile.TryGetValue(parameter.Name, out var entry))
            {
                complaints.AddRange(Compare(entry, parameter));
            }
        }

        Refuse(complaints);
    }

    /// <summary>Throws if there is anything to complain of.</summary>
    public static void Refuse(List<string> complaints, string heading = "it does not fit the network")
    {
        if (complaints.Count > 0)
        {
            string more = complaints.Count > Shown ? $"; and {complaints.Count - Shown} more differences" : string.Empty;
            throw new CheckpointException($"{heading}: {string.Join("; ", complaints.Take(Shown))}{more}");
        }
    }

    private static bool IsIgnored(string name) =>
        name.EndsWith(Ignored, StringComparison.Ordinal) || name.StartsWith(TrainingPrefix, StringComparison.Ordinal);

    private static IEnumerable<string> Compare(TensorEntry entry, Parameter parameter)
    {
        if (!entry.Shape.SequenceEqual(parameter.Shape.Select(s => (long)s)))
        {
            yield return $"'{entry.Name}' has the shape {Shapes.Text(entry.Shape)} in the file and {Shapes.Text(parameter.Shape)} in the network";
        }

        if (!ElementType.CanBecomeFloat(entry.Type))
        {
            yield return $"'{entry.Name}' is of type {entry.Type}, which is no floating-point type that can be read";
        }
    }
}
