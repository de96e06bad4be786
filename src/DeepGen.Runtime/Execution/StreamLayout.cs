namespace DeepGen.Runtime;

/// <summary>What a network keeps of each stream; called by generated code, one for a class.</summary>
/// <param name="carried">How many numbers have a new value after each step.</param>
/// <param name="remembered">How many numbers stay where they are.</param>
/// <param name="longest">How many elements a stream can have.</param>
/// <param name="initial">What is carried at the beginning: runs of one number.</param>
public sealed class StreamLayout(int carried, int remembered, int longest, params (float Value, int Length)[] initial)
{
    internal int Carried { get; } = carried;

    internal int Remembered { get; } = remembered;

    internal int Longest { get; } = longest;

    internal void Begin(Span<float> sample)
    {
        int start = 0;
        foreach ((float value, int length) in initial)
        {
            sample.Slice(start, length).Fill(value);
            start += length;
        }
    }
}
