namespace Digits.Drawing;

/// <summary>
/// The chance in one drawing: a stream that depends on (seed, index) alone, in integers and in float operations that IEEE 754
/// rounds exactly, so that every machine draws the same digits.
/// </summary>
internal struct Dice(ulong seed, long index)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private static readonly float RootOfThree = MathF.Sqrt(3);

    private ulong _state = Mix(Mix(seed + Golden) + (ulong)index);

    /// <summary>A whole number from 0 to <paramref name="count"/> - 1.</summary>
    public int Below(int count) => (int)((Next() >> 32) * (ulong)count >> 32);

    public bool Happens(float probability) => Between(0, 1) < probability;

    public float Between(float low, float high) => low + ((high - low) * ((Next() >> 40) * (1f / (1 << 24))));

    /// <summary>Nearly normal, of mean 0 and deviation 1, never beyond 3.5: the sum of four sixteen-bit dice.</summary>
    public float Normal()
    {
        ulong bits = Next();
        int sum = (int)(bits & 0xFFFF) + (int)(bits >> 16 & 0xFFFF) + (int)(bits >> 32 & 0xFFFF) + (int)(bits >> 48);
        return ((sum * (1f / 65536)) - 2) * RootOfThree;
    }

    private ulong Next() => Mix(_state += Golden);

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
