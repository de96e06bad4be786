namespace DeepGen.Text;

/// <summary>What can be said of every tokenizer.</summary>
public static class Tokenizers
{
    /// <summary>A token by what the vocabulary writes, for instance the one that ends a text.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static int Find(this ITokenizer tokenizer, string piece)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(piece);
        return tokenizer.TryFind(piece, out int token)
            ? token
            : throw new ArgumentException($"none of the {tokenizer.Vocabulary} tokens is '{piece}'", nameof(piece));
    }

    internal static string DecodeAll(ITokenizer tokenizer, ReadOnlySpan<int> tokens)
    {
        var pieces = new TextPieces(tokenizer);
        var text = new System.Text.StringBuilder();
        foreach (int token in tokens)
        {
            text.Append(pieces.Next(token));
        }

        return text.Append(pieces.End()).ToString();
    }

    internal static int Checked(int token, int vocabulary) => (uint)token < (uint)vocabulary
        ? token
        : throw new ArgumentException($"token {token} is none of the tokenizer's, which are 0 to {vocabulary - 1}", nameof(token));
}
