using System.Collections.Immutable;

namespace DeepGen.Data;

/// <summary>What a table's columns mean.</summary>
public sealed record CsvOptions
{
    /// <summary>Whether the first line names the columns.</summary>
    public bool Header { get; init; } = true;

    /// <summary>What stands between two fields.</summary>
    public char Separator { get; init; } = ',';

    /// <summary>The columns of numbers that make the input; all that are no target if none are named.</summary>
    public ImmutableArray<CsvColumn> Inputs { get; init; } = [];

    /// <summary>The shape of one sample's input; a vector if left out.</summary>
    public ImmutableArray<int> InputShape { get; init; } = [];

    /// <summary>The column with the class.</summary>
    public CsvColumn? Class { get; init; }

    /// <summary>
    /// The names of the classes in the order of their numbers. If left out and the first label is a natural number, all labels are
    /// the numbers of their classes; otherwise they are names, numbered in ordinal order.
    /// </summary>
    public ImmutableArray<string> ClassNames { get; init; } = [];

    /// <summary>Columns of numbers that make one target of values, after the class if there is one.</summary>
    public ImmutableArray<CsvColumn> Values { get; init; } = [];
}
