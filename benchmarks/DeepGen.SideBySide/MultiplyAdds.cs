namespace DeepGen.SideBySide;

/// <summary>
/// Multiply-adds of a sample: of all layers, and of the first, whose input has no gradient. A step of training is the forward
/// pass and two more products as large, but for that.
/// </summary>
internal readonly record struct MultiplyAdds(double All, double First)
{
    public double Prediction(int batch) => 2 * batch * All;

    public double Training(int batch) => 2 * batch * ((3 * All) - First);

    public static MultiplyAdds Dense(params double[] widths)
    {
        double all = widths.Zip(widths.Skip(1), (inputs, outputs) => inputs * outputs).Sum();
        return new(all, widths[0] * widths[1]);
    }

    public static MultiplyAdds Conv(double inputs, double outputs, double kernel, double size)
    {
        double all = inputs * outputs * kernel * kernel * size * size;
        return new(all, all);
    }

    /// <summary>An LSTM's four gates at every step.</summary>
    public static MultiplyAdds Lstm(double steps, double inputs, double units) =>
        new(steps * 4 * units * (inputs + units), steps * 4 * units * inputs);

    /// <summary>One after the other.</summary>
    public static MultiplyAdds operator +(MultiplyAdds one, MultiplyAdds next) => new(one.All + next.All, one.First);

    public static MultiplyAdds operator *(double times, MultiplyAdds one) => new(times * one.All, one.First);
}
