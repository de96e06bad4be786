using System.Runtime.CompilerServices;

namespace DeepGen.Runtime;

/// <content>erf x = x p(x²) / q(x²), a minimax quotient (2^-25.5) whose coefficients are all positive, so nothing cancels.</content>
public static unsafe partial class Elementary
{
    /// <summary>The error function to within six units in the last place, never beyond ±1.</summary>
    [MethodImpl(Inline)]
    public static T Erf<T>(T x)
        where T : struct, ILanes<T>
    {
#if NET10_0_OR_GREATER
        if (typeof(T) == typeof(Lanes512) || typeof(T) == typeof(Lanes256))
        {
            return ErfHere(x);
        }
#endif

        return Outline<T>.Erf(x);
    }

    [MethodImpl(Here)]
    private static T ErfHere<T>(T x)
        where T : struct, ILanes<T>
    {
        // The fit ends at 3.95. From 4 on the quotient is more than 1 whatever the rounding and grows with x, so that the ends are exactly ±1.
        var square = T.Min(x * x, T.Broadcast(4 * 4));
        var p = T.Broadcast(2.02946756e-6f);
        p = T.Fma(p, square, T.Broadcast(0.000284072182f));
        p = T.Fma(p, square, T.Broadcast(0.00378383459f));
        p = T.Fma(p, square, T.Broadcast(0.0528012189f));
        p = T.Fma(p, square, T.Broadcast(0.190992164f));
        p = T.Fma(p, square, T.Broadcast(1.12837917f));
        var q = T.Broadcast(3.78361243e-5f);
        q = T.Fma(q, square, T.Broadcast(0.00116467514f));
        q = T.Fma(q, square, T.Broadcast(0.0150068427f));
        q = T.Fma(q, square, T.Broadcast(0.114328353f));
        q = T.Fma(q, square, T.Broadcast(0.502595298f));
        q = T.Fma(q, square, T.Broadcast(1));
        return Clamp(x * p / q, 1);
    }
}
