namespace DeepGen.Tests;

/// <summary>The search along functions of one number that are kind, flat, or wavy.</summary>
public class StrongWolfeTests
{
    private static readonly Dictionary<string, (Func<double, double> Value, Func<double, double> Slope)> Functions = new()
    {
        ["Sine"] = (t => -Math.Sin(t), t => -Math.Cos(t)),
        ["Quotient"] = (t => -t / ((t * t) + 2), t => ((t * t) - 2) / Math.Pow((t * t) + 2, 2)),
        ["Power"] = (t => Math.Pow(t + 0.004, 5) - (2 * Math.Pow(t + 0.004, 4)), t => (5 * Math.Pow(t + 0.004, 4)) - (8 * Math.Pow(t + 0.004, 3))),
        ["Bowl"] = (t => (t - 1) * (t - 1), t => 2 * (t - 1)),
    };

    /// <summary>The step and the number of evaluations that PyTorch 1.13 has.</summary>
    [Theory]
    [InlineData("Sine", 0.001, 1, 4)]
    [InlineData("Sine", 0.1, 1, 2)]
    [InlineData("Sine", 1, 1, 1)]
    [InlineData("Sine", 10, 1.17061892, 3)]
    [InlineData("Sine", 1000, 1000, 1)]
    [InlineData("Sine", 3000, 1490.936, 2)]
    [InlineData("Sine", 5000, 1421.66187, 5)]
    [InlineData("Sine", 7777, 2608.06118, 2)]
    [InlineData("Quotient", 0.001, 0.823049306, 4)]
    [InlineData("Quotient", 0.1, 0.822303296, 2)]
    [InlineData("Quotient", 1, 1, 1)]
    [InlineData("Quotient", 10, 10, 1)]
    [InlineData("Quotient", 1000, 333.335, 26)]
    [InlineData("Quotient", 3000, 1000.00056, 26)]
    [InlineData("Quotient", 5000, 1666.667, 26)]
    [InlineData("Quotient", 7777, 2592.33355, 26)]
    [InlineData("Power", 0.001, 1.596, 13)]
    [InlineData("Power", 0.1, 1.596, 10)]
    [InlineData("Power", 1, 1.596, 7)]
    [InlineData("Power", 10, 1.596, 9)]
    [InlineData("Power", 1000, 1.596, 14)]
    [InlineData("Power", 3000, 1.596, 16)]
    [InlineData("Power", 5000, 1.596, 16)]
    [InlineData("Power", 7777, 1.596, 17)]
    [InlineData("Bowl", 0.001, 0.1, 3)]
    [InlineData("Bowl", 1, 1, 1)]
    [InlineData("Bowl", 10, 1, 2)]
    [InlineData("Bowl", 1000, 1, 2)]
    public void The_step_is_the_one_PyTorch_finds_after_as_many_evaluations(string function, double first, double expected, int evaluations)
    {
        var (value, slope) = Functions[function];
        var line = new Line(value, slope);
        var best = new StrongWolfe(line).Search(new StrongWolfe.Point(0, value(0), slope(0)), first, 1e-9);
        Assert.Equal(1, best.Step / expected, 1e-6);
        Assert.Equal(evaluations, line.Evaluations);
        Assert.Equal(best.Step, line.Kept);
    }

    [Fact]
    public void Where_nothing_is_better_it_stays_at_the_start()
    {
        var line = new Line(t => t == 0 ? 0 : double.NaN, _ => double.NaN);
        Assert.Equal(0, new StrongWolfe(line).Search(new StrongWolfe.Point(0, 0, -1), 1, 1e-9).Step);
        Assert.Equal(0, line.Kept);
    }

    private sealed class Line(Func<double, double> value, Func<double, double> slope) : StrongWolfe.ILine
    {
        private double _last;

        public int Evaluations { get; private set; }

        public double Kept { get; private set; }

        public StrongWolfe.Point At(double step)
        {
            Evaluations++;
            _last = step;
            return new StrongWolfe.Point(step, value(step), slope(step));
        }

        public void Keep() => Kept = _last;
    }
}
