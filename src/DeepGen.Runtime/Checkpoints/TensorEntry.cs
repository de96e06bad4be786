namespace DeepGen.Checkpoints;

/// <summary>Where a tensor lies in the data of a file.</summary>
internal sealed record TensorEntry(string Name, string Type, long[] Shape, long Begin, long End);
