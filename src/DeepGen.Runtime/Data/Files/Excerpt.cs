namespace DeepGen.Data;

/// <summary>What a message quotes of a file: its first letters, those that print.</summary>
internal static class Excerpt
{
    private const int Longest = 40;

    public static string Of(ReadOnlySpan<char> text)
    {
        var letters = text.Length > Longest ? $"{text[..Longest]}..." : text.ToString();
        return string.Create(letters.Length, letters, (to, from) =>
        {
            for (int i = 0; i < to.Length; i++)
            {
                to[i] = char.IsControl(from[i]) ? '?' : from[i];
            }
        });
    }
}
