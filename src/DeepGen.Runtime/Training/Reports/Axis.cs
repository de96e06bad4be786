namespace DeepGen.Reports;

/// <summary>
/// Maps values to places along a line, and names round values on it: 1, 2 or 5 times a power of ten, or powers of ten alone where
/// the line is logarithmic.
/// </summary>
internal sealed class Axis
{
    private readonly double _low;
    private readonly double _high;
    private readonly double _start;
    private readonly double _end;
    private readonly bool _logarithmic;

    /// <param name="low">The least value.</param>
    /// <param name="high">The greatest value.</param>
    /// <param name="start">Where the least value is drawn.</param>
    /// <param name="end">Where the greatest value is drawn.</param>
    /// <param name="logarithmic">Whether equal ratios are equal lengths.</param>
    public Axis(double low, double high, double start, double end, bool logarithmic = false)
    {
        (_low, _high) = high > low ? (low, high) : (low, low + 1);
        (_start, _end, _logarithmic) = (start, end, logarithmic);
    }

    /// <summary>An axis that ends at round values on both sides.</summary>
    public static Axis Round(double low, double high, double start, double end)
    {
        double step = Step(high > low ? high - low : 1, 5);
        return new Axis(Math.Floor(low / step) * step, Math.Ceiling(high / step) * step, start, end);
    }

    public double this[double value] => _start + ((_end - _start) * (_logarithmic
        ? Math.Log(Math.Max(value, _low) / _low) / Math.Log(_high / _low)
        : (value - _low) / (_high - _low)));

    public IEnumerable<double> Ticks(int about = 5) => _logarithmic ? Powers() : Steps(about);

    private IEnumerable<double> Steps(int about)
    {
        double step = Step(_high - _low, about);
        for (double n = Math.Ceiling((_low / step) - 1e-9); n * step <= _high + (step * 1e-9); n++)
        {
            yield return Math.Round(n * step, 12) + 0.0;
        }
    }

    private IEnumerable<double> Powers()
    {
        bool dense = _high / _low < 2000;
        for (double power = Math.Floor(Math.Log10(_low)); power <= Math.Log10(_high); power++)
        {
            foreach (double digit in dense ? new[] { 1.0, 2, 5 } : [1.0])
            {
                double tick = digit * Math.Pow(10, power);
                if (tick >= _low * (1 - 1e-9) && tick <= _high * (1 + 1e-9))
                {
                    yield return tick;
                }
            }
        }
    }

    private static double Step(double range, int about)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(range / about)));
        double digit = range / about / power;
        return power * (digit < 1.5 ? 1 : digit < 3.5 ? 2 : digit < 7.5 ? 5 : 10);
    }
}
