namespace DeepGen.Generator.Lower;

/// <summary>Taps that follow one another and all meet the image in the same rows of a tile.</summary>
internal sealed record TapRun(int FirstRow, int Rows, int Taps);

/// <summary>Which of the taps along an image's row its outputs, the rows of a product, have in common with the image.</summary>
/// <param name="Channels">The depth of a tap.</param>
internal sealed record RowTaps(Overlap Overlap, int Taps, int Channels)
{
    /// <summary>
    /// The taps of a tile in order; none where all its rows meet all of them. Rows leave the image at one end after another, so those that meet it
    /// are neighbours.
    /// </summary>
    /// <param name="together">Rows that are multiplied together, and counted as one: by a tap that any of them meets.</param>
    public IReadOnlyList<TapRun> Runs(int firstRow, int rows, int together = 1)
    {
        int sums = rows / together;
        var runs = new List<TapRun>();
        for (int tap = 0; tap < Taps; tap++)
        {
            List<int> met = Enumerable.Range(0, sums)
                .Where(sum => Enumerable.Range(sum * together, together).Any(r => Overlap.Meets(firstRow + r, tap)))
                .ToList();
            TapRun run = met.Count == 0 ? new TapRun(0, 0, 1) : new TapRun(met[0], met.Count, 1);
            TapRun? before = runs.LastOrDefault();
            if (before is not null && before with { Taps = 1 } == run)
            {
                runs[runs.Count - 1] = run with { Taps = before.Taps + 1 };
            }
            else
            {
                runs.Add(run);
            }
        }

        return runs.Count == 1 && runs[0].Rows == sums ? [] : runs;
    }
}
