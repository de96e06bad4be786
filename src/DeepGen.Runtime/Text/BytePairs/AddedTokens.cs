using System.Buffers;
using System.Globalization;
using System.Text;

namespace DeepGen.Text.BytePairs;

/// <summary>A token that is found in texts as a whole, before words are cut.</summary>
internal sealed record AddedToken(int Token, string Content, bool SingleWord, bool StripLeft, bool StripRight, bool Normalized, bool Special);

/// <summary>Finds added tokens, of several at a place the longest.</summary>
internal sealed class AddedTokens
{
    private readonly Dictionary<char, List<(string Text, AddedToken Token)>> _byFirst = [];
    private readonly SearchValues<char> _first;

    /// <param name="tokens">The tokens.</param>
    /// <param name="normalizer">Goes over their contents before they are looked for.</param>
    public AddedTokens(IEnumerable<AddedToken> tokens, Normalizer? normalizer)
    {
        foreach (var token in tokens)
        {
            string text = normalizer?.Invoke(token.Content) ?? token.Content;
            if (text.Length > 0)
            {
                if (!_byFirst.TryGetValue(text[0], out var same))
                {
                    _byFirst[text[0]] = same = [];
                }

                same.Add((text, token));
            }
        }

        foreach (var same in _byFirst.Values)
        {
            same.Sort((a, b) => b.Text.Length - a.Text.Length);
        }

        _first = SearchValues.Create(_byFirst.Keys.ToArray());
    }

    /// <summary>The parts of a text in order, those that are added tokens with them.</summary>
    public List<(int Start, int End, AddedToken? Token)> Split(string text)
    {
        var parts = new List<(int, int, AddedToken?)>();
        int begin = 0;
        for (int at = 0; Next(text, ref at, out int length) is { } token;)
        {
            int start = at, end = at + length;
            at = end;
            if (token.SingleWord && (IsWord(text, start, before: true) || IsWord(text, end, before: false)))
            {
                continue;
            }

            while (token.StripLeft && start > begin && char.IsWhiteSpace(text[start - 1]))
            {
                start--;
            }

            while (token.StripRight && end < text.Length && char.IsWhiteSpace(text[end]))
            {
                end++;
            }

            // Spaces that were taken before belong to the one that took them.
            start = Math.Max(start, begin);
            if (start > begin)
            {
                parts.Add((begin, start, null));
            }

            parts.Add((start, end, token));
            begin = end;
        }

        if (begin < text.Length)
        {
            parts.Add((begin, text.Length, null));
        }

        return parts;
    }

    private AddedToken? Next(string text, ref int at, out int length)
    {
        length = 0;
        for (int found; (found = text.AsSpan(at).IndexOfAny(_first)) >= 0; at++)
        {
            at += found;
            foreach (var (content, token) in _byFirst[text[at]])
            {
                if (text.AsSpan(at).StartsWith(content, StringComparison.Ordinal))
                {
                    length = content.Length;
                    return token;
                }
            }
        }

        return null;
    }

    /// <summary>Whether the character before or after a place belongs to a word, as \w has it.</summary>
    private static bool IsWord(string text, int at, bool before)
    {
        Rune character;
        var status = before ? Rune.DecodeLastFromUtf16(text.AsSpan(0, at), out character, out _) : Rune.DecodeFromUtf16(text.AsSpan(at), out character, out _);
        return status == OperationStatus.Done && Rune.GetUnicodeCategory(character) is <= UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber
            or UnicodeCategory.ConnectorPunctuation;
    }
}
