using System.Text;

namespace Characters;

/// <summary>Little tales by a grammar: who they are about, where that is and what is looked for stay the same from a tale's beginning to its end.</summary>
internal static class Tales
{
    private const int Length = 30_000;

    private static readonly string[] s_who = ["fox", "miller", "queen", "crow", "fisherman", "old owl", "baker", "little mouse", "giant", "shepherd"];
    private static readonly string[] s_kind = ["clever", "poor", "proud", "quiet", "hungry", "merry", "lonely", "brave"];
    private static readonly string[] s_where = ["by the river", "in a dark wood", "on a green hill", "at the edge of the sea", "under an oak", "behind the mill"];
    private static readonly string[] s_what = ["a golden ring", "a loaf of bread", "the lost key", "a silver bell", "a red apple", "the old song"];
    private static readonly string[] s_when = ["One morning", "In the winter", "One night", "When the snow fell", "On market day"];
    private static readonly string[] s_way = ["over the bridge", "through the rain", "down the long road", "across the fields", "from door to door"];
    private static readonly string[] s_answer = ["I have seen it, but not today.", "Ask the wind, for I am tired.", "What will you give me for it?", "It is nearer than you think."];
    private static readonly string[] s_end = ["was never seen again", "danced until the sun came up", "went home and slept", "laughed, and everybody laughed", "told it to the children"];

    /// <param name="seed">Equal seeds give equal tales.</param>
    public static string Tell(int seed)
    {
        var random = new Random(seed);
        var text = new StringBuilder();
        while (text.Length < Length)
            Tell(text, items => items[random.Next(items.Length)]);
        return text.ToString();
    }

    private static void Tell(StringBuilder text, Func<string[], string> one)
    {
        string who = one(s_who), other = one(s_who), where = one(s_where), what = one(s_what);
        text.Append($"Once there was a {one(s_kind)} {who} who lived {where}. ");
        text.Append($"{one(s_when)} the {who} went {one(s_way)} to look for {what}, ");
        text.Append(one([$"and met a {one(s_kind)} {other}", $"but there was only a {one(s_kind)} {other}", $"and there sat a {one(s_kind)} {other}"])).Append(". ");
        text.Append($"\"Where is {what}?\" asked the {who}. \"{one(s_answer)}\" said the {other}. ");
        text.Append(one([$"So the {who} waited {where}. ", $"But the {who} did not believe it. ", $"The {who} thought for three days. "]));
        text.Append($"At last the {who} found {what} {one(s_where)}, and {one(s_end)}.\n");
    }
}
