namespace DeepGen.Compiled.Tests.Support;

/// <summary>
/// Predict and Certify on memory around which nothing may be read or written: whoever does ends the process, so what is
/// left to compare are the results.
/// </summary>
internal static class GuardedCall
{
    public static string? Difference(RunningNetwork network) => GuardedMemory.IsSupported
        ? Difference(network, 1, atEnd: true) ?? Difference(network, 5, atEnd: true) ?? Difference(network, 5, atEnd: false)
        : null;

    /// <summary>The same of a network without [Certify].</summary>
    public static string? OfPredict(RunningNetwork network)
    {
        float[][] inputs = network.Inputs(5, 6);
        float[][] expected = network.Predict(inputs, 5);
        return !GuardedMemory.IsSupported ? null
            : Difference(inputs, expected, atEnd: true, network.Predict) ?? Difference(inputs, expected, atEnd: false, network.Predict);
    }

    private static string? Difference(RunningNetwork network, int batch, bool atEnd)
    {
        float[][] inputs = network.Inputs(batch, 6);
        float[][] boxes = [.. inputs.SelectMany(i => new[] { i, i })];
        return Difference(inputs, network.Predict(inputs, batch), atEnd, network.Predict)
            ?? Difference(boxes, network.Certify(boxes, batch), atEnd, network.Certify);
    }

    private static string? Difference(float[][] inputs, float[][] expected, bool atEnd, Action<ReadOnlyMemory<float>[], Memory<float>[]> call)
    {
        GuardedMemory[] guardedInputs = [.. inputs.Select(i => new GuardedMemory(i.Length, atEnd))];
        GuardedMemory[] guardedOutputs = [.. expected.Select(o => new GuardedMemory(o.Length, atEnd))];
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i].CopyTo(guardedInputs[i].GetSpan());
        }

        call([.. guardedInputs.Select(m => (ReadOnlyMemory<float>)m.Memory)], [.. guardedOutputs.Select(m => m.Memory)]);
        bool same = expected.Zip(guardedOutputs).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second.GetSpan()));
        foreach (IDisposable memory in guardedInputs.Concat(guardedOutputs))
        {
            memory.Dispose();
        }

        return same ? null : "the results are others on memory of another place";
    }
}
