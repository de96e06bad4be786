using System.Globalization;
using System.Text;
using System.Text.Json;

namespace DeepGen.Text.BytePairs;

/// <summary>
/// The bytes of every token. All decoders that can be read go token by token, except that some leave a space out at the beginning of
/// the text: so a table of bytes and the sign to be left out are all that decoding needs.
/// </summary>
internal sealed class TokenBytes
{
    private const string Supported = "ByteLevel, Metaspace, ByteFallback, Fuse, Strip (of one sign at the beginning), Replace and Sequence";

    private readonly byte[] _bytes;
    private readonly int[] _starts;
    private readonly Dictionary<int, byte[]> _first = [];

    /// <summary>Takes a file's decoder and goes over the vocabulary with it.</summary>
    public TokenBytes(JsonElement decoder, Vocabulary vocabulary)
    {
        var steps = new Steps();
        Read(decoder, steps);
        _starts = new int[vocabulary.Count + 1];
        var bytes = new MemoryStream();
        for (int token = 0; token < vocabulary.Count; token++)
        {
            var own = steps.Of(vocabulary.Piece(token), first: false);
            var first = steps.Of(vocabulary.Piece(token), first: true);
            bytes.Write(own);
            _starts[token + 1] = (int)bytes.Length;
            if (!first.AsSpan().SequenceEqual(own))
            {
                _first.Add(token, first);
            }
        }

        _bytes = bytes.ToArray();
    }

    public ReadOnlySpan<byte> Of(int token, bool first) =>
        first && _first.TryGetValue(token, out var bytes) ? bytes : _bytes.AsSpan(_starts[token], _starts[token + 1] - _starts[token]);

    private static void Read(JsonElement part, Steps steps)
    {
        string type = TokenizerJson.Type(part, "the decoder");
        if (type == "Sequence")
        {
            foreach (var inner in TokenizerJson.Part(part, "decoders", "the decoder", JsonValueKind.Array).EnumerateArray())
            {
                Read(inner, steps);
            }

            return;
        }

        if (steps.Fused && type is not ("Fuse" or "Strip"))
        {
            throw new TokenizerException($"the decoder '{type}' behind one that joins tokens cannot be read");
        }

        switch (type)
        {
            case "ByteLevel":
                steps.Characters = false;
                steps.Fused = true;
                break;
            case "ByteFallback":
                steps.ByteFallback = true;
                break;
            case "Fuse":
                steps.Fused = true;
                break;
            case "Replace":
                var (pattern, content) = Normalizers.Replacement(part, "the decoder Replace");
                steps.Changes.Add((piece, _) => Normalizers.Replace(piece, pattern, content));
                break;
            case "Metaspace":
                char sign = MetaspaceSign(part, "the decoder Metaspace");
                bool strips = MetaspacePrefix(part, "the decoder Metaspace") != Metaspace.Prefix.Never;
                steps.Changes.Add((piece, first) => first && strips ? piece.Replace(sign.ToString(), "", StringComparison.Ordinal) : piece.Replace(sign, ' '));
                break;
            case "Strip":
                ReadStrip(part, steps);
                break;
            default:
                throw new TokenizerException($"the decoder '{type}' cannot be read; {Supported} can");
        }
    }

    private static void ReadStrip(JsonElement part, Steps steps)
    {
        string content = TokenizerJson.Text(part, "content", "the decoder Strip");
        int Count(string name) => TokenizerJson.Has(part, name, out var value) ? TokenizerJson.Number(value, $"'{name}' of the decoder Strip") : 0;
        if (!steps.Fused || content.Length != 1 || Count("start") > 1 || Count("stop") > 0)
        {
            throw new TokenizerException("the decoder Strip can be read where it follows Fuse and takes one sign from the beginning of the text, and this one does not");
        }

        steps.Stripped = Count("start") == 1 ? content : "";
    }

    public static char MetaspaceSign(JsonElement part, string where) => !TokenizerJson.Has(part, "replacement", out _) ? '▁'
        : TokenizerJson.Text(part, "replacement", where) is { Length: 1 } sign ? sign[0]
        : throw new TokenizerException($"'replacement' of {where} is '{TokenizerJson.Text(part, "replacement", where)}', but one character is expected");

    /// <summary>"prepend_scheme", or what older files have in its place.</summary>
    public static Metaspace.Prefix MetaspacePrefix(JsonElement part, string where)
    {
        if (!TokenizerJson.Has(part, "prepend_scheme", out _))
        {
            return TokenizerJson.Flag(part, "add_prefix_space", true, where) ? Metaspace.Prefix.Always : Metaspace.Prefix.Never;
        }

        string scheme = TokenizerJson.Text(part, "prepend_scheme", where);
        return scheme switch
        {
            "always" => Metaspace.Prefix.Always,
            "first" => Metaspace.Prefix.First,
            "never" => Metaspace.Prefix.Never,
            _ => throw new TokenizerException($"'prepend_scheme' of {where} is '{scheme}', but always, first or never is expected"),
        };
    }

    /// <summary>What the decoders do to the piece of one token.</summary>
    private sealed class Steps
    {
        public List<Func<string, bool, string>> Changes { get; } = [];

        public bool ByteFallback { get; set; }

        public bool Characters { get; set; } = true;

        public bool Fused { get; set; }

        public string Stripped { get; set; } = "";

        public byte[] Of(string piece, bool first)
        {
            foreach (var change in Changes)
            {
                piece = change(piece, first);
            }

            if (ByteFallback && piece is ['<', '0', 'x', _, _, '>'] && byte.TryParse(piece.AsSpan(3, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value))
            {
                return [value];
            }

            if (first && Stripped.Length > 0 && piece.StartsWith(Stripped, StringComparison.Ordinal))
            {
                piece = piece[1..];
            }

            return (Characters ? null : ByteAlphabet.Bytes(piece)) ?? Encoding.UTF8.GetBytes(piece);
        }
    }
}
