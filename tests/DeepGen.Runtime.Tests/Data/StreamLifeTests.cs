using DeepGen.Data;

namespace DeepGen.Tests;

/// <summary>What a stream is told, and what its reader is told of it.</summary>
public class StreamLifeTests
{
    [Fact]
    public void A_batch_stays_as_it_is_while_others_are_read_ahead()
    {
        int read = 0;
        IEnumerable<Sample> Count()
        {
            foreach (var sample in StreamedDataTests.Samples(1000))
            {
                Interlocked.Increment(ref read);
                yield return sample;
            }
        }

        using var reader = new StreamedData(StreamedDataTests.Layout, (_, _) => Count()).Read(new BatchOptions(10) { Prefetch = 3 });
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
            foreach (var sample in StreamedDataTests.Samples(10))
            {
                yield return sample;
            }

            throw new DataFormatException("archive.bin", "byte 77", "expected a sample");
        }

        using var reader = new StreamedData(StreamedDataTests.Layout, (_, _) => Broken()).Read(new BatchOptions(4));
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
            yield return StreamedDataTests.Samples(1).Single();
            token.WaitHandle.WaitOne();
            told = true;
            token.ThrowIfCancellationRequested();
        }

        using (var reader = new StreamedData(StreamedDataTests.Layout, (_, token) => Slow(token)).Read(new BatchOptions(1)))
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
                    yield return StreamedDataTests.Samples(1).Single();
                }
            }
            finally
            {
                closed = true;
            }
        }

        foreach (var batch in new StreamedData(StreamedDataTests.Layout, (_, _) => Endless()).Batches(new BatchOptions(2)))
        {
            Assert.Equal(2, batch.Count);
            break;
        }

        Assert.True(closed);
    }

    [Fact]
    public void A_wrong_count_or_layout_is_told()
    {
        var data = new StreamedData(StreamedDataTests.Layout, (_, _) => StreamedDataTests.Samples(5), count: 6);
        Assert.Contains("a stream of 6 samples was announced, it ended after 5", Assert.Throws<InvalidOperationException>(
            () => BatchReaderTests.Copies(data, new BatchOptions(2))).Message);
        data = new StreamedData(SampleLayout.Classified(3), (_, _) => StreamedDataTests.Samples(5));
        Assert.Contains("another layout", Assert.Throws<InvalidOperationException>(() => BatchReaderTests.Copies(data, new BatchOptions(2))).Message);
    }
}
