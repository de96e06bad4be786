namespace DeepGen.Text;

/// <summary>Texts as tokens, which are whole numbers from 0 to <see cref="Vocabulary"/> - 1, and back. May be used by many threads at once.</summary>
public interface ITokenizer
{
    /// <summary>How many tokens there are.</summary>
    int Vocabulary { get; }

    /// <summary>Those that are no text but signs for the network, such as the beginning or the end of a text.</summary>
    IReadOnlyList<int> SpecialTokens { get; }

    /// <summary>The tokens of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="special">Whether the signs that this tokenizer puts around every text are added.</param>
    int[] Encode(string text, bool special = true);

    /// <summary>The text of tokens, special ones left out. Bytes that are no UTF-8 become U+FFFD.</summary>
    /// <exception cref="ArgumentException">A token is none of this tokenizer's.</exception>
    string Decode(ReadOnlySpan<int> tokens);

    /// <summary>A token as the vocabulary writes it.</summary>
    /// <exception cref="ArgumentException">It is none of this tokenizer's.</exception>
    string Piece(int token);

    /// <summary>Finds a token by what <see cref="Piece"/> gives.</summary>
    bool TryFind(string piece, out int token);

    /// <summary>Whether the token is one of <see cref="SpecialTokens"/>.</summary>
    /// <exception cref="ArgumentException">It is none of this tokenizer's.</exception>
    bool IsSpecial(int token);

    /// <summary>The UTF-8 that a token adds to the text; it may begin or end within a character.</summary>
    /// <param name="token">The token.</param>
    /// <param name="first">Whether the text begins with it; some tokenizers then leave a space out.</param>
    /// <exception cref="ArgumentException">It is none of this tokenizer's.</exception>
    ReadOnlySpan<byte> Bytes(int token, bool first = false);
}
