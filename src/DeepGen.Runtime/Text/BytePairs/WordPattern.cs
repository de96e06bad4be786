using System.Globalization;
using System.Text;

namespace DeepGen.Text.BytePairs;

/// <summary>
/// The patterns by which GPT-2's and Llama 3's tokenizers cut words, as loops over whole characters. A regular expression of .NET goes
/// over UTF-16 units, and would take a letter beyond U+FFFF for two signs.
/// </summary>
internal sealed class WordPattern : ITextPattern
{
    private const string Gpt2Regex = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";
    private const string LlamaBegin = @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|";
    private const string LlamaEnd = @"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    private readonly bool _llama;
    private readonly int _digits;

    private WordPattern(bool llama, int digits) => (_llama, _digits) = (llama, digits);

    /// <summary>What GPT-2's byte-level tokenizers do without saying so.</summary>
    public static WordPattern Gpt2 { get; } = new(false, int.MaxValue);

    private enum Kind
    {
        Letter,
        Number,
        Space,
        Sign,
    }

    /// <summary>The pattern that a regular expression writes, if it is one of those known here.</summary>
    public static WordPattern? Of(string regex) => regex switch
    {
        Gpt2Regex => Gpt2,
        LlamaBegin + @"\p{N}{1,3}" + LlamaEnd => new(true, 3),
        LlamaBegin + @"\p{N}" + LlamaEnd => new(true, 1),
        _ => null,
    };

    public List<(int Start, int End)> Matches(ReadOnlySpan<char> text)
    {
        var matches = new List<(int, int)>();
        for (int start = 0, end; start < text.Length; start = end)
        {
            end = Contraction(text, start);
            end = end > start ? end : Word(text, start);
            matches.Add((start, end));
        }

        return matches;
    }

    /// <summary>The end of an 's, 't, 're, 've, 'm, 'll or 'd; the start where there is none.</summary>
    private int Contraction(ReadOnlySpan<char> text, int start)
    {
        if (text[start] != '\'' || start + 1 == text.Length)
        {
            return start;
        }

        char first = Lower(text[start + 1]);
        char second = start + 2 < text.Length ? Lower(text[start + 2]) : ' ';
        return first is 's' or 't' or 'm' or 'd' ? start + 2
            : (first, second) is ('r', 'e') or ('v', 'e') or ('l', 'l') ? start + 3
            : start;
    }

    /// <summary>Llama 3's pattern does not tell capitals apart; the long s is a small s to it.</summary>
    private char Lower(char letter) => !_llama ? letter : letter == 'ſ' ? 's' : char.ToLowerInvariant(letter);

    private int Word(ReadOnlySpan<char> text, int start)
    {
        var kind = KindAt(text, start, out int length);
        int next = start + length;
        var following = next < text.Length ? KindAt(text, next, out _) : (Kind?)null;
        bool afterSpace = text[start] == ' ';
        if (kind == Kind.Letter)
        {
            return Run(text, start, Kind.Letter);
        }

        if (following == Kind.Letter && (_llama ? kind is Kind.Space or Kind.Sign && text[start] is not ('\r' or '\n') : afterSpace))
        {
            return Run(text, next, Kind.Letter);
        }

        if (kind == Kind.Number)
        {
            return Run(text, start, Kind.Number, _digits);
        }

        if (afterSpace && following == Kind.Number && !_llama)
        {
            return Run(text, next, Kind.Number);
        }

        if (kind == Kind.Sign || (afterSpace && following == Kind.Sign))
        {
            int end = Run(text, kind == Kind.Sign ? start : next, Kind.Sign);
            return _llama ? Newlines(text, end) : end;
        }

        return Spaces(text, start);
    }

    /// <summary>Spaces to their last line break where the pattern asks for that; else all of them, but the last where a word follows.</summary>
    private int Spaces(ReadOnlySpan<char> text, int start)
    {
        int end = Run(text, start, Kind.Space);
        int line = _llama ? text[start..end].LastIndexOfAny('\r', '\n') : -1;
        return line >= 0 ? start + line + 1
            : end < text.Length && end - start > 1 ? end - 1
            : end;
    }

    private static int Newlines(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && text[at] is '\r' or '\n')
        {
            at++;
        }

        return at;
    }

    private static int Run(ReadOnlySpan<char> text, int at, Kind kind, int most = int.MaxValue)
    {
        for (int count = 0; count < most && at < text.Length && KindAt(text, at, out int length) == kind; count++)
        {
            at += length;
        }

        return at;
    }

    private static Kind KindAt(ReadOnlySpan<char> text, int at, out int length)
    {
        Rune.DecodeFromUtf16(text[at..], out var character, out length);
        if (character.IsAscii)
        {
            char c = (char)character.Value;
            return char.IsAsciiLetter(c) ? Kind.Letter : char.IsAsciiDigit(c) ? Kind.Number : c is ' ' or (>= '\t' and <= '\r') ? Kind.Space : Kind.Sign;
        }

        return Rune.GetUnicodeCategory(character) switch
        {
            <= UnicodeCategory.OtherLetter => Kind.Letter,
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => Kind.Number,
            UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => Kind.Space,
            _ => character.Value == 0x85 ? Kind.Space : Kind.Sign,
        };
    }
}
