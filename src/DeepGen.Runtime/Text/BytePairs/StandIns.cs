using System.Globalization;
using System.Text;

namespace DeepGen.Text.BytePairs;

/// <summary>
/// A text with a single UTF-16 unit for every character, as regular expressions need it: a character beyond U+FFFF is replaced by one of
/// its category that no tokenizer's pattern names.
/// </summary>
internal static class StandIns
{
    /// <summary>The text with stand-ins.</summary>
    /// <param name="text">The text.</param>
    /// <param name="places">Where each character and the end are in the text; null if every character is a single unit anyway.</param>
    public static ReadOnlySpan<char> Of(ReadOnlySpan<char> text, out int[]? places)
    {
        places = null;
        if (text.IndexOfAnyInRange('\uD800', '\uDFFF') < 0)
        {
            return text;
        }

        var characters = new char[text.Length];
        places = new int[text.Length + 1];
        int count = 0, at = 0;
        foreach (var character in text.EnumerateRunes())
        {
            places[count] = at;
            characters[count++] = character.IsBmp ? (char)character.Value : Of(Rune.GetUnicodeCategory(character));
            at += character.Utf16SequenceLength;
        }

        places[count] = at;
        return characters.AsSpan(0, count);
    }

    private static char Of(UnicodeCategory category) => category switch
    {
        UnicodeCategory.UppercaseLetter => '\u0181',
        UnicodeCategory.LowercaseLetter => '\u0180',
        UnicodeCategory.TitlecaseLetter => '\u01C5',
        UnicodeCategory.ModifierLetter => '\u02B0',
        UnicodeCategory.OtherLetter => '\u01BB',
        UnicodeCategory.NonSpacingMark => '\u0340',
        UnicodeCategory.SpacingCombiningMark => '\u0903',
        UnicodeCategory.EnclosingMark => '\u0488',
        UnicodeCategory.DecimalDigitNumber => '\u0660',
        UnicodeCategory.LetterNumber => '\u16EE',
        UnicodeCategory.OtherNumber => '\u09F4',
        UnicodeCategory.MathSymbol => '\u03F6',
        UnicodeCategory.CurrencySymbol => '\u058F',
        UnicodeCategory.ModifierSymbol => '\u02C2',
        UnicodeCategory.OtherSymbol => '\u0482',
        UnicodeCategory.OtherPunctuation => '\u055A',
        UnicodeCategory.Format => '\u0600',
        UnicodeCategory.PrivateUse => '\uE000',
        _ => '\u0378',
    };
}
