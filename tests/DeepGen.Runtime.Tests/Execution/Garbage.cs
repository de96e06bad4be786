namespace DeepGen.Tests;

/// <summary>
/// What a call allocates once it has been made a few times. A thread that has to wait for another for the first time in its life is
/// given something to wait with, so one call in a row must allocate nothing, and not the first.
/// </summary>
internal static class Garbage
{
    private const int Attempts = 5;

    public static void IsNotMadeBy(Action call) => Assert.Contains(Enumerable.Range(0, Attempts), _ =>
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        call();
        return GC.GetAllocatedBytesForCurrentThread() == before;
    });
}
