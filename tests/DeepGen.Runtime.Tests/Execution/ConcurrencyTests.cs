namespace DeepGen.Tests;

/// <summary>Eight threads may use one program at once, and after the first calls nothing is allocated.</summary>
public class ConcurrencyTests
{
    [Theory]
    [InlineData(1, true)]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(5, true)]
    [InlineData(5, false)]
    public void Eight_callers_do_not_disturb_each_other(int threads, bool zeroed)
    {
        var program = Programs.Scale(4, work: 20, zeroed);
        var weights = Programs.Weights(3);
        int wrong = 0;
        var callers = Enumerable.Range(0, 8).Select(caller => new Thread(() =>
        {
            var input = TestValues.Counting(37, caller * 1000);
            var expected = Array.ConvertAll(input, x => 3 * x);
            var output = new float[37];
            for (int i = 0; i < 300; i++)
            {
                Array.Clear(output);
                program.Run(weights, threads, 37, input, output);
                if (!output.AsSpan().SequenceEqual(expected))
                {
                    Interlocked.Increment(ref wrong);
                }
            }
        })).ToList();
        callers.ForEach(t => t.Start());
        callers.ForEach(t => t.Join());
        Assert.Equal(0, wrong);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    public void A_call_allocates_nothing(int threads, bool zeroed)
    {
        var program = Programs.Scale(4, zeroed: zeroed);
        var weights = Programs.Weights(3);
        var input = TestValues.Counting(64);
        var output = new float[64];
        ReadOnlyMemory<float>[] inputs = [input];
        Memory<float>[] outputs = [output];
        void Call()
        {
            program.Run(weights, threads, 64, input, output);
            program.Run(weights, threads, 64, inputs, outputs);
            var tensors = default(Runtime.FeedBuilder);
            tensors.Add(input);
            tensors.Add(output);
            program.Run(weights, threads, 64, tensors);
        }

        for (int i = 0; i < 50; i++)
        {
            Call();
        }

        Garbage.IsNotMadeBy(() =>
        {
            for (int i = 0; i < 1000; i++)
            {
                Call();
            }
        });
    }

    [Fact]
    public void A_worker_that_has_gone_to_sleep_is_woken()
    {
        var program = Programs.Scale(4);
        var output = new float[64];
        for (int i = 0; i < 5; i++)
        {
            Array.Clear(output);
            program.Run(Programs.Weights(3), 2, 64, TestValues.Counting(64), output);
            Assert.Equal(TestValues.Counting(64).Select(x => 3 * x), output);
            Thread.Sleep(20);
        }
    }
}
