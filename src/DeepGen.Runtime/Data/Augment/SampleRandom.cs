namespace DeepGen.Data;

/// <summary>
/// Random numbers for one sample in one epoch: a function of seed, epoch, sample and of how many have been drawn, whatever thread
/// draws them and whatever has been drawn for other samples.
/// </summary>
public struct SampleRandom
{
    private readonly CounterRandom _stream;
    private long _drawn;

    internal SampleRandom(CounterRandom stream) => _stream = stream;

    /// <summary>Uniform in [low, high).</summary>
    public float Uniform(float low = 0, float high = 1) => low + ((high - low) * 0.5f * (_stream.Uniform(_drawn++) + 1));

    /// <summary>Standard normal.</summary>
    public float Normal() => _stream.Normal(_drawn++);

    /// <summary>Two independent standard normal numbers for the work of one.</summary>
    public (float First, float Second) Normals() => _stream.Normals(_drawn++);

    /// <summary>A whole number from 0 to n - 1.</summary>
    public int Below(int n)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        return _stream.Below(_drawn++, n);
    }

    /// <summary>True with this probability.</summary>
    public bool Chance(float probability) => Uniform() < probability;

    /// <summary>The numbers of one of several steps, which do not depend on what the others draw.</summary>
    internal readonly SampleRandom Of(int step) => new(_stream.Derived(step));
}
