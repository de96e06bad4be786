namespace DeepGen.Graphs.Tests;

/// <summary>
/// Looks inside a box of inputs for one whose outputs leave their bounds: at its corners, anywhere, and by climbing, where every value
/// that helps one output goes to its other end.
/// </summary>
internal sealed class Box
{
    private readonly float[] _lower, _upper, _least, _most;
    private readonly Run _run;

    public Box(float[] x, float epsilon, int outputs, Certification certify, Run run)
    {
        _lower = [.. x.Select(v => v - epsilon)];
        _upper = [.. x.Select(v => v + epsilon)];
        (_least, _most, _run) = (new float[outputs], new float[outputs], run);
        certify(_lower, _upper, _least, _most);
    }

    public delegate void Certification(ReadOnlySpan<float> lower, ReadOnlySpan<float> upper, Span<float> least, Span<float> most);

    public delegate void Run(ReadOnlySpan<float> input, Span<float> output);

    /// <summary>The widest distance between the bounds of an output.</summary>
    public double Width => _most.Zip(_least).Max(p => (double)p.First - p.Second);

    public void Search(int samples, int climbs)
    {
        var random = new Random(1);
        Evaluate(_lower);
        Evaluate(_upper);
        for (int i = 0; i < samples; i++)
            Evaluate([.. _lower.Select((l, k) => i % 2 == 0 ? random.Next(2) == 0 ? l : _upper[k] : Math.Clamp(l + (random.NextSingle() * (_upper[k] - l)), l, _upper[k]))]);

        for (int i = 0; i < climbs; i++)
            Climb(random.Next(_least.Length), i % 2 == 0 ? 1 : -1);
    }

    /// <summary>Whether values of another arithmetic lie between the bounds.</summary>
    public void Holds(double[,] exact)
    {
        for (int i = 0; i < _least.Length; i++)
            Assert.InRange(exact[i / exact.GetLength(1), i % exact.GetLength(1)], _least[i], _most[i]);
    }

    private void Climb(int output, int sign)
    {
        float[] best = [.. _lower];
        float highest = sign * Evaluate(best)[output];
        for (int round = 0; round < 2; round++)
        {
            for (int k = 0; k < best.Length; k++)
            {
                float kept = best[k];
                best[k] = kept == _lower[k] ? _upper[k] : _lower[k];
                float moved = sign * Evaluate(best)[output];
                (highest, best[k]) = moved > highest ? (moved, best[k]) : (highest, kept);
            }
        }
    }

    private float[] Evaluate(float[] x)
    {
        float[] y = new float[_least.Length];
        _run(x, y);
        for (int i = 0; i < y.Length; i++)
            Assert.True(_least[i] <= y[i] && y[i] <= _most[i], $"output {i} is {y[i]:r}, outside {_least[i]:r} to {_most[i]:r}");

        return y;
    }
}
