using System.Collections.Immutable;
using DeepGen.Checkpoints;

namespace DeepGen;

/// <summary>
/// Which tensors of a checkpoint become which parameters of a network. Names may have numbers in them, written as letters in braces:
/// "layers.{i}.weight" to "blocks.{i}.weight" is a rule for every i.
/// </summary>
public sealed class CheckpointRule
{
    private CheckpointRule(ImmutableArray<NamePattern> from, ImmutableArray<NamePattern> to)
    {
        (Sources, Targets) = (from, to);
        var letters = from.Concat(to).Select(p => p.Letters.ToHashSet(StringComparer.Ordinal)).ToList();
        if (letters.Exists(l => !l.SetEquals(letters[0])))
        {
            throw new ArgumentException($"the names of a rule must have the same numbers in them, and {this} have not");
        }
    }

    internal ImmutableArray<NamePattern> Sources { get; }

    internal ImmutableArray<NamePattern> Targets { get; }

    internal bool IsTransposed { get; private init; }

    internal NamePattern? Otherwise { get; private init; }

    internal ImmutableArray<string> Sizes { get; private init; } = [];

    /// <summary>A tensor that becomes a parameter.</summary>
    public static CheckpointRule Copy(string tensor, string parameter) => new([new(tensor)], [new(parameter)]);

    /// <summary>Tensors that become one parameter, their rows one after another.</summary>
    public static CheckpointRule Join(IEnumerable<string> tensors, string parameter) => new(Patterns(tensors), [new(parameter)]);

    /// <summary>A tensor whose rows become several parameters, one after another; their shapes say how many each takes.</summary>
    public static CheckpointRule Split(string tensor, IEnumerable<string> parameters) => new([new(tensor)], Patterns(parameters));

    /// <summary>A tensor that no network needs.</summary>
    public static CheckpointRule Ignore(string tensor) => new([new(tensor)], []);

    /// <summary>The same of matrices that the checkpoint holds the other way round, [inputs, outputs].</summary>
    public CheckpointRule Transposed() => new(Sources, Targets) { IsTransposed = true, Otherwise = Otherwise, Sizes = Sizes };

    /// <summary>
    /// The same with another tensor for a checkpoint that lacks the first because both are one (a tied output). A network that has no
    /// such parameter is then only held to it that the two are equal, if both are there.
    /// </summary>
    public CheckpointRule Or(string tensor) => new(Sources, Targets) { IsTransposed = IsTransposed, Otherwise = new(tensor), Sizes = Sizes };

    /// <summary>The same with the shape of every tensor as the checkpoint has it, in the words of <see cref="ModelConfiguration.Size"/>: "vocabulary hidden".</summary>
    public CheckpointRule Sized(params string[] shapes)
    {
        ArgumentNullException.ThrowIfNull(shapes);
        return shapes.Length == Sources.Length
            ? new(Sources, Targets) { IsTransposed = IsTransposed, Otherwise = Otherwise, Sizes = [.. shapes] }
            : throw new ArgumentException($"there are {shapes.Length} shapes for {Sources.Length} tensors", nameof(shapes));
    }

    internal CheckpointRule Renamed(string beginning, string other) =>
        new(Sources, [.. Targets.Select(t => t.Renamed(beginning, other))]) { IsTransposed = IsTransposed, Otherwise = Otherwise, Sizes = Sizes };

    /// <inheritdoc/>
    public override string ToString() => $"{string.Join(", ", Sources.Select(p => p.Text))} -> {string.Join(", ", Targets.Select(p => p.Text))}";

    private static ImmutableArray<NamePattern> Patterns(IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        ImmutableArray<NamePattern> patterns = [.. names.Select(n => new NamePattern(n))];
        return patterns.IsEmpty ? throw new ArgumentException("a rule needs at least one name", nameof(names)) : patterns;
    }
}
