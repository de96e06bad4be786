using System.Text;

namespace DeepGen.Text.BytePairs;

/// <summary>Changes a text before it is cut into words.</summary>
internal delegate string Normalizer(string text);

/// <summary>The normalizers of a tokenizer's file.</summary>
internal static class Normalizers
{
    private const string Supported = "Prepend, Replace, Lowercase, Strip, NFC, NFD, NFKC, NFKD and Sequence";

    public static Normalizer? Read(System.Text.Json.JsonElement part)
    {
        string type = TokenizerJson.Type(part, "the normalizer");
        switch (type)
        {
            case "Sequence":
                var parts = TokenizerJson.Part(part, "normalizers", "the normalizer", System.Text.Json.JsonValueKind.Array).EnumerateArray().Select(Read).ToArray();
                return text => parts.Aggregate(text, (t, normalizer) => normalizer?.Invoke(t) ?? t);
            case "Prepend":
                string before = TokenizerJson.Text(part, "prepend", "the normalizer Prepend");
                return text => text.Length == 0 ? text : before + text;
            case "Replace":
                var (pattern, content) = Replacement(part, "the normalizer Replace");
                return text => Replace(text, pattern, content);
            case "Lowercase":
                // The one character whose small form is two characters.
                return text => text.Replace("\u0130", "i\u0307", StringComparison.Ordinal).ToLowerInvariant();
            case "Strip":
                bool left = TokenizerJson.Flag(part, "strip_left", false, "the normalizer Strip");
                bool right = TokenizerJson.Flag(part, "strip_right", false, "the normalizer Strip");
                return text => (left, right) switch { (true, true) => text.Trim(), (true, false) => text.TrimStart(), (false, true) => text.TrimEnd(), _ => text };
            case "NFC" or "NFD" or "NFKC" or "NFKD":
                return Form(type);
            default:
                throw new TokenizerException($"the normalizer '{type}' cannot be read; {Supported} can");
        }
    }

    /// <summary>The pattern and the content of a Replace.</summary>
    public static (ITextPattern Pattern, string Content) Replacement(System.Text.Json.JsonElement part, string where) =>
        (Pattern(part, where), TokenizerJson.Text(part, "content", where));

    /// <summary>{"String": "…"} or {"Regex": "…"}.</summary>
    public static ITextPattern Pattern(System.Text.Json.JsonElement part, string where)
    {
        var pattern = TokenizerJson.Part(part, "pattern", where, System.Text.Json.JsonValueKind.Object);
        if (TokenizerJson.Has(pattern, "Regex", out _))
        {
            return RegexPattern.Of(TokenizerJson.Text(pattern, "Regex", $"the pattern of {where}"));
        }

        string literal = TokenizerJson.Text(pattern, "String", $"the pattern of {where}");
        return literal.Length > 0 ? new LiteralPattern(literal) : throw new TokenizerException($"the pattern of {where} is empty");
    }

    public static string Replace(string text, ITextPattern pattern, string content)
    {
        var replaced = new StringBuilder();
        int at = 0;
        foreach (var (start, end) in pattern.Matches(text))
        {
            replaced.Append(text, at, start - at).Append(content);
            at = end;
        }

        return at == 0 ? text : replaced.Append(text, at, text.Length - at).ToString();
    }

    private static Normalizer Form(string type)
    {
        var form = type switch
        {
            "NFC" => NormalizationForm.FormC,
            "NFD" => NormalizationForm.FormD,
            "NFKC" => NormalizationForm.FormKC,
            _ => NormalizationForm.FormKD,
        };
        return "e\u0301".Normalize() == "\u00E9"
            ? text => text.Normalize(form)
            : throw new TokenizerException($"the normalizer '{type}' needs Unicode's tables, which a process with InvariantGlobalization does without");
    }
}
