using System.Text.Json.Nodes;
using DeepGen.Text;

namespace DeepGen.Tests;

/// <summary>Small vocabularies whose tokens can be worked out by hand.</summary>
public class BytePairTokenizerTests
{
    [Theory]
    [InlineData("hello world", new[] { 259, 264 })]
    [InlineData("hellohello", new[] { 259, 259 })]
    [InlineData("hell", new[] { 258 })]
    [InlineData("help", new[] { 256, 'l', 'p' })]
    [InlineData("lll", new[] { 257, 'l' })]
    [InlineData("hello  world", new[] { 259, 32, 264 })]
    [InlineData("hello   world", new[] { 259, 265, 264 })]
    [InlineData("world", new[] { 'w', 261, 263 })]
    [InlineData("é", new[] { 0xC3, 0xA9 })]
    [InlineData("", new int[0])]
    [InlineData("a<|endoftext|>b", new[] { 'a', 266, 'b' })]
    [InlineData("<|endoftext|><|endoftex", new[] { 266, '<', '|', 'e', 'n', 'd', 'o', 'f', 't', 'e', 'x' })]
    public void Bytes_are_merged_in_the_order_of_the_list(string text, int[] expected) => Assert.Equal(expected, SmallTokenizers.ByteLevel().Encode(text));

    [Theory]
    [InlineData("ab", new[] { 1, 264 })]
    [InlineData("a b", new[] { 1, 265, 259, 261 })]
    [InlineData(" ab", new[] { 1, 259, 264 })]
    [InlineData("cab", new[] { 1, 259, 262, 263 })]
    [InlineData("é", new[] { 1, 259, 3 + 0xC3, 3 + 0xA9 })]
    [InlineData("ab</s>ab", new[] { 1, 264, 2, 264 })]
    [InlineData("", new[] { 1 })]
    public void Spaces_are_signs_and_strangers_bytes(string text, int[] expected)
    {
        Assert.Equal(expected, SmallTokenizers.Llama().Encode(text));
        Assert.Equal(expected[1..], SmallTokenizers.Llama().Encode(text, special: false));
        Assert.Equal(text.Replace("</s>", " ", StringComparison.Ordinal), SmallTokenizers.Llama().Decode(expected));
    }

    [Fact]
    public void Merges_may_be_pairs_of_strings()
    {
        var file = SmallTokenizers.ByteLevelFile();
        var merges = file["model"]!["merges"]!.AsArray().Select(m => (JsonNode)new JsonArray([.. m!.GetValue<string>().Split(' ').Select(s => (JsonNode)s)])).ToArray();
        file["model"]!["merges"] = new JsonArray(merges);
        Assert.Equal([259, 264], SmallTokenizers.Load(file).Encode("hello world"));
    }

    [Fact]
    public void A_word_that_is_a_token_needs_no_merges_where_the_file_says_so()
    {
        var file = SmallTokenizers.Llama3File();
        file["model"]!["vocab"]!["wide"] = 267;
        Assert.Equal([266, 267, 260, 'i', 'd', 'e', '!'], SmallTokenizers.Load(file).Encode("wide wide!"));
        file["model"]!["ignore_merges"] = false;
        Assert.Equal([266, 'w', 'i', 'd', 'e'], SmallTokenizers.Load(file).Encode("wide"));
    }

    [Fact]
    public void Special_tokens_are_known_and_left_out_of_texts()
    {
        var tokenizer = SmallTokenizers.Llama();
        Assert.Equal([0, 1, 2], tokenizer.SpecialTokens);
        Assert.True(tokenizer.IsSpecial(2));
        Assert.False(tokenizer.IsSpecial(264));
        Assert.Equal("</s>", tokenizer.Piece(2));
        Assert.Equal(2, tokenizer.Find("</s>"));
        Assert.Equal("ab ab", tokenizer.Decode([1, 264, 2, 264]));
        Assert.Equal("</s>"u8.ToArray(), tokenizer.Bytes(2).ToArray());
    }

    [Fact]
    public void Unknown_characters_become_the_unknown_token_or_nothing()
    {
        var file = SmallTokenizers.LlamaFile();
        file["model"]!["byte_fallback"] = false;
        Assert.Equal([259, 0, 260, 0], SmallTokenizers.Load(file).Encode("xyaz", special: false));
        file["model"]!["fuse_unk"] = false;
        Assert.Equal([259, 0, 0, 260, 0], SmallTokenizers.Load(file).Encode("xyaz", special: false));
        file["model"]!["unk_token"] = null;
        Assert.Equal([265], SmallTokenizers.Load(file).Encode("xyaz", special: false));
        Assert.Equal([259], SmallTokenizers.Load(file).Encode("xy", special: false));
    }

    [Fact]
    public void Added_tokens_strip_spaces_stand_alone_and_match_what_is_normalized()
    {
        var file = SmallTokenizers.ByteLevelFile();
        file["added_tokens"] = JsonNode.Parse("""
            [{"id":266,"content":"<mask>","lstrip":true,"rstrip":true,"special":true},
             {"id":267,"content":"xy","single_word":true,"normalized":false},
             {"id":268,"content":"<mask>s","normalized":false},
             {"id":269,"content":"ABC","normalized":true}]
            """);
        file["normalizer"] = JsonNode.Parse("""{"type":"Lowercase"}""");
        var tokenizer = SmallTokenizers.Load(file);
        Assert.Equal(['a', 266, 'b'], tokenizer.Encode("a <mask>\n b"));
        Assert.Equal([268], tokenizer.Encode("<mask>s"));
        Assert.Equal([267, ' ', 'a', 'x', 'y'], tokenizer.Encode("xy axy"));
        Assert.Equal([269, 'd'], tokenizer.Encode("aBcD"));
    }

    [Theory]
    [InlineData("always", "ab ab", new[] { 264, 264 }, "ab ab")]
    [InlineData("first", "ab</s>ab", new[] { 264, 2, 263 }, "abab")]
    [InlineData("never", "ab ab", new[] { 263, 264 }, "ab ab")]
    public void Metaspace_puts_a_sign_where_its_scheme_says(string scheme, string text, int[] expected, string decoded)
    {
        var file = SmallTokenizers.LlamaFile();
        file["normalizer"] = null;
        string part = $$"""{"type":"Metaspace","replacement":"▁","prepend_scheme":"{{scheme}}","split":true}""";
        (file["pre_tokenizer"], file["decoder"]) = (JsonNode.Parse(part), JsonNode.Parse(part));
        var tokenizer = SmallTokenizers.Load(file);
        Assert.Equal(expected, tokenizer.Encode(text, special: false));
        Assert.Equal(decoded, tokenizer.Decode(expected));
    }

    [Fact]
    public void Half_a_character_is_a_replacement_character() =>
        Assert.Equal(SmallTokenizers.ByteLevel().Encode("a\uFFFDb"), SmallTokenizers.ByteLevel().Encode("a\uD800b"));

    [Fact]
    public void Any_text_comes_back()
    {
        var random = new Random(1);
        BytePairTokenizer[] tokenizers = [SmallTokenizers.ByteLevel(), SmallTokenizers.Llama3(), SmallTokenizers.Llama()];
        for (int i = 0; i < 2000; i++)
        {
            string text = RandomTexts.Next(random).Replace("<s>", "", StringComparison.Ordinal);
            Assert.Equal(text, tokenizers[0].Decode(tokenizers[0].Encode(text)));
            Assert.Equal(text, tokenizers[1].Decode(tokenizers[1].Encode(text)));

            // What looks like the sign for a space, or like the name of a byte, cannot be told from one.
            string plain = text.Replace("▁", "", StringComparison.Ordinal).Replace("<0x41>", "", StringComparison.Ordinal);
            Assert.Equal(plain, tokenizers[2].Decode(tokenizers[2].Encode(plain)));
        }
    }

    [Fact]
    public void Pieces_of_any_tokens_join_to_the_decoded_text_and_cut_no_character()
    {
        var random = new Random(2);
        foreach (var tokenizer in (BytePairTokenizer[])[SmallTokenizers.ByteLevel(), SmallTokenizers.Llama()])
        {
            for (int i = 0; i < 1000; i++)
            {
                int[] tokens = [.. Enumerable.Range(0, random.Next(12)).Select(_ => random.Next(tokenizer.Vocabulary))];
                var pieces = new TextPieces(tokenizer);
                string[] parts = [.. tokens.Select(t => pieces.Next(t).ToString()), pieces.End().ToString()];
                Assert.Equal(tokenizer.Decode(tokens), string.Concat(parts));
                Assert.All(parts, p => Assert.False(p.Length > 0 && (char.IsLowSurrogate(p[0]) || char.IsHighSurrogate(p[^1]))));
            }
        }
    }

    [Fact]
    public void A_long_word_is_merged_as_a_slow_loop_would()
    {
        var random = new Random(3);
        var file = SmallTokenizers.LlamaFile();
        file["model"]!["merges"] = JsonNode.Parse("""["a b","b a","ab ab","▁ a","aba b"]""");
        foreach (string piece in (string[])["ba", "abab", "aba"])
        {
            file["model"]!["vocab"]!.AsObject().TryAdd(piece, file["model"]!["vocab"]!.AsObject().Count);
        }

        var tokenizer = SmallTokenizers.Load(file);
        string[] merges = ["a b", "b a", "ab ab", "▁ a", "aba b"];
        for (int i = 0; i < 300; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(1, 60)).Select(_ => "aabbc "[random.Next(6)]));
            Assert.Equal(SlowMerges("▁" + text.Replace(' ', '▁'), merges), tokenizer.Encode(text, special: false).Select(tokenizer.Piece));
        }
    }

    private static List<string> SlowMerges(string text, string[] merges)
    {
        var parts = text.Select(c => c.ToString()).ToList();
        while (true)
        {
            var best = Enumerable.Range(0, Math.Max(parts.Count - 1, 0))
                .Select(i => (Rank: Array.IndexOf(merges, $"{parts[i]} {parts[i + 1]}"), At: i)).Where(c => c.Rank >= 0).Order().FirstOrDefault((-1, -1));
            if (best.Item1 < 0)
            {
                return parts;
            }

            parts[best.Item2] += parts[best.Item2 + 1];
            parts.RemoveAt(best.Item2 + 1);
        }
    }
}
