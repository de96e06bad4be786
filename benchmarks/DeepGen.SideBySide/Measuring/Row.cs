namespace DeepGen.SideBySide.Measuring;

/// <summary>What the table says about one comparison.</summary>
/// <param name="Workload">What was done.</param>
/// <param name="Metric">Which of it.</param>
/// <param name="Threads">With how many threads on each side.</param>
/// <param name="Ours">What DeepGen takes.</param>
/// <param name="Peer">The best peer; empty where none could be had.</param>
/// <param name="Theirs">What it takes.</param>
/// <param name="PeakShare">Our operations a second of those the machine can do on so many threads.</param>
/// <param name="Wrong">In what the two sides differ; then nothing was measured.</param>
internal sealed record Row(string Workload, string Metric, int Threads, Figures? Ours, string Peer, Figures? Theirs, double PeakShare, string? Wrong)
{
    /// <summary>Slower peers in their best way each, and what they take.</summary>
    public IReadOnlyList<(string Peer, double Microseconds)> Others { get; init; } = [];

    /// <summary>How many times as much two threads do as one in the loop of the peak, in the same minutes; zero where nobody asks.</summary>
    public double Gain { get; init; }

    /// <summary>How many times as fast DeepGen is.</summary>
    public double? Ratio => RatioTo(Theirs?.Median);

    public double? RatioTo(double? microseconds) => microseconds / Ours?.Median;
}
