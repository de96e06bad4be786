using DeepGen.Data;

namespace DeepGen.Tests;

public class DataSetTests
{
    [Fact]
    public void Slices_and_picks_name_the_same_samples()
    {
        var data = Numbered(10);
        Assert.Equal([3, 4], Classes(data[3..5]));
        Assert.Equal([8, 9], Classes(data[^2..]));
        Assert.Equal([0, 1, 2], Classes(data.Take(3)));
        Assert.Equal(10, data.Take(99).Count);
        Assert.Equal([7, 7, 1], Classes(data.Pick(7, 7, 1)));
        Assert.Equal([6, 5], Classes(data.Pick(4, 5, 6, 7)[1..3].Pick(1, 0)));
        Assert.Equal([50, 51], data[3..6].Input(2).ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Slice(8, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Pick(10));
        Assert.ThrowsAny<ArgumentException>(() => data.Class(-1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1000)]
    public void Shuffling_is_a_permutation_that_the_seed_decides(int count)
    {
        if (count == 0)
        {
            Assert.Empty(Classes(Numbered(1)[..0].Shuffled(1)));
            return;
        }

        var data = Numbered(count);
        int[] order = Classes(data.Shuffled(7));
        Assert.Equal(Enumerable.Range(0, count), order.Order());
        Assert.Equal(order, Classes(data.Shuffled(7)));
        if (count > 2)
        {
            Assert.NotEqual(order, Classes(data.Shuffled(8)));
            Assert.NotEqual(Enumerable.Range(0, count), order);
        }
    }

    [Fact]
    public void Every_order_of_three_is_about_as_frequent()
    {
        var data = Numbered(3);
        var seen = new Dictionary<string, int>();
        for (ulong seed = 0; seed < 6000; seed++)
        {
            string order = string.Concat(Classes(data.Shuffled(seed)));
            seen[order] = seen.GetValueOrDefault(order) + 1;
        }

        Assert.Equal(6, seen.Count);
        Assert.All(seen.Values, n => Assert.InRange(n, 850, 1150));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.9, 90)]
    [InlineData(0.125, 12)]
    [InlineData(1, 100)]
    public void A_split_gives_every_sample_to_one_part(double fraction, int first)
    {
        var (train, validation) = Numbered(100).Split(fraction, seed: 5);
        Assert.Equal(first, train.Count);
        Assert.Equal(Enumerable.Range(0, 100), Classes(train).Concat(Classes(validation)).Order());
        Assert.Equal(Classes(train).Order(), Classes(train));
        Assert.Equal(Classes(train), Classes(Numbered(100).Split(fraction, seed: 5).First));
    }

    [Fact]
    public void A_split_wants_a_fraction() =>
        Assert.All([-0.1, 1.1, double.NaN], f => Assert.Throws<ArgumentOutOfRangeException>(() => Numbered(3).Split(f, 1)));

    [Fact]
    public void Maps_leave_the_original_alone_and_see_views()
    {
        var data = Numbered(4);
        var doubled = data.Pick(3, 1, 3).Scaled(2, 1);
        Assert.Equal([61, 63], doubled.Input(0).ToArray());
        Assert.Equal([21, 23], doubled.Input(1).ToArray());
        Assert.Equal([61, 63], doubled.Input(2).ToArray());
        Assert.Equal([30, 31], data.Input(3).ToArray());
        var padded = data.Map((from, to) => from.CopyTo(to[1..]), [4]);
        Assert.Equal([0, 30, 31, 0], padded.Input(3).ToArray());
        Assert.Equal([2, 1], data.Reshaped([2, 1]).Layout.Inputs[0].ToArray());
        Assert.Throws<ArgumentException>(() => data.Reshaped([3]));
    }

    [Fact]
    public void Normalising_gives_channels_mean_zero_and_variance_one()
    {
        var random = new Random(3);
        float[] values = [.. Enumerable.Range(0, 50 * 2 * 6).Select(i => (float)((i / 6 % 2 * 100) + (random.NextDouble() * 8)))];
        var data = DataSet.FromArrays(values, [2, 2, 3], new int[50]);
        var normalization = Normalization.Of(data);
        Assert.Equal(2, normalization.Scale.Length);
        var normalised = normalization.Apply(data);
        for (int channel = 0; channel < 2; channel++)
        {
            float[] own = [.. Enumerable.Range(0, 50).SelectMany(s => normalised.Input(s).Slice(channel * 6, 6).ToArray())];
            Assert.Equal(0, own.Average(), 1e-4);
            Assert.Equal(1, own.Average(v => v * v), 1e-3);
        }

        Assert.Throws<ArgumentException>(() => normalization.Apply(Numbered(3).Reshaped([1, 2])));
        Assert.Throws<ArgumentOutOfRangeException>(() => Normalization.Of(data, axis: 3));
    }

    [Fact]
    public void A_channel_that_never_changes_is_only_shifted()
    {
        var data = DataSet.FromArrays([5, 1, 5, 3], [2], new int[2]);
        Assert.Equal([0, -1], Normalization.Of(data).Apply(data).Input(0).ToArray());
    }

    [Fact]
    public void Columns_that_do_not_fit_are_refused()
    {
        Assert.Contains("5 values are no whole number of samples of shape [2]", Error(() => DataSet.FromArrays(new float[5], [2], new int[2])));
        Assert.Contains("the first input has 2 samples, another column 3", Error(() => DataSet.FromArrays(new float[4], [2], new int[3])));
        Assert.Contains("sample 1 has class -2, expected one from 0", Error(() => DataSet.FromArrays(new float[4], [2], [0, -2])));
        Assert.Contains("sample 0 has class 2, expected one from 0 to 1", Error(() => DataSet.FromArrays(new float[4], [2], [2, 1], ["a", "b"])));
        Assert.Contains("a sample cannot have the shape [0]", Error(() => DataSet.FromArrays(new float[4], [0], new int[3])));
        Assert.Contains("a sample cannot have the shape [65536, 65536]", Error(() => DataSet.FromArrays(new float[4], [65536, 65536], new int[3])));
        Assert.Contains("data need an input and a sample", Error(() => DataSet.FromArrays([], [2], [])));
        Assert.Contains("an input has values", Error(() => new DataSet([Column.OfClasses([1])], [])));
    }

    /// <summary>Sample i has the class i and the input (10 i, 10 i + 1).</summary>
    internal static DataSet Numbered(int count) => DataSet.FromArrays(
        [.. Enumerable.Range(0, count).SelectMany(i => new[] { 10f * i, (10f * i) + 1 })], [2], [.. Enumerable.Range(0, count)]);

    internal static int[] Classes(DataSet data) => [.. Enumerable.Range(0, data.Count).Select(i => data.Class(i))];

    private static string Error(Action action) => Assert.ThrowsAny<ArgumentException>(action).Message;
}
