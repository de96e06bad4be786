namespace DeepGen.Runtime.Tests.Training;

/// <summary>How a batch is cut into parts.</summary>
public sealed class BatchPartsTests
{
    private const int Largest = 700;
    private const int FewSums = 16;
    private const int ManySums = 3 << 20;

    public static TheoryData<int, int> Stages()
    {
        var stages = new TheoryData<int, int>();
        foreach (int fewest in new[] { 1, 4, 5, 9, 128, 100_000 })
        {
            stages.Add(fewest, FewSums);
            stages.Add(fewest, ManySums);
        }

        return stages;
    }

    [Theory]
    [MemberData(nameof(Stages))]
    public void Every_sample_is_in_one_part(int fewest, int sums)
    {
        for (int batch = 1; batch <= Largest; batch++)
        {
            AssertCut(batch, BatchParts.WithSums(batch, fewest, sums));
            AssertCut(batch, BatchParts.ForThreads(batch, threads: 3, fewest));
        }
    }

    /// <summary>Memory for the sums of all parts is made for the largest batch seen, and smaller ones come after it.</summary>
    [Theory]
    [MemberData(nameof(Stages))]
    public void No_smaller_batch_is_more_parts(int fewest, int sums)
    {
        int most = 1;
        for (int batch = 1; batch <= Largest; batch++)
        {
            int count = BatchParts.WithSums(batch, fewest, sums).Count;
            Assert.InRange(count, most, 16);
            most = count;
        }
    }

    /// <summary>Work enough for each sample: many threads have parts, and a slow one does fewer.</summary>
    [Theory]
    [InlineData(32, 1, FewSums, 16)]
    [InlineData(64, 4, FewSums, 16)]
    [InlineData(32, 5, FewSums, 4)]
    [InlineData(64, 1, ManySums, 4)]
    [InlineData(64, 128, FewSums, 4)]
    [InlineData(256, 128, FewSums, 8)]
    public void Parts_with_sums_are_as_many_as_pay(int batch, int fewest, int sums, int count) =>
        Assert.Equal(count, BatchParts.WithSums(batch, fewest, sums).Count);

    [Theory]
    [InlineData(64, 1, 4, 1)]
    [InlineData(64, 2, 4, 16)]
    [InlineData(64, 2, 128, 2)]
    [InlineData(3, 8, 1, 3)]
    [InlineData(8, 2, 32, 1)]
    [InlineData(16, 2, 32, 2)]
    [InlineData(64, 8, 128, 8)]
    [InlineData(1000, 2, 1, 32)]
    public void Threads_have_a_part_each_or_several(int batch, int threads, int fewest, int count) =>
        Assert.Equal(count, BatchParts.ForThreads(batch, threads, fewest).Count);

    private static void AssertCut(int batch, BatchParts parts)
    {
        int[] starts = [.. Enumerable.Range(0, parts.Count + 1).Select(parts.Start)];
        Assert.Equal((0, batch), (starts[0], starts[^1]));
        Assert.Equal(starts.Order().Distinct(), starts);
    }
}
