using DeepGen.Generator.Lower;

namespace DeepGen.Generator.Tests.Lower;

/// <summary>Every pixel that a tap meets is multiplied, and nothing of the border.</summary>
public sealed class RowTapsTests
{
    public static TheoryData<int, int, int, int> Shapes
    {
        get
        {
            var shapes = new TheoryData<int, int, int, int>();
            foreach (int taps in new[] { 1, 2, 3, 5 })
            {
                foreach (int stride in new[] { 1, 2, 3 })
                {
                    foreach (int padding in new[] { 0, 1, 2, 4 })
                    {
                        foreach (int width in new[] { 1, 2, 5, 14 })
                        {
                            shapes.Add(taps, stride, padding, width);
                        }
                    }
                }
            }

            return shapes;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_tile_has_the_taps_that_meet_the_image(int taps, int stride, int padding, int width)
    {
        int outputs = ((width + (2 * padding) - taps) / stride) + 1;
        var row = new RowTaps(new Overlap(stride, 1, padding, width), taps, Channels: 8);
        foreach (int together in new[] { 1, 2 })
        {
            foreach (int sums in new[] { 1, 2, 7 })
            {
                for (int first = 0; first + (sums * together) <= outputs; first++)
                {
                    IReadOnlyList<TapRun> runs = row.Runs(first, sums * together, together);
                    IEnumerable<(int Sum, int Tap)> expected =
                        from tap in Enumerable.Range(0, taps)
                        from sum in Enumerable.Range(0, sums)
                        where Enumerable.Range(first + (sum * together), together).Any(o => (o * stride) + tap - padding >= 0 && (o * stride) + tap - padding < width)
                        select (sum, tap);
                    Assert.Equal(expected, Multiplied(runs, sums, taps));
                    Assert.True(runs.Count == 0 || runs.Sum(r => r.Taps) == taps);
                }
            }
        }
    }

    [Fact]
    public void A_tile_within_the_image_is_one_loop()
    {
        var row = new RowTaps(new Overlap(1, 1, 1, 14), 3, Channels: 8);
        Assert.Empty(row.Runs(1, 12));
        Assert.Equal([new TapRun(1, 6, 1), new TapRun(0, 7, 2)], row.Runs(0, 7));
        Assert.Equal([new TapRun(0, 7, 2), new TapRun(0, 6, 1)], row.Runs(7, 7));
    }

    [Fact]
    public void What_is_little_is_multiplied()
    {
        Assert.True(new Overlap(1, 1, 1, 32).IsLarge(32, 3));
        Assert.False(new Overlap(1, 1, 1, 100).IsLarge(100, 3));
    }

    private static IEnumerable<(int Sum, int Tap)> Multiplied(IReadOnlyList<TapRun> runs, int sums, int taps)
    {
        int tap = 0;
        foreach (TapRun run in runs.Count == 0 ? [new TapRun(0, sums, taps)] : runs)
        {
            for (int end = tap + run.Taps; tap < end; tap++)
            {
                for (int sum = run.FirstRow; sum < run.FirstRow + run.Rows; sum++)
                {
                    yield return (sum, tap);
                }
            }
        }
    }
}
