using System.Runtime.InteropServices;

namespace DeepGen.Ladder;

/// <summary>Floats that begin at a cache line, so that no aligned vector lies in two of them; held until the process ends.</summary>
internal sealed unsafe class Floats
{
    private readonly float* _start;

    public Floats(int length)
    {
        Length = length;
        _start = (float*)NativeMemory.AlignedAlloc((nuint)length * sizeof(float), 64);
        Span.Clear();
    }

    public int Length { get; }

    public ref float Start => ref *_start;

    public Span<float> Span => new(_start, Length);

    public static Floats Of(int length, Func<int, float> value)
    {
        var floats = new Floats(length);
        for (int i = 0; i < length; i++)
            floats.Span[i] = value(i);
        return floats;
    }

    /// <summary>Numbers between -1 and 1 without a pattern a kernel could profit from, the same in every run.</summary>
    public static Floats Random(int length, int seed)
    {
        var random = new Random(seed);
        return Of(length, _ => (2 * random.NextSingle()) - 1);
    }
}
