using DeepGen.Runtime;

namespace DeepGen.Tests;

public sealed class LiveEntriesTests
{
    /// <summary>Rows, columns, channels, taps: windows and channels that fill pieces, and that do not.</summary>
    public static TheoryData<int, int, int, int> Sizes => new()
    {
        { 7, 7, 64, 4 }, { 1, 1, 1, 1 }, { 1, 4, 3, 2 }, { 2, 3, 17, 4 }, { 8, 8, 16, 4 }, { 5, 13, 33, 3 }, { 9, 70, 5, 4 }, { 3, 5, 20, 9 }, { 4, 65, 16, 2 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Each_channel_has_a_list_of_its_windows(int rows, int columns, int channels, int taps) => Each(rows, columns, channels, taps, (d, tap, beyond) =>
    {
        int capacity = rows * columns, all = channels * capacity;
        int[] tapOffsets = [.. Enumerable.Range(0, taps).Select(t => (1000 * t) + 7)];
        float[] list = Room((2 * all) + channels);
        LiveEntries.ByChannel(ref d[0], (columns * channels) + beyond, channels, ref tap[0], (columns * channels) + beyond, channels, ref list[0], rows, columns, channels, 100, 3, tapOffsets);
        for (int c = 0; c < channels; c++)
        {
            IEnumerable<(float, int)> expected =
                from i in Enumerable.Range(0, rows)
                from j in Enumerable.Range(0, columns)
                let at = (i * ((columns * channels) + beyond)) + (j * channels) + c
                where d[at] != 0
                select (d[at], (i * 100) + (j * 3) + tapOffsets[(int)tap[at]]);
            Assert.Equal(expected, Entries(list, c * capacity, all, (2 * all) + c));
        }
    });

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Each_tap_of_a_window_has_a_list_of_its_channels(int rows, int columns, int channels, int taps) => Each(rows, columns, channels, taps, (d, tap, beyond) =>
    {
        int places = rows * columns * taps, all = places * channels;
        float[] list = Room((2 * all) + places);
        LiveEntries.ByPlace(ref d[0], (columns * channels) + beyond, channels, ref tap[0], (columns * channels) + beyond, channels, ref list[0], rows, columns, channels, taps, 5);
        for (int place = 0; place < places; place++)
        {
            int window = place / taps;
            IEnumerable<(float, int)> expected =
                from c in Enumerable.Range(0, channels)
                let at = (window / columns * ((columns * channels) + beyond)) + (window % columns * channels) + c
                where d[at] != 0 && (int)tap[at] == place % taps
                select (d[at], c * 5);
            Assert.Equal(expected, Entries(list, place * channels, all, (2 * all) + place));
        }
    });

    /// <summary>Images with few and with many zeros of both signs, and what is no number, whose rows are one after the other or apart.</summary>
    private static void Each(int rows, int columns, int channels, int taps, Action<float[], float[], int> check)
    {
        var random = new Random(11);
        foreach (double share in new[] { 0, 0.4, 1 })
        {
            foreach (int beyond in new[] { 0, 6 })
            {
                int length = rows * ((columns * channels) + beyond);
                float[] d = [.. Enumerable.Range(1, length).Select(i => random.NextDouble() < share ? (i % 11 == 0 ? float.NaN : i) : i % 2 == 0 ? 0f : -0f)];
                check(d, [.. d.Select(_ => (float)random.Next(taps))], beyond);
            }
        }
    }

    private static float[] Room(int length) => [.. Enumerable.Repeat(-7f, length)];

    private static IEnumerable<(float, int)> Entries(float[] list, int start, int offsets, int count) =>
        Enumerable.Range(start, BitConverter.SingleToInt32Bits(list[count])).Select(i => (list[i], BitConverter.SingleToInt32Bits(list[offsets + i])));
}
