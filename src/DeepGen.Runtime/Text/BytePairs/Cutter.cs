namespace DeepGen.Text.BytePairs;

/// <summary>What becomes of the matches of a pattern, and of the text between them.</summary>
internal enum CutBehavior
{
    /// <summary>Matches are left out.</summary>
    Removed,

    /// <summary>A match is a word of its own.</summary>
    Isolated,

    /// <summary>A match belongs to what comes before it.</summary>
    MergedWithPrevious,

    /// <summary>A match belongs to what comes after it.</summary>
    MergedWithNext,

    /// <summary>Matches that touch are one word.</summary>
    Contiguous,
}

/// <summary>Cuts a text into words at the matches of a pattern.</summary>
internal sealed class Cutter(ITextPattern pattern, CutBehavior behavior, bool invert, WordStage next) : WordStage
{
    public override void Take(ReadOnlySpan<char> text, bool first, TokenBuffer output)
    {
        // The open word, and whether it ends with a match.
        int begin = 0;
        bool open = false;
        foreach (var (start, end, matches) in Parts(text))
        {
            bool match = matches != invert;
            bool joins = behavior switch
            {
                CutBehavior.MergedWithPrevious => match && !open,
                CutBehavior.MergedWithNext => !match && open,
                CutBehavior.Contiguous => match == open,
                _ => false,
            };
            if (start > begin && !joins)
            {
                Hand(text, begin, start, open, first, output);
                begin = start;
            }

            open = match;
        }

        Hand(text, begin, text.Length, open, first, output);
    }

    private void Hand(ReadOnlySpan<char> text, int begin, int end, bool match, bool first, TokenBuffer output)
    {
        if (end > begin && !(match && behavior == CutBehavior.Removed))
        {
            next.Take(text[begin..end], first && begin == 0, output);
        }
    }

    /// <summary>The matches and the gaps between them, in order, without gaps that are empty.</summary>
    private List<(int Start, int End, bool Matches)> Parts(ReadOnlySpan<char> text)
    {
        var parts = new List<(int, int, bool)>();
        int at = 0;
        foreach (var (start, end) in pattern.Matches(text))
        {
            if (start > at)
            {
                parts.Add((at, start, false));
            }

            parts.Add((start, end, true));
            at = end;
        }

        if (at < text.Length)
        {
            parts.Add((at, text.Length, false));
        }

        return parts;
    }
}

/// <summary>Something that can be looked for in a text.</summary>
internal interface ITextPattern
{
    /// <summary>The matches from left to right, none of them empty.</summary>
    List<(int Start, int End)> Matches(ReadOnlySpan<char> text);
}
