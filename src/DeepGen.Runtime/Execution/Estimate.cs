namespace DeepGen.Runtime;

/// <summary>
/// A time that is measured again and again. Who was disturbed while measuring is not believed: what takes much longer than was expected counts as twice as long.
/// Threads may see to it at once; what one of them has measured may be lost.
/// </summary>
/// <param name="first">What is expected before anything was measured, in ticks of the stopwatch.</param>
internal struct Estimate(double first)
{
    private const int Weight = 8;

    private double _ticks = first;

    public readonly double Ticks => _ticks;

    public void See(double ticks) => _ticks += (Math.Min(ticks, 2 * _ticks) - _ticks) / Weight;
}
