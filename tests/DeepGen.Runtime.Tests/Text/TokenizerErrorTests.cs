using System.Text;
using System.Text.Json.Nodes;
using DeepGen.Text;

namespace DeepGen.Tests;

/// <summary>Damaged files and files of other families: each is refused with what was found and what can be read.</summary>
public class TokenizerErrorTests
{
    [Theory]
    [InlineData("WordPiece")]
    [InlineData("Unigram")]
    [InlineData("WordLevel")]
    public void Another_family_is_named(string family) =>
        Refused(f => f["model"]!["type"] = family, $"its model is of the family '{family}'; only 'BPE' (byte pairs) can be read");

    [Fact]
    public void A_model_without_name_or_merges_is_of_no_family() => Refused(
        f =>
        {
            f["model"]!.AsObject().Remove("type");
            f["model"]!.AsObject().Remove("merges");
        },
        "its model is of the family 'without a name'");

    [Fact]
    public void Old_files_name_no_type()
    {
        var file = SmallTokenizers.ByteLevelFile();
        file["model"]!.AsObject().Remove("type");
        Assert.Equal([259], SmallTokenizers.Load(file).Encode("hello"));
    }

    public static TheoryData<string, string, string> Replacements => new()
    {
        { "model", "7", "'model' of the file is a number, but an object is expected" },
        { "model", "null", "the file has no 'model'" },
        { "model/vocab", "[]", "'vocab' of the model is an array, but an object is expected" },
        { "model/vocab", "{}", "its vocabulary is empty" },
        { "model/vocab", """{"a":-1}""", "the number of token 'a' is -1, but a natural number is expected" },
        { "model/vocab", """{"a":1.5}""", "the number of token 'a' is 1.5" },
        { "model/vocab", """{"a":99999999}""", "token 'a' has the number 99999999, and at most 4194303 can be read" },
        { "model/vocab", """{"a":1,"b":1}""", "'a' and 'b' have the same number 1" },
        { "model/merges", "null", "the model has no 'merges'" },
        { "model/merges", """["h e","x y z"]""", "merge 1 is no pair: \"x y z\"" },
        { "model/merges", """["he"]""", "merge 0 is no pair" },
        { "model/merges", """[["h"]]""", "merge 0 is no pair" },
        { "model/merges", """[["h",1]]""", "merge 0 is no pair" },
        { "model/merges", "[7]", "merge 0 is no pair" },
        { "model/merges", """["h qq"]""", "merge 0 needs the token 'qq', which is not in the vocabulary" },
        { "model/merges", """["h h"]""", "merge 0 needs the token 'hh'" },
        { "model/unk_token", "\"<nobody>\"", "its unknown token '<nobody>' is not in the vocabulary" },
        { "model/dropout", "0.1", "its model leaves merges out at random ('dropout' is 0.1)" },
        { "model/continuing_subword_prefix", "\"##\"", "its model marks parts of words ('continuing_subword_prefix' is '##')" },
        { "model/end_of_word_suffix", "\"</w>\"", "'end_of_word_suffix' is '</w>'" },
        { "model/byte_fallback", "3", "'byte_fallback' of the model is a number, but true or false is expected" },
        { "added_tokens", "{}", "'added_tokens' of the file is an object, but an array is expected" },
        { "added_tokens", "[3]", "an added token is no object: 3" },
        { "added_tokens", """[{"id":3}]""", "an added token has no 'content'" },
        { "added_tokens", """[{"content":"x"}]""", "an added token has no 'id'" },
        { "added_tokens", """[{"content":"hello","id":3}]""", "'\u0103' and 'hello' have the same number 3" },
        { "added_tokens", """[{"content":"hello","id":300}]""", "'hello' has two numbers, 259 and 300" },
        { "normalizer", """{"type":"Precompiled"}""", "the normalizer 'Precompiled' cannot be read; Prepend, Replace" },
        { "normalizer", """{"type":"Replace","pattern":{"String":""},"content":"x"}""", "the pattern of the normalizer Replace is empty" },
        { "normalizer", """{"type":"Replace","pattern":{"Regex":"("},"content":"x"}""", "the regular expression '(' is none of those known" },
        { "normalizer", "[]", "the normalizer is an array, but an object is expected" },
        { "pre_tokenizer", """{"type":"BertPreTokenizer"}""", "the pre_tokenizer 'BertPreTokenizer' cannot be read; ByteLevel, Split, Metaspace, Digits and Sequence can" },
        { "pre_tokenizer", """{"type":"Split","pattern":{"String":" "},"behavior":"Lost"}""", "'behavior' of the pre_tokenizer Split is 'Lost'; Removed, Isolated" },
        { "pre_tokenizer", """{"type":"Metaspace","replacement":"__"}""", "'replacement' of the pre_tokenizer Metaspace is '__', but one character is expected" },
        { "pre_tokenizer", """{"type":"Metaspace","prepend_scheme":"often"}""", "'prepend_scheme' of the pre_tokenizer Metaspace is 'often', but always, first or never is expected" },
        { "decoder", "null", "it has no decoder" },
        { "decoder", """{"type":"WordPiece"}""", "the decoder 'WordPiece' cannot be read; ByteLevel, Metaspace" },
        { "decoder", """{"type":"Sequence","decoders":[{"type":"Fuse"},{"type":"ByteLevel"}]}""", "the decoder 'ByteLevel' behind one that joins tokens" },
        { "decoder", """{"type":"Sequence","decoders":[{"type":"Fuse"},{"type":"Strip","content":" ","start":2,"stop":0}]}""", "the decoder Strip can be read where" },
        { "post_processor", """{"type":"BertProcessing"}""", "the post_processor 'BertProcessing' cannot be read; TemplateProcessing, ByteLevel and Sequence can" },
        { "post_processor", """{"type":"TemplateProcessing","single":[],"special_tokens":{}}""", "'single' of the post_processor has 0 texts, but one is expected" },
        { "post_processor", """{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"x"}},{"Sequence":{"id":"A"}}],"special_tokens":{"x":{"ids":[267]}}}""", "the post_processor adds token 267, but the greatest is 266" },
        { "post_processor", """{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"x"}},{"Sequence":{"id":"A"}}],"special_tokens":{}}""", "'special_tokens' of the post_processor has no 'x'" },
    };

    [Theory]
    [MemberData(nameof(Replacements))]
    public void What_is_wrong_is_named(string place, string json, string message) => Refused(
        file =>
        {
            string[] steps = place.Split('/');
            (steps.Length == 1 ? file : file[steps[0]]!.AsObject())[steps[^1]] = JsonNode.Parse(json);
        },
        message);

    [Fact]
    public void A_file_that_is_cut_is_refused_wherever_it_was_cut()
    {
        byte[] whole = Encoding.UTF8.GetBytes(SmallTokenizers.LlamaFile().ToJsonString());
        for (int length = 0; length < whole.Length; length += 7)
        {
            var error = Assert.Throws<TokenizerException>(() => BytePairTokenizer.Load(whole.AsMemory(0, length)));
            Assert.Contains("it is no JSON, or its end is missing", error.Message);
        }
    }

    [Fact]
    public void A_file_that_was_changed_anywhere_is_read_or_refused_and_nothing_else()
    {
        var random = new Random(6);
        byte[][] files = [.. new[] { SmallTokenizers.LlamaFile(), SmallTokenizers.Llama3File() }.Select(f => Encoding.UTF8.GetBytes(f.ToJsonString()))];
        int refused = 0;
        for (int i = 0; i < 2000; i++)
        {
            byte[] changed = [.. files[i % 2]];
            for (int k = random.Next(1, 4); k > 0; k--)
            {
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            }

            try
            {
                var tokenizer = BytePairTokenizer.Load(changed);
                tokenizer.Decode(tokenizer.Encode("hello abc é 🙂 <s>"));
            }
            catch (TokenizerException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 200, 1999);
    }

    [Fact]
    public void The_file_is_named_and_a_mark_at_its_beginning_does_no_harm()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "tokenizer.json");
        File.WriteAllText(path, SmallTokenizers.ByteLevelFile().ToJsonString(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Assert.Equal([259], BytePairTokenizer.Load(path).Encode("hello"));
        File.WriteAllText(path, "[]");
        Assert.StartsWith($"cannot read '{path}': it holds an array", Assert.Throws<TokenizerException>(() => BytePairTokenizer.Load(path)).Message);
        Assert.Throws<FileNotFoundException>(() => BytePairTokenizer.Load(path + "x"));
    }

    [Fact]
    public void Tokens_that_there_are_not_are_refused()
    {
        var tokenizer = SmallTokenizers.ByteLevel();
        Assert.Contains("token 267 is none of the tokenizer's, which are 0 to 266", Assert.Throws<ArgumentException>(() => tokenizer.Decode([1, 267])).Message);
        Assert.Throws<ArgumentException>(() => tokenizer.Piece(-1));
        Assert.Throws<ArgumentException>(() => tokenizer.Bytes(267).Length);
        Assert.Contains("none of the 267 tokens is 'nobody'", Assert.Throws<ArgumentException>(() => tokenizer.Find("nobody")).Message);
    }

    private static void Refused(Action<JsonObject> change, string message)
    {
        var file = SmallTokenizers.ByteLevelFile();
        change(file);
        Assert.Contains(message, Assert.Throws<TokenizerException>(() => SmallTokenizers.Load(file)).Message);
    }
}
