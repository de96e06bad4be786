using System.Text;

namespace DeepGen.Text;

/// <summary>
/// The text of tokens as they come, in whole characters: bytes that are only the beginning of a character wait for the rest. All
/// pieces together are what <see cref="ITokenizer.Decode"/> gives for all tokens together.
/// </summary>
public sealed class TextPieces
{
    private readonly ITokenizer _tokenizer;
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private char[] _text = new char[64];
    private bool _first;

    /// <summary>Text from its beginning, or the continuation of another.</summary>
    /// <param name="tokenizer">Whose tokens they are.</param>
    /// <param name="continues">Whether other text comes before.</param>
    public TextPieces(ITokenizer tokenizer, bool continues = false)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        _tokenizer = tokenizer;
        _first = !continues;
    }

    /// <summary>The characters that this token completes; none if it is a special one.</summary>
    /// <exception cref="ArgumentException">It is none of the tokenizer's.</exception>
    public ReadOnlySpan<char> Next(int token)
    {
        if (_tokenizer.IsSpecial(token))
        {
            return [];
        }

        var bytes = _tokenizer.Bytes(token, _first);
        _first = false;
        return Take(bytes, end: false);
    }

    /// <summary>U+FFFD where the text ends within a character, and nothing otherwise.</summary>
    public ReadOnlySpan<char> End() => Take([], end: true);

    private ReadOnlySpan<char> Take(ReadOnlySpan<byte> bytes, bool end)
    {
        int most = Encoding.UTF8.GetMaxCharCount(bytes.Length);
        if (_text.Length < most)
        {
            _text = new char[most];
        }

        return _text.AsSpan(0, _decoder.GetChars(bytes, _text, end));
    }
}
