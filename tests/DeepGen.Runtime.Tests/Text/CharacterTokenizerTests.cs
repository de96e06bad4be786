using System.Text;
using DeepGen.Text;

namespace DeepGen.Tests;

public class CharacterTokenizerTests
{
    [Fact]
    public void Characters_are_numbered_in_Unicodes_order()
    {
        var tokenizer = CharacterTokenizer.Of("b🙂a\nb￿");
        Assert.Equal("\nab￿🙂", string.Concat(tokenizer.Characters));
        Assert.Equal(5, tokenizer.Vocabulary);
        Assert.Equal([2, 1, 4], tokenizer.Encode("ba🙂"));
        Assert.Equal("ba🙂", tokenizer.Decode([2, 1, 4]));
        Assert.Equal("🙂", tokenizer.Piece(4));
        Assert.Equal(4, tokenizer.Find("🙂"));
        Assert.Empty(tokenizer.SpecialTokens);
        Assert.False(tokenizer.TryFind("ab", out _) || tokenizer.TryFind("", out _) || tokenizer.TryFind("z", out _) || tokenizer.IsSpecial(0));
    }

    [Fact]
    public void A_list_keeps_its_order() => Assert.Equal([0, 1, 2], new CharacterTokenizer("zyx".EnumerateRunes()).Encode("zyx"));

    [Fact]
    public void What_was_saved_is_loaded()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "characters.json");
        var saved = CharacterTokenizer.Of("né \"quoted\" \\ \n\t🙂\u0000\u2028");
        saved.Save(path);
        Assert.Equal([path], Directory.GetFiles(folder.Path));
        Assert.Equal(saved.Characters.ToArray(), CharacterTokenizer.Load(path).Characters.ToArray());
    }

    [Theory]
    [InlineData("", "it is no JSON")]
    [InlineData("{\"type\":\"characters\"", "it is no JSON")]
    [InlineData("[]", "it holds an array where an object is expected")]
    [InlineData("{\"model\":{}}", "the file has no 'type'")]
    [InlineData("{\"type\":\"BPE\"}", "it is of type 'BPE' where a tokenizer of characters has 'characters'")]
    [InlineData("{\"type\":\"characters\"}", "the file has no 'characters'")]
    [InlineData("{\"type\":\"characters\",\"characters\":7}", "'characters' of the file is a number, but a string is expected")]
    [InlineData("{\"type\":\"characters\",\"characters\":\"\"}", "at least one character")]
    [InlineData("{\"type\":\"characters\",\"characters\":\"aba\"}", "the character U+0061 'a' comes twice")]
    public void Another_file_is_refused(string content, string message)
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "other.json");
        File.WriteAllText(path, content);
        string text = Assert.Throws<TokenizerException>(() => CharacterTokenizer.Load(path)).Message;
        Assert.StartsWith($"cannot read '{path}': ", text);
        Assert.Contains(message, text);
    }

    [Fact]
    public void Strangers_are_refused_with_their_place()
    {
        var tokenizer = CharacterTokenizer.Of("🙂ab");
        Assert.Contains("the text has U+00E9 'é' at position 3, which is none of the 3 characters", Assert.Throws<ArgumentException>(() => tokenizer.Encode("a🙂é")).Message);
        Assert.Contains("the text has U+000A at position 0", Assert.Throws<ArgumentException>(() => tokenizer.Encode("\n")).Message);
        Assert.Contains("token 3 is none of the tokenizer's, which are 0 to 2", Assert.Throws<ArgumentException>(() => tokenizer.Decode([0, 3])).Message);
        Assert.Contains("token -1", Assert.Throws<ArgumentException>(() => tokenizer.Piece(-1)).Message);
        Assert.Contains("none of the 3 tokens is 'x'", Assert.Throws<ArgumentException>(() => tokenizer.Find("x")).Message);
        Assert.Throws<ArgumentException>(() => CharacterTokenizer.Of(""));
        Assert.Throws<ArgumentException>(() => new CharacterTokenizer([]));
        Assert.Throws<ArgumentException>(() => new CharacterTokenizer([new Rune('a'), new Rune('a')]));
    }

    [Fact]
    public void Any_text_comes_back()
    {
        var random = new Random(1);
        for (int i = 0; i < 200; i++)
        {
            string text = RandomTexts.Next(random);
            if (text.Length > 0)
            {
                var tokenizer = CharacterTokenizer.Of(text);
                Assert.Equal(text, tokenizer.Decode(tokenizer.Encode(text)));
            }
        }
    }
}
