using System.Text.RegularExpressions;

namespace DeepGen.Text.BytePairs;

/// <summary>A text to be looked for as it is.</summary>
internal sealed class LiteralPattern(string literal) : ITextPattern
{
    public List<(int Start, int End)> Matches(ReadOnlySpan<char> text)
    {
        var matches = new List<(int, int)>();
        for (int at = 0, found; (found = text[at..].IndexOf(literal, StringComparison.Ordinal)) >= 0; at += found + literal.Length)
        {
            matches.Add((at + found, at + found + literal.Length));
        }

        return matches;
    }
}

/// <summary>Digits, one by one or as runs: what a <see cref="Cutter"/> makes of touching matches is its own affair.</summary>
internal sealed class DigitPattern : ITextPattern
{
    public List<(int Start, int End)> Matches(ReadOnlySpan<char> text)
    {
        var matches = new List<(int, int)>();
        int at = 0;
        foreach (var character in text.EnumerateRunes())
        {
            int end = at + character.Utf16SequenceLength;
            if (System.Text.Rune.IsNumber(character))
            {
                matches.Add((at, end));
            }

            at = end;
        }

        return matches;
    }
}

/// <summary>Any regular expression, matched against the text as <see cref="StandIns"/> writes it.</summary>
internal sealed class RegexPattern(Regex regex) : ITextPattern
{
    public List<(int Start, int End)> Matches(ReadOnlySpan<char> text)
    {
        var matches = new List<(int, int)>();
        var characters = StandIns.Of(text, out int[]? places);
        foreach (var match in regex.EnumerateMatches(characters))
        {
            if (match.Length > 0)
            {
                int end = match.Index + match.Length;
                matches.Add(places is null ? (match.Index, end) : (places[match.Index], places[end]));
            }
        }

        return matches;
    }

    /// <summary>The pattern of a file.</summary>
    public static ITextPattern Of(string regex)
    {
        try
        {
            return WordPattern.Of(regex) ?? (ITextPattern)new RegexPattern(new Regex(regex, RegexOptions.CultureInvariant));
        }
        catch (ArgumentException e)
        {
            throw new TokenizerException($"the regular expression '{regex}' is none of those known and none that .NET understands: {e.Message}", e);
        }
    }
}
