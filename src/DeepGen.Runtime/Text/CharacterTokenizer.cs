using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using DeepGen.Checkpoints;

namespace DeepGen.Text;

/// <summary>A token for every character (Unicode scalar value) of a list, the simplest tokenizer.</summary>
public sealed class CharacterTokenizer : ITokenizer
{
    private const string Type = "characters";

    private readonly Dictionary<Rune, int> _tokens = [];
    private readonly byte[][] _bytes;

    /// <summary>Takes characters in the order of their tokens.</summary>
    /// <exception cref="ArgumentException">There is none, or one comes twice.</exception>
    public CharacterTokenizer(IEnumerable<Rune> characters)
    {
        ArgumentNullException.ThrowIfNull(characters);
        Characters = [.. characters];
        foreach (var character in Characters)
        {
            if (!_tokens.TryAdd(character, _tokens.Count))
            {
                throw new ArgumentException($"the character {Name(character)} comes twice", nameof(characters));
            }
        }

        if (Characters.IsEmpty)
        {
            throw new ArgumentException("a tokenizer needs at least one character", nameof(characters));
        }

        _bytes = [.. Characters.Select(c => Encoding.UTF8.GetBytes(c.ToString()))];
    }

    /// <summary>The characters that occur in a text, in the order of their numbers in Unicode.</summary>
    /// <exception cref="ArgumentException">The text is empty.</exception>
    public static CharacterTokenizer Of(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        return new(text.EnumerateRunes().Distinct().Order());
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="TokenizerException">The file is damaged or another tokenizer's.</exception>
    public static CharacterTokenizer Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return TokenizerJson.Read(path, File.ReadAllBytes(path), root =>
        {
            string type = TokenizerJson.Text(root, "type", "the file");
            if (type != Type)
            {
                throw new TokenizerException($"it is of type '{type}' where a tokenizer of characters has '{Type}'");
            }

            try
            {
                return new CharacterTokenizer(TokenizerJson.Text(root, Type, "the file").EnumerateRunes());
            }
            catch (ArgumentException e)
            {
                throw new TokenizerException(e.Message, e);
            }
        });
    }

    /// <summary>The characters in the order of their tokens.</summary>
    public ImmutableArray<Rune> Characters { get; }

    /// <inheritdoc/>
    public int Vocabulary => Characters.Length;

    /// <summary>None.</summary>
    public IReadOnlyList<int> SpecialTokens => [];

    /// <summary>The tokens of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="special">Changes nothing, as there are no special tokens.</param>
    /// <exception cref="ArgumentException">A character is not in the list.</exception>
    public int[] Encode(string text, bool special = true)
    {
        ArgumentNullException.ThrowIfNull(text);
        var tokens = new int[text.Length];
        int count = 0, at = 0;
        foreach (var character in text.EnumerateRunes())
        {
            tokens[count++] = _tokens.TryGetValue(character, out int token)
                ? token
                : throw new ArgumentException($"the text has {Name(character)} at position {at}, which is none of the {Vocabulary} characters", nameof(text));
            at += character.Utf16SequenceLength;
        }

        return tokens[..count];
    }

    /// <inheritdoc/>
    public string Decode(ReadOnlySpan<int> tokens) => Tokenizers.DecodeAll(this, tokens);

    /// <inheritdoc/>
    public string Piece(int token) => Characters[Tokenizers.Checked(token, Vocabulary)].ToString();

    /// <inheritdoc/>
    public bool TryFind(string piece, out int token)
    {
        ArgumentNullException.ThrowIfNull(piece);
        token = 0;
        return Rune.DecodeFromUtf16(piece, out var character, out int length) == OperationStatus.Done && length == piece.Length
            && _tokens.TryGetValue(character, out token);
    }

    /// <inheritdoc/>
    public bool IsSpecial(int token) => Tokenizers.Checked(token, Vocabulary) < 0;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Bytes(int token, bool first = false) => _bytes[Tokenizers.Checked(token, Vocabulary)];

    /// <summary>Writes the characters to a file of JSON, replacing an older one only when the new one is complete.</summary>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        CheckpointFile.Replace(path, $"{path}.{Path.GetRandomFileName()}.tmp", file =>
        {
            using var json = new Utf8JsonWriter(file, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
            json.WriteStartObject();
            json.WriteString("type", Type);
            json.WriteString(Type, string.Concat(Characters));
            json.WriteEndObject();
        });
    }

    private static string Name(Rune character) => $"U+{character.Value:X4}" + (Rune.IsControl(character) ? "" : $" '{character}'");
}
