using System.Text;

namespace DeepGen.Text.BytePairs;

/// <summary>A word's characters become tokens, and pairs of tokens others. What the vocabulary lacks becomes bytes, or the unknown token, or nothing.</summary>
internal sealed class BytePairModel(Vocabulary vocabulary, MergeTable merges) : WordStage
{
    private readonly int[]? _bytes = ByteTokens(vocabulary);

    /// <summary>Whether a word that is a token becomes that one, whatever merges there are.</summary>
    public bool WholeWords { get; init; }

    /// <summary>Whether a character that is missing becomes the tokens of its bytes, written &lt;0x00&gt; to &lt;0xFF&gt;.</summary>
    public bool ByteFallback { get; init; }

    /// <summary>The token of what is missing.</summary>
    public int? Unknown { get; init; }

    /// <summary>Whether neighbours that are missing become one unknown token.</summary>
    public bool FuseUnknown { get; init; }

    public override void Take(ReadOnlySpan<char> text, bool first, TokenBuffer output)
    {
        if (WholeWords && vocabulary.TryFind(text, out int whole))
        {
            output.Tokens.Add(whole);
            return;
        }

        // A character of one UTF-16 unit has at most three bytes, one of two units four.
        var symbols = output.Symbols(3 * text.Length);
        int count = 0;
        bool unknown = false;
        for (int at = 0, length; at < text.Length; at += length)
        {
            Rune.DecodeFromUtf16(text[at..], out var character, out length);
            if (vocabulary.TryFind(text.Slice(at, length), out int token))
            {
                symbols[count++].Token = token;
                unknown = false;
            }
            else if (ByteFallback && TakeBytes(character, symbols[count..], out int bytes))
            {
                count += bytes;
                unknown = false;
            }
            else if (Unknown is { } sign)
            {
                count += unknown && FuseUnknown ? 0 : 1;
                symbols[count - 1].Token = sign;
                unknown = true;
            }
        }

        merges.Apply(symbols[..count], output);
    }

    private bool TakeBytes(Rune character, Span<TokenBuffer.Symbol> symbols, out int count)
    {
        Span<byte> utf8 = stackalloc byte[4];
        count = character.EncodeToUtf8(utf8);
        for (int i = 0; i < count; i++)
        {
            if (_bytes![utf8[i]] < 0)
            {
                return false;
            }

            symbols[i].Token = _bytes[utf8[i]];
        }

        return true;
    }

    private static int[] ByteTokens(Vocabulary vocabulary)
    {
        var tokens = new int[256];
        for (int value = 0; value < tokens.Length; value++)
        {
            tokens[value] = vocabulary.TryFind($"<0x{value:X2}>", out int token) ? token : -1;
        }

        return tokens;
    }
}
