namespace DeepGen.Text.BytePairs;

/// <summary>The tokens of one text as they come, and the memory in which words are merged.</summary>
internal sealed class TokenBuffer
{
    private Symbol[] _symbols = new Symbol[64];

    public List<int> Tokens { get; } = [];

    /// <summary>The merges that may be made, the earliest in the file first, then the leftmost.</summary>
    public PriorityQueue<int, ulong> Merges { get; } = new();

    public Span<Symbol> Symbols(int count)
    {
        if (_symbols.Length < count)
        {
            _symbols = new Symbol[Math.Max(count, 2 * _symbols.Length)];
        }

        return _symbols.AsSpan(0, count);
    }

    /// <summary>A part of a word: its token, and its neighbours, -1 where there is none.</summary>
    public record struct Symbol(int Token, int Previous, int Next);
}
