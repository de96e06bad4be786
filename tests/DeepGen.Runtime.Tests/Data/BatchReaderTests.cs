using DeepGen.Data;

namespace DeepGen.Tests;

public class BatchReaderTests
{
    [Fact]
    public void Without_shuffling_batches_follow_the_data()
    {
        var batches = Copies(DataSetTests.Numbered(7), new BatchOptions(3));
        Assert.Equal(["0 1 2", "3 4 5", "6"], batches.Select(b => string.Join(' ', b.Classes)));
        Assert.Equal([30, 31, 40, 41, 50, 51], batches[1].Inputs);
        Assert.Equal([60, 61], batches[2].Inputs);
        Assert.Equal(["0 1 2", "3 4 5"], Copies(DataSetTests.Numbered(7), new BatchOptions(3) { DropLast = true }).Select(b => string.Join(' ', b.Classes)));
        Assert.Equal("0 1", string.Join(' ', Copies(DataSetTests.Numbered(2), new BatchOptions(3)).Single().Classes));
        Assert.Empty(Copies(DataSetTests.Numbered(2), new BatchOptions(3) { DropLast = true }));
        Assert.Empty(Copies(DataSetTests.Numbered(2)[..0], new BatchOptions(3)));
    }

    [Fact]
    public void Every_epoch_has_all_samples_in_an_order_of_its_own()
    {
        var data = DataSetTests.Numbered(100);
        var options = new BatchOptions(8) { Shuffle = true, Seed = 5 };
        int[] Order(BatchOptions o, int epoch) => [.. Copies(data, o, epoch).SelectMany(b => b.Classes)];
        Assert.Equal(Enumerable.Range(0, 100), Order(options, 0).Order());
        Assert.Equal(Order(options, 3), Order(options, 3));
        Assert.NotEqual(Order(options, 0), Order(options, 1));
        Assert.NotEqual(Order(options, 0), Order(options with { Seed = 6 }, 0));
        Assert.Equal(Order(options, 2), Order(options with { Size = 33 }, 2));
        Assert.All(Copies(data, options), b => Assert.Equal(b.Classes.SelectMany(c => new[] { 10f * c, (10f * c) + 1 }), b.Inputs));
        Assert.All(Copies(data, options), b => Assert.Equal(b.Classes.Select(c => (long)c), b.Samples));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(1000)]
    public void A_position_is_enough_to_go_on(int skip)
    {
        var data = Images(100);
        var options = new BatchOptions(8) { Shuffle = true, Seed = 5, Augmentation = Augmentation.Shift(1).Then(Augmentation.Noise(0.1f)) };
        var whole = Copies(data, options, epoch: 4);
        var rest = Copies(data, options, epoch: 4, skip);
        Assert.Equal(Math.Max(13 - skip, 0), rest.Count);
        for (int i = 0; i < rest.Count; i++)
        {
            Assert.Equal(whole[skip + i].Inputs, rest[i].Inputs);
            Assert.Equal(whole[skip + i].Classes, rest[i].Classes);
        }
    }

    [Fact]
    public void Several_inputs_and_targets_stay_together()
    {
        var data = new DataSet(
            [Column.OfValues([1, 2, 3], []), Column.OfValues([10, 11, 20, 21, 30, 31], 2)],
            [Column.OfClasses([4, 5, 6]), Column.OfValues([-1, -2, -3], 1)]);
        foreach (var batch in data.Batches(new BatchOptions(2) { Shuffle = true, Seed = 1 }))
        {
            for (int row = 0; row < batch.Count; row++)
            {
                float i = batch.Inputs[0].Span[row];
                Assert.Equal([10 * i, (10 * i) + 1], batch.Inputs[1].Slice(2 * row, 2).ToArray());
                Assert.Equal(i + 3, batch.Targets[0].Classes.Span[row]);
                Assert.Equal(-i, batch.Targets[1].Values.Span[row]);
                Assert.False(batch.Targets[1].IsClasses);
            }

            Assert.Equal(2 * batch.Count, batch.Inputs[1].Length);
        }
    }

    [Fact]
    public void A_sample_may_have_a_class_for_each_of_several_places()
    {
        var data = new DataSet([Column.OfValues([0, 1, 2], 1)], [Column.OfClasses([1, 2, 3, 4, 5, 6], default, 2)]);
        Assert.Equal("3 samples: [1] to classes [2]", data.ToString());
        Assert.Equal([3, 4], data.Classes(1).ToArray());
        StreamedData streamed = new(data.Layout, (_, _) => Enumerable.Range(0, 3).Select(i =>
        {
            var sample = new Sample(data.Layout);
            sample.Input()[0] = i;
            data.Classes(i).CopyTo(sample.Classes());
            return sample;
        }));
        foreach (IDataSource source in new IDataSource[] { data, streamed })
        {
            foreach (var batch in source.Batches(new BatchOptions(2) { Shuffle = true, Seed = 4 }))
            {
                Assert.Equal(
                    batch.Inputs[0].ToArray().SelectMany(i => new[] { (2 * (int)i) + 1, (2 * (int)i) + 2 }), batch.Targets[0].Classes.ToArray());
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Batches_allocate_nothing_once_there_is_a_reader(int threads)
    {
        var data = Images(50);
        var everything = Augmentation.Sequence(
            Augmentation.Flip(), Augmentation.FlipVertically(), Augmentation.Shift(2), Augmentation.Crop(2), Augmentation.Rotate(20),
            Augmentation.Bend(1, 3), Augmentation.Erase(), Augmentation.Noise(0.1f));
        using var reader = data.Read(new BatchOptions(8) { Shuffle = true, Augmentation = everything, Threads = threads });
        int batches = 0;
        void Epoch(int number)
        {
            reader.Start(number);
            while (reader.Next(out _))
            {
                batches++;
            }
        }

        for (int epoch = 0; epoch < 10; epoch++)
        {
            Epoch(epoch);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int epoch = 0; epoch < 10; epoch++)
        {
            Epoch(epoch);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(20 * 7, batches);
    }

    [Fact]
    public void Cancelling_stops_between_batches()
    {
        using var cancellation = new CancellationTokenSource();
        using var reader = DataSetTests.Numbered(9).Read(new BatchOptions(3));
        reader.Start(0, 0, cancellation.Token);
        Assert.True(reader.Next(out _));
        cancellation.Cancel();
        Assert.Throws<OperationCanceledException>(() => reader.Next(out _));
        reader.Start(0);
        Assert.True(reader.Next(out _));
    }

    [Fact]
    public void Wrong_options_are_refused_at_once()
    {
        var data = DataSetTests.Numbered(3);
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Read(new BatchOptions(0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Read(new BatchOptions(1) { Threads = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Read(new BatchOptions(1) { Prefetch = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Read(new BatchOptions(1)).Start(0, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Read(new BatchOptions(1)).Start(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Read(new BatchOptions(1) { Augmentation = Augmentation.Noise(1), AugmentedInput = 1 }));
        Assert.Contains("the input has the shape [2]", Assert.Throws<ArgumentException>(
            () => data.Read(new BatchOptions(1) { Augmentation = Augmentation.Shift(1) })).Message);
    }

    [Fact]
    public void The_number_of_batches()
    {
        Assert.Equal(3, new BatchOptions(3).Batches(7));
        Assert.Equal(2, new BatchOptions(3) { DropLast = true }.Batches(7));
        Assert.Equal(0, new BatchOptions(3).Batches(0));
    }

    internal static DataSet Images(int count) => DataSet.FromArrays(
        [.. Enumerable.Range(0, count * 2 * 5 * 6).Select(i => (float)(i * 37 % 101) / 101)], [2, 5, 6], [.. Enumerable.Range(0, count)]);

    internal static List<(float[] Inputs, int[] Classes, long[] Samples)> Copies(IDataSource data, BatchOptions options, int epoch = 0, int skip = 0)
    {
        var copies = new List<(float[], int[], long[])>();
        using var reader = data.Read(options);
        reader.Start(epoch, skip);
        while (reader.Next(out var batch))
        {
            Assert.Equal(batch.Count, batch.Targets[0].Classes.Length);
            copies.Add((batch.Inputs[0].ToArray(), batch.Targets[0].Classes.ToArray(), reader.Samples.ToArray()));
        }

        return copies;
    }
}
