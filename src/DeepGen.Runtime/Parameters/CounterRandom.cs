namespace DeepGen;

/// <summary>
/// The i-th number of the stream (seed, name) is a function of these three alone, in arithmetic that every machine does alike:
/// SplitMix64's finaliser over a Weyl sequence, and no function of the platform's mathematical library.
/// </summary>
internal readonly struct CounterRandom
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private static ReadOnlySpan<double> ReciprocalsOfOdd => [1.0 / 17, 1.0 / 15, 1.0 / 13, 1.0 / 11, 1.0 / 9, 1.0 / 7, 1.0 / 5, 1.0 / 3, 1.0];

    private readonly ulong _key;

    public CounterRandom(ulong seed, string name)
    {
        ulong key = Mix(seed + Golden);
        foreach (char letter in name)
        {
            key = Mix((key ^ letter) + Golden);
        }

        _key = key;
    }

    /// <summary>Uniform in [-1, 1), a multiple of 2^-23.</summary>
    public float Uniform(long index) => (Bits(index) >> 40) * (1f / (1 << 23)) - 1f;

    /// <summary>Standard normal, by the polar method: about 1.27 pairs are tried for a value.</summary>
    public float Normal(long index) => Normals(index).First;

    /// <summary>Two independent standard normal numbers for the work of one.</summary>
    public (float First, float Second) Normals(long index)
    {
        for (long attempt = 0; ; attempt++)
        {
            var inner = new CounterRandom(Bits(index) + (ulong)attempt);
            double u = inner.Uniform(0);
            double v = inner.Uniform(1);
            double s = (u * u) + (v * v);
            if (s > 0 && s < 1)
            {
                double factor = Math.Sqrt(-2 * Log(s) / s);
                return ((float)(u * factor), (float)(v * factor));
            }
        }
    }

    /// <summary>A whole number from 0 to n - 1; none is preferred by more than n / 2^64.</summary>
    public int Below(long index, int n) => (int)Math.BigMul(Bits(index), (ulong)n, out _);

    /// <summary>A stream of its own for every index.</summary>
    public CounterRandom Derived(long index) => new(~Bits(index));

    private CounterRandom(ulong key) => _key = Mix(key);

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>ln s = e ln 2 + 2 artanh((m - 1) / (m + 1)): the series ends below 1e-13 for m in [√½, √2].</summary>
    private static double Log(double s)
    {
        int exponent = Math.ILogB(s);
        double m = Math.ScaleB(s, -exponent);
        if (m > 1.4142135623730951)
        {
            m /= 2;
            exponent++;
        }

        double t = (m - 1) / (m + 1);
        double square = t * t;
        double sum = 0;
        foreach (double coefficient in ReciprocalsOfOdd)
        {
            sum = (sum * square) + coefficient;
        }

        return (exponent * 0.6931471805599453) + (2 * t * sum);
    }

    /// <summary>Sixty-four random bits.</summary>
    public ulong Bits(long index) => Mix(_key + ((ulong)index * Golden));
}
