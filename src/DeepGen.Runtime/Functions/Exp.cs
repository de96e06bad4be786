using System.Runtime.CompilerServices;

namespace DeepGen.Runtime;

/// <content>e^x = 2^n · e^r with n = round(x / ln 2) and |r| ≤ ln 2 / 2.</content>
public static unsafe partial class Elementary
{
    /// <summary>Added to a number below 2^22, it leaves the rounded number in the low bits.</summary>
    private const float RoundingShift = 12582912f;

    /// <summary>Where 2^n has been replaced by 0; e^x is below 2^-125 there.</summary>
    private const float ExpLowest = -87.5f;

    /// <summary>Beyond the greatest x whose e^x is finite, and still below the next n.</summary>
    private const float ExpHighest = 89f;

    /// <summary>e^x to within a unit in the last place: exactly 0 below -86.99, infinite above 88.72, never denormal.</summary>
    [MethodImpl(Inline)]
    public static T Exp<T>(T x)
        where T : struct, ILanes<T>
    {
#if NET10_0_OR_GREATER
        if (typeof(T) == typeof(Lanes512) || typeof(T) == typeof(Lanes256))
        {
            return ExpHere(x);
        }
#endif

        return Outline<T>.Exp(x);
    }

    [MethodImpl(Here)]
    private static T ExpHere<T>(T x)
        where T : struct, ILanes<T> =>
        ExpWithin(T.Min(T.Broadcast(ExpHighest), T.Max(T.Broadcast(ExpLowest), x)));

    /// <summary>
    /// Computes 2e^r · 2^(n-1), so that n = 128 neither overflows too early nor needs a case of its own; and the exponent
    /// field of 2^(n-1) is 0 for n = -126, which makes the product an exact 0.
    /// </summary>
    [MethodImpl(Inline)]
    private static T ExpWithin<T>(T x)
        where T : struct, ILanes<T>
    {
        const float Shift = RoundingShift + 126;
        var shifted = T.Fma(x, T.Broadcast(1.44269504f), T.Broadcast(Shift));
        var n = shifted - T.Broadcast(Shift);
        var r = T.Fma(n, T.Broadcast(-Ln2High), x);
        r = T.Fma(n, T.Broadcast(-Ln2Low), r);

        // Minimax in relative error, 2^-28.2, with the first two coefficients held at 1; all doubled.
        var p = T.Broadcast(2 * 0.00138142129f);
        p = T.Fma(p, r, T.Broadcast(2 * 0.00836892185f));
        p = T.Fma(p, r, T.Broadcast(2 * 0.0416684074f));
        p = T.Fma(p, r, T.Broadcast(2 * 0.166665189f));
        p = T.Fma(p, r, T.Broadcast(2 * 0.499999933f));
        p = T.Fma(p, r, T.Broadcast(2f));
        p = T.Fma(p, r, T.Broadcast(2f));
        return p * T.ShiftBitsUp(shifted, 23);
    }
}
