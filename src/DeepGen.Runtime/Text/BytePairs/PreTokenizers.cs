using System.Text.Json;

namespace DeepGen.Text.BytePairs;

/// <summary>The ways of cutting a text into words, each a stage before the next.</summary>
internal static class PreTokenizers
{
    private const string Supported = "ByteLevel, Split, Metaspace, Digits and Sequence";

    public static WordStage Read(JsonElement part, WordStage next)
    {
        string type = TokenizerJson.Type(part, "the pre_tokenizer");
        string where = $"the pre_tokenizer {type}";
        switch (type)
        {
            case "Sequence":
                return TokenizerJson.Part(part, "pretokenizers", where, JsonValueKind.Array).EnumerateArray().Reverse().Aggregate(next, (stage, inner) => Read(inner, stage));
            case "ByteLevel":
                WordStage bytes = new ByteAlphabet.Stage(next);
                bytes = TokenizerJson.Flag(part, "use_regex", true, where) ? new Cutter(WordPattern.Gpt2, CutBehavior.Isolated, false, bytes) : bytes;
                return TokenizerJson.Flag(part, "add_prefix_space", true, where) ? new SpaceBefore(bytes) : bytes;
            case "Split":
                string text = TokenizerJson.Text(part, "behavior", where);
                return Enum.TryParse(text, out CutBehavior behavior) && Enum.IsDefined(behavior)
                    ? new Cutter(Normalizers.Pattern(part, where), behavior, TokenizerJson.Flag(part, "invert", false, where), next)
                    : throw new TokenizerException($"'behavior' of {where} is '{text}'; {string.Join(", ", Enum.GetNames<CutBehavior>())} can be read");
            case "Metaspace":
                char sign = TokenBytes.MetaspaceSign(part, where);
                WordStage words = TokenizerJson.Flag(part, "split", true, where) ? new Cutter(new LiteralPattern(sign.ToString()), CutBehavior.MergedWithNext, false, next) : next;
                return new Metaspace(sign, TokenBytes.MetaspacePrefix(part, where), words);
            case "Digits":
                bool single = TokenizerJson.Flag(part, "individual_digits", false, where);
                return new Cutter(new DigitPattern(), single ? CutBehavior.Isolated : CutBehavior.Contiguous, false, next);
            default:
                throw new TokenizerException($"the pre_tokenizer '{type}' cannot be read; {Supported} can");
        }
    }
}
