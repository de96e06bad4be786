using System.Text;

namespace DeepGen.Tests;

/// <summary>Texts with words, signs, spaces of all kinds, and characters from everywhere in Unicode.</summary>
internal static class RandomTexts
{
    private static readonly string[] s_words =
    [
        "hello", " world", "it's", "WE'LL", "I'm", "they'RE", "na", "é", "e\u0301", "北京", "東京タワー", "мир", "שלום", "नमस्ते", "🙂", "👩‍👩‍👧", "𝐀𝐛", "𝟘𝟙",
        "½", "Ⅷ", "²", "ǅ", "'ſ", "12", "3456789", "3.14", "x=y;", "---", "?!", "\u00A0", "\u2003", "\u2028", "\u0085", "\u200B", "\t", "\n", "\r\n", " \n ",
        "\u3000", "▁", "Ġ", "<0x41>", "<s>", "\0", "\uFFFD", " ", "  ", "   ", "ab", "abc", " ab",
    ];

    public static string Next(Random random, bool astral = true)
    {
        var text = new StringBuilder();
        for (int left = random.Next(14); left > 0; left--)
        {
            if (random.Next(5) > 0)
            {
                text.Append(s_words[random.Next(s_words.Length)]);
                continue;
            }

            int[] limits = [0x80, 0x600, 0x3000, 0x10000, 0x20000];
            int value = random.Next(limits[random.Next(astral ? 5 : 4)]);
            text.Append(Rune.IsValid(value) ? new Rune(value).ToString() : "?");
        }

        string whole = text.ToString();
        return astral ? whole : string.Concat(whole.Where(c => !char.IsSurrogate(c)));
    }
}
