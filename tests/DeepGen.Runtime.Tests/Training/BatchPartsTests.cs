namespace DeepGen.Runtime.Tests.Training;

/// <summary>How a batch is cut into parts.</summary>
public sealed class BatchPartsTests
{
    private const int Largest = 700;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_sample_is_in_one_part(bool isHeavy)
    {
        for (int batch = 1; batch <= Largest; batch++)
        {
            var parts = new BatchParts(batch, isHeavy);
            int[] starts = [.. Enumerable.Range(0, parts.Count + 1).Select(parts.Start)];
            Assert.Equal((0, batch), (starts[0], starts[^1]));
            Assert.Equal(starts.Order(), starts);
        }
    }

    /// <summary>Memory for the sums of all parts is made for the largest batch seen, and smaller ones come after it.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void No_smaller_batch_is_more_parts_than_the_most(bool isHeavy)
    {
        int most = 0;
        for (int batch = 1; batch <= Largest; batch++)
        {
            most = Math.Max(most, new BatchParts(batch, isHeavy).Count);
            Assert.Equal(most, BatchParts.MostOf(batch, isHeavy));
        }
    }
}
