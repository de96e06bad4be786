using DeepGen.Data;

namespace DeepGen.Tests;

public class StreamedDataTests
{
    internal static readonly SampleLayout Layout = SampleLayout.Classified(2);

    [Fact]
    public void A_stream_in_order_gives_the_batches_of_memory()
    {
        foreach (bool dropLast in new[] { false, true })
        {
            var options = new BatchOptions(4) { DropLast = dropLast };
            foreach (int count in new[] { 0, 1, 4, 8, 11 })
            {
                var streamed = BatchReaderTests.Copies(Numbered(count), options);
                var inMemory = BatchReaderTests.Copies(DataSetTests.Numbered(count + 1)[..count], options);
                Assert.Equal(inMemory.Select(b => string.Join(' ', b.Inputs)), streamed.Select(b => string.Join(' ', b.Inputs)));
                Assert.Equal(inMemory.SelectMany(b => b.Samples), streamed.SelectMany(b => b.Samples));
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(64)]
    [InlineData(1000)]
    public void A_shuffle_window_gives_every_sample_once(int window)
    {
        var options = new BatchOptions(8) { Shuffle = true, Seed = 3, ShuffleWindow = window };
        var batches = BatchReaderTests.Copies(Numbered(100), options, epoch: 2);
        int[] order = [.. batches.SelectMany(b => b.Classes)];
        Assert.Equal(Enumerable.Range(0, 100), order.Order());
        Assert.Equal(order, BatchReaderTests.Copies(Numbered(100), options, epoch: 2).SelectMany(b => b.Classes));
        Assert.Equal(order.Select(c => (long)c), batches.SelectMany(b => b.Samples));
        Assert.All(batches, b => Assert.Equal(b.Classes.SelectMany(c => new[] { 10f * c, (10f * c) + 1 }), b.Inputs));
        Assert.All(order.Select((sample, place) => sample - place), early => Assert.True(early < window));
        if (window > 1)
        {
            Assert.NotEqual(order, BatchReaderTests.Copies(Numbered(100), options, epoch: 3).SelectMany(b => b.Classes));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(13)]
    [InlineData(99)]
    public void A_position_is_enough_to_go_on(int skip)
    {
        var options = new BatchOptions(8) { Shuffle = true, Seed = 3, ShuffleWindow = 20, Augmentation = Augmentation.Noise(0.5f) };
        var whole = BatchReaderTests.Copies(Numbered(100), options, epoch: 1);
        var rest = BatchReaderTests.Copies(Numbered(100), options, epoch: 1, skip);
        Assert.Equal(whole.Skip(skip).Select(b => string.Join(' ', b.Inputs)), rest.Select(b => string.Join(' ', b.Inputs)));
    }

    [Fact]
    public void A_reader_goes_through_many_epochs_even_if_it_leaves_some_early()
    {
        using var reader = Numbered(100).Read(new BatchOptions(8));
        for (int epoch = 0; epoch < 20; epoch++)
        {
            reader.Start(epoch);
            for (int i = 0; i <= epoch % 5; i++)
            {
                Assert.True(reader.Next(out var batch));
                Assert.Equal(8 * i, batch.Targets[0].Classes.Span[0]);
            }
        }
    }

    [Fact]
    public void Batches_allocate_nothing_once_the_stream_runs()
    {
        var all = new List<long>(5000);
        IEnumerable<Sample> Measured()
        {
            foreach (var sample in Samples(4000))
            {
                all.Add(GC.GetAllocatedBytesForCurrentThread());
                yield return sample;
            }
        }

        using var reader = new StreamedData(Layout, (_, _) => Measured()).Read(
            new BatchOptions(10) { Shuffle = true, ShuffleWindow = 100, Augmentation = Augmentation.Noise(1) });
        reader.Start(0);
        long before = 0;
        for (int batches = 0; reader.Next(out _); batches++)
        {
            before = batches == 100 ? GC.GetAllocatedBytesForCurrentThread() : before;
            if (batches == 300)
            {
                Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
            }
        }

        Assert.Equal(all[1000], all[3000]);
    }

    private static StreamedData Numbered(int count) => new(Layout, (_, _) => Samples(count));

    /// <summary>Sample i has the class i and the input (10 i, 10 i + 1).</summary>
    internal static IEnumerable<Sample> Samples(int count)
    {
        var sample = new Sample(Layout);
        for (int i = 0; i < count; i++)
        {
            sample.Input()[0] = 10 * i;
            sample.Input()[1] = (10 * i) + 1;
            sample.Class() = i;
            yield return sample;
        }
    }
}
