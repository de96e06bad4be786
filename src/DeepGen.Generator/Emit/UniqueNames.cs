namespace DeepGen.Generator.Emit;

/// <summary>Names for the parameters and locals of a generated method: what is taken, by an import or before, steps aside.</summary>
internal sealed class UniqueNames(IEnumerable<string> taken)
{
    private readonly HashSet<string> _taken = [.. ImportedNames.FullNames.Keys, .. taken];

    public string Free(string name) => _taken.Add(name) ? name : Free(name + "_");
}
