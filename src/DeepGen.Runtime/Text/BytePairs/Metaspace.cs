namespace DeepGen.Text.BytePairs;

/// <summary>Writes spaces as a visible sign, and puts one before the text where it is asked for.</summary>
internal sealed class Metaspace(char sign, Metaspace.Prefix prefix, WordStage next) : WordStage
{
    /// <summary>Which pieces get a sign before them, if they have none.</summary>
    public enum Prefix
    {
        /// <summary>None.</summary>
        Never,

        /// <summary>The one with which the text begins.</summary>
        First,

        /// <summary>All.</summary>
        Always,
    }

    public override void Take(ReadOnlySpan<char> text, bool first, TokenBuffer output)
    {
        var written = new char[text.Length + 1];
        text.Replace(written.AsSpan(1), ' ', sign);
        bool wanted = prefix == Prefix.Always || (prefix == Prefix.First && first);
        bool missing = wanted && !(text.Length > 0 && written[1] == sign);
        written[0] = sign;
        next.Take(written.AsSpan(missing ? 0 : 1), first, output);
    }
}

/// <summary>Puts a space before a piece that has none.</summary>
internal sealed class SpaceBefore(WordStage next) : WordStage
{
    public override void Take(ReadOnlySpan<char> text, bool first, TokenBuffer output)
    {
        if (text.StartsWith(' '))
        {
            next.Take(text, first, output);
        }
        else
        {
            next.Take([' ', .. text], first, output);
        }
    }
}
