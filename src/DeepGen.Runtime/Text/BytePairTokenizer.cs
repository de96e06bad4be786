using DeepGen.Text.BytePairs;

namespace DeepGen.Text;

/// <summary>
/// A byte-pair tokenizer as a <c>tokenizer.json</c> of Hugging Face describes it: byte-level ones (GPT-2, Llama 3) and those that
/// write spaces as ▁ and fall back to bytes (Llama 2). Truncation and padding, should the file ask for them, are left to the caller.
/// </summary>
public sealed class BytePairTokenizer : ITokenizer
{
    private readonly TokenizerFile _file;
    private readonly AddedTokens _raw;
    private readonly AddedTokens _normalized;
    private readonly HashSet<int> _special;

    private BytePairTokenizer(TokenizerFile file)
    {
        _file = file;
        _raw = new(file.Added.Where(t => !t.Normalized), null);
        _normalized = new(file.Added.Where(t => t.Normalized), file.Normalizer);
        SpecialTokens = [.. file.Added.Where(t => t.Special).Select(t => t.Token).Distinct()];
        _special = [.. SpecialTokens];
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="TokenizerException">It is damaged, or of a kind that cannot be read.</exception>
    public static BytePairTokenizer Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new(TokenizerJson.Read(path, File.ReadAllBytes(path), TokenizerFile.Read));
    }

    /// <summary>Reads what a file holds, for instance an embedded resource.</summary>
    /// <exception cref="TokenizerException">It is damaged, or of a kind that cannot be read.</exception>
    public static BytePairTokenizer Load(ReadOnlyMemory<byte> json) => new(TokenizerJson.Read("the tokenizer", json, TokenizerFile.Read));

    /// <inheritdoc/>
    public int Vocabulary => _file.Vocabulary.Count;

    /// <inheritdoc/>
    public IReadOnlyList<int> SpecialTokens { get; }

    /// <summary>The tokens of a text. Added tokens, special ones too, are found where the text writes them.</summary>
    /// <param name="text">The text.</param>
    /// <param name="special">Whether the signs that the file puts around every text are added.</param>
    public int[] Encode(string text, bool special = true)
    {
        ArgumentNullException.ThrowIfNull(text);
        var output = new TokenBuffer();
        output.Tokens.AddRange(special ? _file.Template.Before : []);
        text = WholeCharacters(text);
        foreach (var (start, end, token) in _raw.Split(text))
        {
            if (token is not null)
            {
                output.Tokens.Add(token.Token);
            }
            else
            {
                string part = text[start..end];
                EncodeNormalized(_file.Normalizer?.Invoke(part) ?? part, start == 0, output);
            }
        }

        output.Tokens.AddRange(special ? _file.Template.After : []);
        return [.. output.Tokens];
    }

    /// <inheritdoc/>
    public string Decode(ReadOnlySpan<int> tokens) => Tokenizers.DecodeAll(this, tokens);

    /// <inheritdoc/>
    public string Piece(int token) => _file.Vocabulary.Piece(Tokenizers.Checked(token, Vocabulary));

    /// <inheritdoc/>
    public bool TryFind(string piece, out int token) => _file.Vocabulary.TryFind(piece, out token);

    /// <inheritdoc/>
    public bool IsSpecial(int token) => _special.Contains(Tokenizers.Checked(token, Vocabulary));

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Bytes(int token, bool first = false) => _file.Bytes.Of(Tokenizers.Checked(token, Vocabulary), first);

    private void EncodeNormalized(string text, bool first, TokenBuffer output)
    {
        foreach (var (start, end, token) in _normalized.Split(text))
        {
            if (token is not null)
            {
                output.Tokens.Add(token.Token);
            }
            else
            {
                _file.Words.Take(text.AsSpan(start, end - start), first && start == 0, output);
            }
        }
    }

    /// <summary>A half of a character beyond U+FFFF stands for nothing by itself: U+FFFD takes its place.</summary>
    private static string WholeCharacters(string text)
    {
        foreach (char unit in text)
        {
            if (char.IsSurrogate(unit))
            {
                return string.Concat(text.EnumerateRunes());
            }
        }

        return text;
    }
}
