using System.Collections.Immutable;

namespace DeepGen;

/// <summary>
/// How the tensors of a family of checkpoints become the parameters of a network that was declared by somebody else: a list of rules,
/// the first that fits a parameter counting.
/// </summary>
public sealed class CheckpointMap
{
    /// <param name="family">The family's name, for messages.</param>
    /// <param name="rules">The rules.</param>
    public CheckpointMap(string family, params IEnumerable<CheckpointRule> rules)
    {
        ArgumentException.ThrowIfNullOrEmpty(family);
        ArgumentNullException.ThrowIfNull(rules);
        (Family, Rules) = (family, [.. rules]);
    }

    /// <summary>The family's name.</summary>
    public string Family { get; }

    /// <summary>The rules.</summary>
    public ImmutableArray<CheckpointRule> Rules { get; }

    /// <summary>Beginnings that some checkpoints of the family put before all names, as "transformer.".</summary>
    public ImmutableArray<string> Prefixes { get; init; } = [];

    /// <summary>The same for a network in which parameters have other names.</summary>
    /// <param name="beginning">How names begin in this map, up to a dot or the end: "blocks.{i}.attention".</param>
    /// <param name="other">How they begin in the network: "1.{i}.0".</param>
    /// <exception cref="ArgumentException">No name of the map begins so.</exception>
    public CheckpointMap Renamed(string beginning, string other)
    {
        ArgumentException.ThrowIfNullOrEmpty(beginning);
        ArgumentException.ThrowIfNullOrEmpty(other);
        if (!Rules.Any(r => r.Targets.Any(t => t.Renamed(beginning, other) != t)))
        {
            throw new ArgumentException($"no parameter of the map for {Family} begins with '{beginning}'", nameof(beginning));
        }

        return new(Family, Rules.Select(r => r.Renamed(beginning, other))) { Prefixes = Prefixes };
    }
}
