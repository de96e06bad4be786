using DeepGen.Data;

namespace DeepGen.Tests;

public class StreamedDataTests
{
    private static readonly SampleLayout Layout = SampleLayout.Classified(2);

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
    public void A_batch_stays_as_it_is_while_others_are_read_ahead()
    {
        int read = 0;
        IEnumerable<Sample> Count()
        {
            foreach (var sample in Samples(1000))
            {
                Interlocked.Increment(ref read);
                yield return sample;
            }
        }

        using var reader = new StreamedData(Layout, (_, _) => Count()).Read(new BatchOptions(10) { Prefetch = 3 });
        reader.Start(0);
        Assert.True(reader.Next(out var batch));
        SpinWait.SpinUntil(() => Volatile.Read(ref read) >= 40);
        Thread.Sleep(20);
        Assert.Equal(40, Volatile.Read(ref read));
        Assert.Equal(Enumerable.Range(0, 10), batch.Targets[0].Classes.ToArray());
    }

    [Fact]
    public void What_goes_wrong_in_a_stream_is_told_after_the_batches_before_it()
    {
        static IEnumerable<Sample> Broken()
        {
            foreach (var sample in Samples(10))
            {
                yield return sample;
            }

            throw new DataFormatException("archive.bin", "byte 77", "expected a sample");
        }

        using var reader = new StreamedData(Layout, (_, _) => Broken()).Read(new BatchOptions(4));
        reader.Start(0);
        Assert.True(reader.Next(out _));
        Assert.True(reader.Next(out _));
        Assert.Contains("byte 77", Assert.Throws<DataFormatException>(() => reader.Next(out _)).Message);
        Assert.Throws<DataFormatException>(() => reader.Next(out _));
        reader.Start(1);
        Assert.True(reader.Next(out _));
    }

    [Fact]
    public void Cancelling_wakes_a_caller_who_waits_and_tells_the_stream()
    {
        using var cancellation = new CancellationTokenSource();
        bool told = false;
        IEnumerable<Sample> Slow(CancellationToken token)
        {
            yield return Samples(1).Single();
            token.WaitHandle.WaitOne();
            told = true;
            token.ThrowIfCancellationRequested();
        }

        using (var reader = new StreamedData(Layout, (_, token) => Slow(token)).Read(new BatchOptions(1)))
        {
            reader.Start(0, 0, cancellation.Token);
            Assert.True(reader.Next(out _));
            var waiting = new Thread(() => Assert.Throws<OperationCanceledException>(() => reader.Next(out _)));
            waiting.Start();
            Thread.Sleep(20);
            cancellation.Cancel();
            waiting.Join();
        }

        Assert.True(told);
    }

    [Fact]
    public void Giving_up_closes_the_stream()
    {
        bool closed = false;
        IEnumerable<Sample> Endless()
        {
            try
            {
                while (true)
                {
                    yield return Samples(1).Single();
                }
            }
            finally
            {
                closed = true;
            }
        }

        foreach (var batch in new StreamedData(Layout, (_, _) => Endless()).Batches(new BatchOptions(2)))
        {
            Assert.Equal(2, batch.Count);
            break;
        }

        Assert.True(closed);
    }

    [Fact]
    public void A_wrong_count_or_layout_is_told()
    {
        var data = new StreamedData(Layout, (_, _) => Samples(5), count: 6);
        Assert.Contains("a stream of 6 samples was announced, it ended after 5", Assert.Throws<InvalidOperationException>(
            () => BatchReaderTests.Copies(data, new BatchOptions(2))).Message);
        data = new StreamedData(SampleLayout.Classified(3), (_, _) => Samples(5));
        Assert.Contains("another layout", Assert.Throws<InvalidOperationException>(() => BatchReaderTests.Copies(data, new BatchOptions(2))).Message);
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

    private static IEnumerable<Sample> Samples(int count)
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
