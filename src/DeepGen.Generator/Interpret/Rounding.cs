namespace DeepGen.Generator.Interpret;

/// <summary>
/// How far a float32 result lies from the real number meant. u = 2⁻²⁴ is the relative error of one rounded operation, and
/// γₙ = n u / (1 - n u) that of any term of a sum of n products however it is ordered, with or without fused
/// multiply-add (Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., (3.4)).
/// </summary>
/// <remarks>
/// What the runtime's functions promise: f̂ = f (1 + e) + d with |e| at most the constant below and |d| at most
/// <see cref="Floor"/>; and Exp and Sigmoid are never negative. The runtime's tests hold them to it.
/// </remarks>
internal sealed class Rounding
{
    private readonly double _scale;

    private Rounding(double scale) => _scale = scale;

    /// <summary>Arithmetic as emitted code does it.</summary>
    public static Rounding Float32 { get; } = new(1);

    /// <summary>Arithmetic without error. Bounds made with it are wrong by some ulps, which tests show.</summary>
    public static Rounding None { get; } = new(0);

    public bool IsExact => _scale == 0;

    public double Unit => _scale * Power(-24);

    /// <summary>The smallest positive float, twice the error of one product that underflows.</summary>
    public double Smallest => _scale * Power(-149);

    public double Exp => _scale * Power(-21);

    public double Log => _scale * Power(-21);

    public double Tanh => _scale * Power(-20);

    public double Sigmoid => _scale * Power(-20);

    public double Erf => _scale * Power(-20);

    /// <summary>The absolute error a function may have besides, where its result underflows.</summary>
    public double Floor => _scale * Power(-125);

    /// <summary>γₙ; infinite (and then every bound is) for sums so long that float32 promises next to nothing.</summary>
    public double Gamma(long terms)
    {
        double nu = terms * Unit;
        return nu < 0.05 ? nu / (1 - nu) : double.PositiveInfinity;
    }

    private static double Power(int exponent) => Math.Pow(2, exponent);
}
