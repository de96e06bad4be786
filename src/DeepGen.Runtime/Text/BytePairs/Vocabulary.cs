namespace DeepGen.Text.BytePairs;

/// <summary>Tokens by what is written for them, and the other way round. Numbers may be left out.</summary>
internal sealed class Vocabulary
{
    private readonly Dictionary<string, int> _tokens;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly List<string?> _pieces = [];

    public Vocabulary(int capacity)
    {
        _tokens = new(capacity, StringComparer.Ordinal);
        _lookup = _tokens.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The greatest token, and one more.</summary>
    public int Count => _pieces.Count;

    public void Add(string piece, int token)
    {
        // Far more than any vocabulary has, and far less than would exhaust the memory.
        const int Most = 1 << 22;
        if (token >= Most)
        {
            throw new TokenizerException($"token '{piece}' has the number {token}, and at most {Most - 1} can be read");
        }

        while (_pieces.Count <= token)
        {
            _pieces.Add(null);
        }

        if (_pieces[token] is { } other && other != piece)
        {
            throw new TokenizerException($"'{other}' and '{piece}' have the same number {token}");
        }

        if (_tokens.TryGetValue(piece, out int before) && before != token)
        {
            throw new TokenizerException($"'{piece}' has two numbers, {before} and {token}");
        }

        _tokens[piece] = token;
        _pieces[token] = piece;
    }

    public bool TryFind(ReadOnlySpan<char> piece, out int token) => _lookup.TryGetValue(piece, out token);

    /// <summary>What is written for a token; nothing for a number that was left out.</summary>
    public string Piece(int token) => _pieces[token] ?? "";
}
