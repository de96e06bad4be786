using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using DeepGen.Runtime;

namespace DeepGen.Tests;

public class BatchProgramTests
{
    /// <summary>Work for each sample that is worth a thread of its own.</summary>
    private const int ManyAdds = int.MaxValue;

    private readonly PreparedWeights _weights = Programs.Weights(3);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public void Every_sample_is_computed_once(int threads)
    {
        foreach (int batch in new[] { 0, 1, 2, 3, 7, 8, 9, 64, 1001 })
        {
            foreach (bool zeroed in new[] { false, true })
            {
                var output = new float[batch];
                Programs.Scale(4, zeroed: zeroed).Run(_weights, threads, batch, TestValues.Counting(batch), output);
                Assert.Equal(TestValues.Counting(batch).Select(x => 3 * x), output);
            }
        }
    }

    [Fact]
    public void Chunks_are_full_but_for_the_last()
    {
        var chunks = new List<(int First, int Count)>();
        var program = new BatchProgram(4, 1, 0, false, ManyAdds, (in Feed _, ref float _, ref float _, int first, int count) => chunks.Add((first, count)));
        program.Run(_weights, 1, 10, default(ReadOnlySpan<float>), default);
        Assert.Equal([(0, 4), (4, 4), (8, 2)], chunks);
    }

    [Fact]
    public void Parts_hold_whole_chunks()
    {
        var chunks = new System.Collections.Concurrent.ConcurrentBag<(int First, int Count)>();
        var program = new BatchProgram(4, 8, 0, false, ManyAdds, (in Feed _, ref float _, ref float _, int first, int count) => chunks.Add((first, count)));
        program.Run(_weights, 3, 30, default(ReadOnlySpan<float>), default);
        Assert.Equal(Enumerable.Range(0, 8).Select(i => (i * 4, i == 7 ? 2 : 4)), chunks.Order());
    }

    /// <summary>The first sample lasts until all others are computed. Tests at once may have all threads: hence many attempts.</summary>
    [Fact]
    public void Who_is_slow_is_helped()
    {
        const int Attempts = 40;
        Assert.Contains(Enumerable.Range(0, Attempts), _ =>
        {
            const int Batch = 9;
            using var others = new CountdownEvent(Batch - 1);
            bool isHelped = false;
            var program = new BatchProgram(1, 1, 0, false, ManyAdds, (in Feed _, ref float _, ref float _, int first, int _) =>
            {
                if (first == 0)
                {
                    isHelped = others.Wait(TimeSpan.FromSeconds(0.25));
                }
                else
                {
                    others.Signal();
                }
            });
            program.Run(_weights, 2, Batch, default(ReadOnlySpan<float>), default);
            return isHelped;
        });
    }

    /// <summary>Whether there are few multiply-adds, or they are seen to take little time: what goes through lists of zeros may.</summary>
    [Theory]
    [InlineData(1 << 18)]
    [InlineData(1 << 23)]
    public void What_is_too_small_to_wake_a_thread_stays_whole(int multiplyAdds)
    {
        const int Attempts = 100, Batch = 8;
        var counts = new ConcurrentQueue<int>();
        var program = new BatchProgram(Batch, 1, 0, false, multiplyAdds, (in Feed _, ref float _, ref float _, int _, int count) => counts.Enqueue(count));
        for (int i = 0; i < Attempts && !counts.Contains(Batch); i++)
        {
            // By then threads of the pool sleep, unless other tests keep them awake.
            Thread.Sleep(5);
            program.Run(_weights, 2, Batch, default(ReadOnlySpan<float>), default);
        }

        Assert.Contains(Batch, counts);
    }

    /// <summary>Every part of every step is done once, a step after the one before, whoever does it; and with few samples, steps are what threads share.</summary>
    [Fact]
    public void Steps_of_wide_layers_are_shared()
    {
        const int Attempts = 100, Steps = 3, Batch = 4, Threads = 3;
        var parts = new ConcurrentQueue<(int Step, int Part, int Parts)>();
        var program = BatchProgram.WithShares(
            64, 1, 16, false, ManyAdds, Steps, (in Feed _, ref float _, ref float _, int _, int _) => { },
            (in Feed _, ref float _, ref float workspace, ref float own, int first, int count, int step, int part, int all) =>
            {
                Assert.False(Unsafe.AreSame(ref workspace, ref own));
                Assert.Equal((0, Batch), (first, count));
                parts.Enqueue((step, part, all));
            });
        for (int i = 0; i < Attempts && parts.IsEmpty; i++)
        {
            program.Run(_weights, Threads, Batch, default(ReadOnlySpan<float>), default);
        }

        Assert.Equal(Enumerable.Range(0, Steps).SelectMany(step => Enumerable.Range(0, Threads).Select(part => (step, part, Threads))), parts.Order());
        Assert.Equal(parts.Select(p => p.Step).Order(), parts.Select(p => p.Step));
    }

    [Fact]
    public void Many_samples_of_wide_layers_are_shared_themselves()
    {
        var chunks = new ConcurrentBag<(int First, int Count)>();
        var program = BatchProgram.WithShares(
            64, 1, 16, false, ManyAdds, 2, (in Feed _, ref float _, ref float _, int first, int count) => chunks.Add((first, count)),
            (in Feed _, ref float _, ref float _, ref float _, int _, int _, int _, int _, int _) => Assert.Fail("steps are shared"));
        program.Run(_weights, 2, 64, default(ReadOnlySpan<float>), default);
        Assert.Equal(64, chunks.Sum(c => c.Count));
    }

    [Fact]
    public void Several_tensors_come_in_the_order_in_which_they_were_added()
    {
        float[] a = [1, 2], b = [10, 20], sum = new float[2];
        int[] index = [5, 6];
        var tensors = default(FeedBuilder);
        tensors.Add(a);
        tensors.Add(b);
        tensors.Add(index);
        tensors.Add(sum);
        Programs.SumOfThree().Run(_weights, 1, 2, tensors);
        Assert.Equal([16, 28], sum);
    }

    [Fact]
    public void Sixteen_spans_fit_and_the_next_does_not()
    {
        var values = TestValues.Counting(FeedBuilder.Capacity);
        float sum = 0;
        var program = new BatchProgram(1, 1, 0, false, ManyAdds, (in Feed feed, ref float _, ref float _, int _, int _) =>
        {
            for (int i = 0; i < FeedBuilder.Capacity; i++)
            {
                sum += (i + 1) * feed.Float(i);
            }
        });
        var tensors = default(FeedBuilder);
        for (int i = 0; i < FeedBuilder.Capacity; i++)
        {
            tensors.Add(values.AsSpan(i, 1));
        }

        program.Run(_weights, 1, 1, tensors);
        Assert.Equal(Enumerable.Range(1, 16).Sum(i => i * i), sum);
        try
        {
            tensors.Add(values);
            Assert.Fail("a seventeenth span was taken");
        }
        catch (InvalidOperationException)
        {
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(100)]
    public void Any_number_of_memories_can_be_passed(int count)
    {
        ReadOnlyMemory<float>[] inputs = [.. Enumerable.Range(0, count).Select(i => new[] { (float)i })];
        Memory<float>[] outputs = [new float[1], new float[1]];
        var program = new BatchProgram(1, 1, 0, false, ManyAdds, (in Feed feed, ref float _, ref float _, int _, int _) =>
        {
            for (int i = 0; i < count; i++)
            {
                feed.Float(count) += feed.Float(i);
            }

            feed.Float(count + 1) = -1;
        });
        program.Run(_weights, 1, 1, inputs, outputs);
        Assert.Equal(count * (count - 1) / 2, outputs[0].Span[0]);
        Assert.Equal(-1, outputs[1].Span[0]);
    }

    [Theory]
    [InlineData(100, false)]
    [InlineData(100, true)]
    [InlineData(100_000, false)]
    [InlineData(100_000, true)]
    public unsafe void A_workspace_is_aligned_and_begins_with_zeros_where_it_must(int length, bool zeroed)
    {
        var seen = (Address: (nint)1, Sum: 1f);
        var program = new BatchProgram(1, 1, length, zeroed, ManyAdds, (in Feed _, ref float _, ref float workspace, int _, int _) =>
        {
            seen = ((nint)Unsafe.AsPointer(ref workspace), 0);
            for (int i = 0; zeroed && i < length; i++)
            {
                seen.Sum += MathF.Abs(Unsafe.Add(ref workspace, i));
            }
        });
        program.Run(_weights, 1, 1, default(ReadOnlySpan<float>), default);
        Assert.Equal((0, 0f), (seen.Address % 64, seen.Sum));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(100_000)]
    public void All_of_a_workspace_may_be_written(int length)
    {
        var program = new BatchProgram(1, 1, length, false, ManyAdds, (in Feed _, ref float _, ref float workspace, int _, int _) =>
        {
            for (int i = 0; i < length; i++)
            {
                Unsafe.Add(ref workspace, i) = float.NaN;
            }
        });
        program.Run(_weights, 1, 1, default(ReadOnlySpan<float>), default);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void An_exception_reaches_the_caller_and_the_program_stays_usable(int threads)
    {
        bool fail = true;
        var program = new BatchProgram(1, 1, 16, false, ManyAdds, (in Feed feed, ref float _, ref float _, int first, int _) =>
        {
            if (fail && first == 63)
            {
                throw new InvalidTimeZoneException("sample 63");
            }

            Unsafe.Add(ref feed.Float(1), first) = 1;
        });
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal("sample 63", Assert.Throws<InvalidTimeZoneException>(() => program.Run(_weights, threads, 64, default(ReadOnlySpan<float>), new float[64])).Message);
        }

        fail = false;
        var output = new float[64];
        program.Run(_weights, threads, 64, default(ReadOnlySpan<float>), output);
        Assert.Equal(Enumerable.Repeat(1f, 64), output);
    }

    [Fact]
    public void A_chunk_has_at_least_one_sample() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new BatchProgram(0, 1, 0, false, ManyAdds, (in Feed _, ref float _, ref float _, int _, int _) => { }));
}
