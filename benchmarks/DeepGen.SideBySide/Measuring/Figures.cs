namespace DeepGen.SideBySide.Measuring;

/// <summary>What is told of many measurements of the same.</summary>
internal sealed record Figures(double Minimum, double Median, double Maximum)
{
    public static Figures Of(IEnumerable<double> measured)
    {
        double[] sorted = [.. measured.Order()];
        int middle = sorted.Length / 2;
        return new Figures(sorted[0], sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2, sorted[^1]);
    }
}
