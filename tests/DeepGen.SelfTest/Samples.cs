namespace DeepGen.SelfTest;

/// <summary>The same numbers on every machine: SplitMix64 of a seed, its top 24 bits as a float32 in [-1, 1).</summary>
internal sealed class Samples(ulong seed)
{
    private ulong _state = seed;

    public float Next()
    {
        _state += 0x9E3779B97F4A7C15;
        ulong z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        z ^= z >> 31;
        return ((int)(z >> 40) - (1 << 23)) * (1f / (1 << 23));
    }

    public float[] Take(int count, float scale = 1, float shift = 0)
    {
        var values = new float[count];
        for (int i = 0; i < count; i++)
            values[i] = shift + (scale * Next());
        return values;
    }
}
