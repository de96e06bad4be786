namespace DeepGen.Text.BytePairs;

/// <summary>
/// Which pairs of tokens become one, and in which order. Of all pairs of a word the one that comes earliest in the table is merged, the
/// leftmost of several, until none is left; a heap of candidates makes that n log n steps for n characters.
/// </summary>
internal sealed class MergeTable
{
    private const int Gone = -2;

    private readonly Dictionary<ulong, Merge> _merges;

    public MergeTable(int count) => _merges = new(count);

    private readonly record struct Merge(uint Rank, int Token);

    /// <summary>A pair that comes again takes the later place, as it does in Hugging Face's table.</summary>
    public void Add(int left, int right, int token, int rank) => _merges[Pair(left, right)] = new((uint)rank, token);

    /// <summary>Merges the first symbols of the buffer, of which only tokens are set, and appends what is left.</summary>
    public void Apply(Span<TokenBuffer.Symbol> symbols, TokenBuffer output)
    {
        var candidates = output.Merges;
        candidates.Clear();
        for (int i = 0; i < symbols.Length; i++)
        {
            symbols[i] = new(symbols[i].Token, i - 1, i + 1 < symbols.Length ? i + 1 : -1);
        }

        for (int i = 0; i + 1 < symbols.Length; i++)
        {
            Suggest(symbols, i, candidates);
        }

        while (candidates.TryDequeue(out int token, out ulong priority))
        {
            int at = (int)(uint)priority;
            ref var left = ref symbols[at];
            if (left.Previous == Gone || left.Next < 0 || !_merges.TryGetValue(Pair(left.Token, symbols[left.Next].Token), out var merge)
                || merge.Rank != (uint)(priority >> 32))
            {
                // One of the two has been merged with another since.
                continue;
            }

            ref var right = ref symbols[left.Next];
            int next = right.Next;
            right.Previous = Gone;
            (left.Token, left.Next) = (token, next);
            if (next >= 0)
            {
                symbols[next].Previous = at;
                Suggest(symbols, at, candidates);
            }

            if (left.Previous >= 0)
            {
                Suggest(symbols, left.Previous, candidates);
            }
        }

        for (int i = 0; i >= 0 && i < symbols.Length; i = symbols[i].Next)
        {
            output.Tokens.Add(symbols[i].Token);
        }
    }

    private void Suggest(Span<TokenBuffer.Symbol> symbols, int at, PriorityQueue<int, ulong> candidates)
    {
        var left = symbols[at];
        if (_merges.TryGetValue(Pair(left.Token, symbols[left.Next].Token), out var merge))
        {
            candidates.Enqueue(merge.Token, ((ulong)merge.Rank << 32) | (uint)at);
        }
    }

    private static ulong Pair(int left, int right) => ((ulong)(uint)left << 32) | (uint)right;
}
