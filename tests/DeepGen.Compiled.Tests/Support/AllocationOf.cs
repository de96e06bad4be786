namespace DeepGen.Compiled.Tests.Support;

/// <summary>What calls leave for the garbage collector, once everything has been used before.</summary>
internal static class AllocationOf
{
    public static string? Predict(RunningNetwork network)
    {
        ReadOnlyMemory<float>[] from = RunningNetwork.Memories(network.Inputs(9, 3));
        Memory<float>[] to = RunningNetwork.Targets(network.Outputs(9));
        network.Predict(from, to);
        long before = GC.GetAllocatedBytesForCurrentThread();
        network.Predict(from, to);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return allocated == 0 ? null : $"{allocated} bytes are allocated";
    }
}
