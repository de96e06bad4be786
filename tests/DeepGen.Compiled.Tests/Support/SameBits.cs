using System.Runtime.InteropServices;

namespace DeepGen.Compiled.Tests.Support;

/// <summary>Predictions that ought to be the same to the last bit.</summary>
internal static class SameBits
{
    /// <summary>Whether a second thread, or samples beside the last, change a bit of it; null if they do not.</summary>
    public static string? OfPredict(RunningNetwork network, int samples)
    {
        float[][] inputs = network.Inputs(samples, 1);
        float[] alone = network.Predict(inputs, samples)[0];
        network.Network.Threads = 2;
        float[] together = network.Predict(inputs, samples)[0];
        float[] one = network.Predict([.. inputs.Select(i => i[^(i.Length / samples)..])], 1)[0];
        return Are(alone, together) && Are(alone.AsSpan()[^one.Length..], one) ? null : "bits differ";
    }

    public static bool Are(ReadOnlySpan<float> a, ReadOnlySpan<float> b) => MemoryMarshal.AsBytes(a).SequenceEqual(MemoryMarshal.AsBytes(b));
}
