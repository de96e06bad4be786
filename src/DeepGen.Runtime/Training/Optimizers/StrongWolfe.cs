namespace DeepGen;

/// <summary>
/// Looks along a direction for a step t with f(t) ≤ f(0) + c₁t·f'(0) and |f'(t)| ≤ c₂|f'(0)|: steps grow until two of them have such a
/// point between them, and cubic interpolation narrows the two down (Nocedal and Wright, algorithms 3.5 and 3.6).
/// </summary>
internal sealed class StrongWolfe(StrongWolfe.ILine line)
{
    private const double SufficientDecrease = 1e-4;
    private const double Curvature = 0.9;
    private const int MostTrials = 25;

    private Point _start;
    private int _trials;

    /// <summary>The function along the direction.</summary>
    public interface ILine
    {
        /// <summary>The value and the slope at a step; both may be infinite or NaN.</summary>
        Point At(double step);

        /// <summary>Says that the step asked for last is the best so far.</summary>
        void Keep();
    }

    /// <summary>What is known of one step.</summary>
    public readonly record struct Point(double Step, double Value, double Slope);

    /// <summary>The best step. It was kept when it was found, unless it is the start.</summary>
    /// <param name="start">The function at 0; its slope is negative.</param>
    /// <param name="step">The first step to try.</param>
    /// <param name="narrowest">How close the two steps may come.</param>
    public Point Search(Point start, double step, double narrowest)
    {
        (_start, _trials) = (start, 0);
        var (first, second) = (start, Try(step));
        for (; _trials < MostTrials; _trials++)
        {
            if (TooHigh(second) || (_trials > 1 && second.Value >= first.Value) || (second.Slope >= 0 && !IsFlat(second)))
            {
                return Narrow(first, second, narrowest);
            }

            line.Keep();
            if (IsFlat(second))
            {
                return second;
            }

            double next = Lowest(first, second, second.Step + (0.01 * (second.Step - first.Step)), second.Step * 10);
            (first, second) = (second, Try(next));
        }

        if (second.Value < start.Value)
        {
            line.Keep();
            return second;
        }

        return first;
    }

    /// <summary>Narrows two steps down with such a point between them; the first one, if not the start, has been kept.</summary>
    private Point Narrow(Point first, Point second, double narrowest)
    {
        bool firstIsLow = first.Value <= second.Value;
        if (!firstIsLow)
        {
            line.Keep();
        }

        bool slow = false;
        for (; _trials < MostTrials && Math.Abs(second.Step - first.Step) >= narrowest; _trials++)
        {
            double left = Math.Min(first.Step, second.Step);
            double right = Math.Max(first.Step, second.Step);
            double step = Lowest(first, second, left, right);
            double margin = 0.1 * (right - left);
            bool nearEnd = Math.Min(right - step, step - left) < margin;
            if (nearEnd && (slow || step >= right || step <= left))
            {
                step = Math.Abs(step - right) < Math.Abs(step - left) ? right - margin : left + margin;
                nearEnd = false;
            }

            slow = nearEnd;
            var trial = Try(step);
            ref var low = ref firstIsLow ? ref first : ref second;
            ref var high = ref firstIsLow ? ref second : ref first;
            if (TooHigh(trial) || trial.Value >= low.Value)
            {
                high = trial;
                bool changed = firstIsLow != first.Value <= second.Value;
                firstIsLow ^= changed;
                if (changed)
                {
                    line.Keep();
                }

                continue;
            }

            line.Keep();
            if (IsFlat(trial))
            {
                return trial;
            }

            if (trial.Slope * (high.Step - low.Step) >= 0)
            {
                high = low;
            }

            low = trial;
        }

        return firstIsLow ? first : second;
    }

    /// <summary>A loss that is not a number is as bad as can be.</summary>
    private Point Try(double step) =>
        line.At(step) is var point && double.IsFinite(point.Value) && double.IsFinite(point.Slope) ? point : new Point(step, double.PositiveInfinity, 0);

    private bool TooHigh(Point p) => p.Value > _start.Value + (SufficientDecrease * p.Step * _start.Slope);

    private bool IsFlat(Point p) => Math.Abs(p.Slope) <= -Curvature * _start.Slope;

    /// <summary>Where the cubic through both points with their slopes is lowest, within bounds; the middle of these if nowhere.</summary>
    private static double Lowest(Point a, Point b, double least, double most)
    {
        if (a.Step > b.Step)
        {
            (a, b) = (b, a);
        }

        double bend = a.Slope + b.Slope - (3 * (a.Value - b.Value) / (a.Step - b.Step));
        double root = Math.Sqrt((bend * bend) - (a.Slope * b.Slope));
        double lowest = b.Step - ((b.Step - a.Step) * ((b.Slope + root - bend) / (b.Slope - a.Slope + (2 * root))));
        return double.IsNaN(lowest) ? (least + most) / 2 : Math.Clamp(lowest, least, most);
    }
}
