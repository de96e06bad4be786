namespace DeepGen.Runtime;

/// <summary>What a kernel takes of the entries of a sparse matrix, in the order of the compiler's enumeration.</summary>
internal enum EntryForm
{
    /// <summary>a.</summary>
    Plain,

    /// <summary>|a|.</summary>
    Magnitude,

    /// <summary>κ (1 + γₙ) |a|: how far an error of a factor reaches, where n entries stand in the longer of its row and column.</summary>
    Reach,

    /// <summary>2 κ γₙ |a|: what rounding adds.</summary>
    Slack,
}
