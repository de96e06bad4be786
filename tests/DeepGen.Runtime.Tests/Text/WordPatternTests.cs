using System.Text.RegularExpressions;
using DeepGen.Text.BytePairs;

namespace DeepGen.Tests;

/// <summary>The loops that stand for known patterns cut as the patterns do, which .NET's regular expressions can say of texts without surrogates.</summary>
public class WordPatternTests
{
    private const string Gpt2 = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    public static TheoryData<string> Patterns => [Gpt2, SmallTokenizers.Llama3Pattern, SmallTokenizers.Llama3Pattern.Replace("{1,3}", "", StringComparison.Ordinal)];

    [Theory]
    [MemberData(nameof(Patterns))]
    public void Known_patterns_cut_as_regular_expressions_do(string pattern)
    {
        var loops = WordPattern.Of(pattern);
        Assert.NotNull(loops);
        var regex = new Regex(pattern, RegexOptions.CultureInvariant);
        var random = new Random(4);
        for (int i = 0; i < 5000; i++)
        {
            // The long s is a small s to the tokenizers and not to .NET.
            string text = RandomTexts.Next(random, astral: false).Replace('ſ', 's');
            Assert.Equal(regex.Matches(text).Select(m => (m.Index, m.Index + m.Length)), loops.Matches(text));
        }
    }

    [Theory]
    [MemberData(nameof(Patterns))]
    public void Characters_beyond_the_first_plane_count_as_what_they_are(string pattern)
    {
        ITextPattern[] both = [WordPattern.Of(pattern)!, new RegexPattern(new Regex(pattern, RegexOptions.CultureInvariant))];
        var random = new Random(5);
        for (int i = 0; i < 5000; i++)
        {
            string text = RandomTexts.Next(random).Replace('ſ', 's');
            Assert.Equal(both[0].Matches(text), both[1].Matches(text));
        }

        Assert.Equal([(0, 4)], both[1].Matches("𝐀𐐷"));
    }

    [Fact]
    public void Other_patterns_are_not_known() => Assert.Null(WordPattern.Of(Gpt2 + "|x"));

    [Fact]
    public void The_long_s_is_a_small_s_to_a_pattern_that_takes_capitals_alike() =>
        Assert.Equal([(0, 2), (2, 3)], WordPattern.Of(SmallTokenizers.Llama3Pattern)!.Matches("'ſx"));
}
