using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DeepGen.Text;

namespace DeepGen.Tests;

/// <summary>Tokenizer files in the forms of GPT-2's, Llama 2's and Llama 3's, with a dozen merges.</summary>
internal static class SmallTokenizers
{
    public const string Llama3Pattern =
        @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    /// <summary>The 256 signs for bytes in the order of the bytes: 0 to 255 are their tokens.</summary>
    public static string Alphabet { get; } = string.Concat(Enumerable.Range(0, 256).Aggregate((Text: "", Hidden: 0), (s, b) =>
        b is (>= 33 and <= 126) or (>= 161 and <= 172) or (>= 174 and <= 255) ? (s.Text + (char)b, s.Hidden) : (s.Text + (char)(256 + s.Hidden), s.Hidden + 1)).Text);

    /// <summary>Tokens 256 he, 257 ll, 258 hell, 259 hello, 260 Ġw, 261 or, 262 Ġwor, 263 ld, 264 Ġworld, 265 ĠĠ; 266 ends a text.</summary>
    public static JsonObject ByteLevelFile() => File(
        Alphabet.Select(c => c.ToString()), ["h e", "l l", "he ll", "hell o", "Ġ w", "o r", "Ġw or", "l d", "Ġwor ld", "Ġ Ġ"], special: ["<|endoftext|>"],
        preTokenizer: """{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,"use_regex":true}""",
        decoder: """{"type":"ByteLevel","add_prefix_space":true,"trim_offsets":true,"use_regex":true}""");

    /// <summary>The same merges with Llama 3's way of cutting words, and a sign before every text.</summary>
    public static JsonObject Llama3File()
    {
        var file = ByteLevelFile();
        file["pre_tokenizer"] = JsonNode.Parse("""{"type":"Sequence","pretokenizers":[{"type":"Split","pattern":{"Regex":""},"behavior":"Isolated","invert":false},{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,"use_regex":false}]}""");
        file["pre_tokenizer"]!["pretokenizers"]![0]!["pattern"]!["Regex"] = Llama3Pattern;
        file["post_processor"] = JsonNode.Parse("""{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"<|endoftext|>","type_id":0}},{"Sequence":{"id":"A","type_id":0}}],"pair":[],"special_tokens":{"<|endoftext|>":{"id":"<|endoftext|>","ids":[266],"tokens":["<|endoftext|>"]}}}""");
        file["model"]!["ignore_merges"] = true;
        return file;
    }

    /// <summary>0 is unknown, 1 begins a text, 2 ends one; 3 to 258 are bytes; 259 ▁, 260 a, 261 b, 262 c, 263 ab, 264 ▁ab, 265 ▁a.</summary>
    public static JsonObject LlamaFile()
    {
        var file = File(
            ["<unk>", "<s>", "</s>", .. Enumerable.Range(0, 256).Select(b => $"<0x{b:X2}>"), "▁", "a", "b", "c"], ["a b", "▁ ab", "▁ a"], special: [],
            preTokenizer: "null",
            decoder: """{"type":"Sequence","decoders":[{"type":"Replace","pattern":{"String":"▁"},"content":" "},{"type":"ByteFallback"},{"type":"Fuse"},{"type":"Strip","content":" ","start":1,"stop":0}]}""");
        file["added_tokens"] = JsonNode.Parse("""[{"id":0,"content":"<unk>","special":true},{"id":1,"content":"<s>","special":true,"normalized":false},{"id":2,"content":"</s>","special":true}]""");
        file["normalizer"] = JsonNode.Parse("""{"type":"Sequence","normalizers":[{"type":"Prepend","prepend":"▁"},{"type":"Replace","pattern":{"String":" "},"content":"▁"}]}""");
        file["post_processor"] = JsonNode.Parse("""{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"<s>","type_id":0}},{"Sequence":{"id":"A","type_id":0}}],"special_tokens":{"<s>":{"id":"<s>","ids":[1],"tokens":["<s>"]}}}""");
        file["model"]!["unk_token"] = "<unk>";
        file["model"]!["fuse_unk"] = true;
        file["model"]!["byte_fallback"] = true;
        return file;
    }

    public static BytePairTokenizer ByteLevel() => Load(ByteLevelFile());

    public static BytePairTokenizer Llama3() => Load(Llama3File());

    public static BytePairTokenizer Llama() => Load(LlamaFile());

    public static BytePairTokenizer Load(JsonNode file) => BytePairTokenizer.Load(Encoding.UTF8.GetBytes(file.ToJsonString()));

    private static JsonObject File(IEnumerable<string> pieces, string[] merges, string[] special, string preTokenizer, string decoder)
    {
        string[] all = [.. pieces, .. merges.Select(m => m.Replace(" ", "", StringComparison.Ordinal))];
        var vocabulary = new JsonObject(all.Select((piece, i) => KeyValuePair.Create(piece, (JsonNode?)i)));
        return new JsonObject
        {
            ["version"] = "1.0",
            ["truncation"] = null,
            ["padding"] = null,
            ["added_tokens"] = new JsonArray([.. special.Select((s, i) => new JsonObject { ["id"] = all.Length + i, ["content"] = s, ["special"] = true })]),
            ["normalizer"] = null,
            ["pre_tokenizer"] = JsonNode.Parse(preTokenizer),
            ["post_processor"] = null,
            ["decoder"] = JsonNode.Parse(decoder),
            ["model"] = new JsonObject
            {
                ["type"] = "BPE",
                ["dropout"] = null,
                ["unk_token"] = null,
                ["continuing_subword_prefix"] = "",
                ["end_of_word_suffix"] = null,
                ["fuse_unk"] = false,
                ["byte_fallback"] = false,
                ["vocab"] = vocabulary,
                ["merges"] = new JsonArray([.. merges.Select(m => (JsonNode)m)]),
            },
        };
    }
}
