namespace DeepGen.SideBySide.Measuring;

/// <summary>One side of a comparison, and what it has been measured to take.</summary>
/// <param name="name">Who it is.</param>
/// <param name="seconds">Repeats its work so many times and says how many seconds that took.</param>
internal sealed class Contender(string name, Func<int, double> seconds)
{
    private readonly List<List<double>> _blocks = [];
    private int _count = 1;

    public string Name => name;

    /// <summary>Microseconds of one repetition in the best block.</summary>
    public Figures Figures => _blocks.Select(Figures.Of).MinBy(f => f.Median)!;

    /// <summary>Runs for a while, and finds how many repetitions fill a turn.</summary>
    public void WarmUp(Plan plan)
    {
        double total = 0, last = seconds(1);
        while (total < plan.WarmUp || last < plan.Seconds / 4)
        {
            // At most twice as many at a time: the first repetitions tell little about the later ones.
            _count = Math.Clamp((int)(_count * plan.Seconds / Math.Max(last, 1e-9)), 1, 2 * _count);
            last = seconds(_count);
            total += last;
        }

        _count = Math.Max(1, (int)Math.Round(_count * plan.Seconds / last));
    }

    public void StartBlock() => _blocks.Add([]);

    public void Measure() => _blocks[^1].Add(seconds(_count) / _count * 1e6);
}
