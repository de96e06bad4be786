namespace DeepGen.Reports;

/// <summary>For each class: of its samples the share that was found, of the guesses the share that was right, and their harmonic mean.</summary>
internal static class ClassTable
{
    public static Html Draw(ConfusionMatrix matrix, Func<int, string> nameOf)
    {
        var html = new Html().Add($"<table><tr><th>class</th><th>samples</th><th>found (recall)</th><th>guesses right (precision)</th><th>F1</th><th>most often taken for</th></tr>");
        for (int c = 0; c < matrix.Classes; c++)
        {
            long samples = matrix.Samples(c);
            long guesses = 0;
            int rival = -1;
            for (int other = 0; other < matrix.Classes; other++)
            {
                guesses += matrix[other, c];
                if (other != c && matrix[c, other] > 0 && (rival < 0 || matrix[c, other] > matrix[c, rival]))
                {
                    rival = other;
                }
            }

            double f1 = samples + guesses == 0 ? double.NaN : 2.0 * matrix[c, c] / (samples + guesses);
            string taken = rival < 0 ? "–" : $"{nameOf(rival)} ({Html.Count(matrix[c, rival])})";
            html.Add($"<tr><td><b>{nameOf(c)}</b></td><td>{Html.Count(samples)}</td><td>{Share(matrix[c, c], samples)}</td>");
            html.Add($"<td>{Share(matrix[c, c], guesses)}</td><td>{Html.Percent(f1)}</td><td>{taken}</td></tr>");
        }

        return html.Add($"</table>");
    }

    private static string Share(long part, long all) => Html.Percent(all == 0 ? double.NaN : (double)part / all);
}
