using DeepGen.Text;

namespace Characters;

/// <summary>A text as tokens: nine tenths to learn from, the rest to be judged by.</summary>
internal sealed class Corpus
{
    /// <summary>Line breaks and what can be printed in ASCII, as many characters as the network has scores for.</summary>
    public static readonly CharacterTokenizer Tokenizer = CharacterTokenizer.Of("\n" + string.Concat(Enumerable.Range(' ', 95).Select(c => (char)c)));

    private readonly int[] _training;
    private readonly int[] _validation;
    private readonly int _piece;
    private readonly Random _random;

    /// <param name="text">The text.</param>
    /// <param name="piece">How long the pieces are that are learnt from.</param>
    /// <param name="seed">Which pieces are drawn.</param>
    public Corpus(string text, int piece, int seed)
    {
        string known = string.Concat(text.Replace('\t', ' ').Where(c => c is '\n' or (>= ' ' and <= '~')));
        if (known.Length < 20 * piece)
            throw new FormatException($"The text has {known.Length} characters that can be learnt; at least {20 * piece} are needed.");
        int[] tokens = Tokenizer.Encode(known);
        int split = tokens.Length * 9 / 10;
        (_training, _validation, _piece, _random) = (tokens[..split], tokens[split..], piece, new Random(seed));
        (Length, LeftOut) = (known.Length, text.Count(c => c != '\r' && c != '\t') - known.Length);
    }

    public int Length { get; }

    /// <summary>How many characters are none that the network knows.</summary>
    public int LeftOut { get; }

    /// <summary>Fills a batch with pieces from anywhere, and the characters that follow.</summary>
    public void Draw(Span<int> tokens, Span<int> next)
    {
        for (int start = 0; start < tokens.Length; start += _piece)
            Copy(_training, _random.Next(_training.Length - _piece), tokens[start..], next[start..]);
    }

    /// <summary>The text that is judged by, piece after piece.</summary>
    public (int[] Tokens, int[] Next) Validation()
    {
        int count = (_validation.Length - 1) / _piece;
        int[] tokens = new int[count * _piece], next = new int[count * _piece];
        for (int start = 0; start < tokens.Length; start += _piece)
            Copy(_validation, start, tokens.AsSpan(start), next.AsSpan(start));
        return (tokens, next);
    }

    private void Copy(int[] text, int from, Span<int> tokens, Span<int> next)
    {
        text.AsSpan(from, _piece).CopyTo(tokens);
        text.AsSpan(from + 1, _piece).CopyTo(next);
    }
}
