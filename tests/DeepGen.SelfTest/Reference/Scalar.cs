namespace DeepGen.SelfTest.Reference;

/// <summary>Scalar functions in double precision, written from their definitions with exp, log and sqrt only.</summary>
internal static class Scalar
{
    public static double Relu(double x) => x > 0 ? x : 0;

    public static double LeakyRelu(double x, double slope) => x > 0 ? x : slope * x;

    public static double Elu(double x, double alpha) => x > 0 ? x : alpha * (Math.Exp(x) - 1);

    public static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    public static double Tanh(double x) => 1 - (2 / (Math.Exp(2 * x) + 1));

    public static double Silu(double x) => x * Sigmoid(x);

    public static double Softplus(double x) => x > 30 ? x : Math.Log(1 + Math.Exp(x));

    public static double Gelu(double x) => x / 2 * (1 + Erf(x / Math.Sqrt(2)));

    public static double GeluTanh(double x) => x / 2 * (1 + Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x))));

    public static double HardTanh(double x, double min, double max) => x < min ? min : x > max ? max : x;

    /// <summary>2/√π · Σ (-1)ⁿ x²ⁿ⁺¹ / (n! (2n+1)); the alternating series loses nothing that matters below 5.</summary>
    public static double Erf(double x)
    {
        if (Math.Abs(x) > 5)
            return x > 0 ? 1 : -1;
        double term = x, sum = x;
        for (int n = 1; n < 150; n++)
        {
            term *= -x * x / n;
            sum += term / ((2 * n) + 1);
        }

        return 2 / Math.Sqrt(Math.PI) * sum;
    }

    public static double[] Softmax(double[] x)
    {
        double greatest = double.NegativeInfinity, sum = 0;
        foreach (double value in x)
            greatest = Math.Max(greatest, value);
        var y = Map(x, value => Math.Exp(value - greatest));
        foreach (double value in y)
            sum += value;
        return Map(y, value => value / sum);
    }

    public static double[] LogSoftmax(double[] x) => Map(Softmax(x), Math.Log);

    /// <summary>(x - mean) / √(variance + ε) over the whole array.</summary>
    public static double[] Standardise(double[] x, double epsilon = 1e-5f)
    {
        double mean = Mean(x), variance = Mean(Map(x, value => (value - mean) * (value - mean)));
        return Map(x, value => (value - mean) / Math.Sqrt(variance + epsilon));
    }

    public static double Sum(double[] x)
    {
        double sum = 0;
        foreach (double value in x)
            sum += value;
        return sum;
    }

    public static double Mean(double[] x) => Sum(x) / x.Length;

    public static double[] Map(double[] x, Func<double, double> function)
    {
        var y = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
            y[i] = function(x[i]);
        return y;
    }

    public static double[] Zip(double[] a, double[] b, Func<double, double, double> function)
    {
        var y = new double[a.Length];
        for (int i = 0; i < a.Length; i++)
            y[i] = function(a[i], b[i]);
        return y;
    }

    public static double[] Join(params double[][] parts)
    {
        int length = 0;
        foreach (double[] part in parts)
            length += part.Length;
        var all = new double[length];
        int at = 0;
        foreach (double[] part in parts)
        {
            part.CopyTo(all, at);
            at += part.Length;
        }

        return all;
    }

    public static double[] Slice(double[] x, int start, int length)
    {
        var y = new double[length];
        Array.Copy(x, start, y, 0, length);
        return y;
    }
}
