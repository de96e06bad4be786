namespace DeepGen.Tests;

/// <summary>What is awaited goes from thread to thread, so garbage can be counted only for the whole process, while no other test runs.</summary>
[CollectionDefinition(AloneCollection.Alone, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Alone = "alone";
}

[Collection(AloneCollection.Alone)]
public class AwaitedGarbageTests
{
    [Fact]
    public async Task Awaiting_makes_no_garbage_a_token()
    {
        var tokens = new DriftingDecoder(300, 100000).GenerateAsync([1, 2, 3], new GenerationOptions { TopK = 20, TopP = 0.95f }).GetAsyncEnumerator();
        const int Steps = 2000;
        var made = new long[10];
        for (int round = 0; round < made.Length; round++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            for (int i = 0; i < Steps; i++)
            {
                await tokens.MoveNextAsync();
            }

            made[round] = GC.GetTotalAllocatedBytes(precise: true) - before;
        }

        // Until the code is compiled for good, some rounds do.
        Assert.Contains(made, bytes => bytes < Steps);
    }
}
