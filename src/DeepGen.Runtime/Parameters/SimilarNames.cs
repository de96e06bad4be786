namespace DeepGen;

/// <summary>Says which names exist that look like the one asked for.</summary>
internal static class SimilarNames
{
    private const int Shown = 3;

    public static string Explain(string name, IEnumerable<string> known)
    {
        var near = known.OrderBy(k => Distance(name, k)).ThenBy(k => k, StringComparer.Ordinal).Take(Shown).ToList();
        return near.Count == 0
            ? $"there is no parameter '{name}': the network has none"
            : $"there is no parameter '{name}'; the nearest names are {string.Join(", ", near.Select(n => $"'{n}'"))}";
    }

    /// <summary>How many letters must be inserted, removed or changed (Levenshtein), one row of the table at a time.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (int i = 0; i < a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i + 1;
            for (int j = 0; j < b.Length; j++)
            {
                int change = diagonal + (a[i] == b[j] ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(change, Math.Min(diagonal, row[j]) + 1);
            }
        }

        return row[^1];
    }
}
