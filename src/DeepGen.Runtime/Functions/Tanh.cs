using System.Runtime.CompilerServices;

namespace DeepGen.Runtime;

/// <content>tanh x = x p(x²) / q(x²), a minimax quotient (2^-25.4) whose coefficients are all positive, so nothing cancels.</content>
public static unsafe partial class Elementary
{
    /// <summary>The hyperbolic tangent to within six units in the last place, never beyond ±1.</summary>
    [MethodImpl(Inline)]
    public static T Tanh<T>(T x)
        where T : struct, ILanes<T>
    {
#if NET10_0_OR_GREATER
        if (typeof(T) == typeof(Lanes512) || typeof(T) == typeof(Lanes256))
        {
            return TanhHere(x);
        }
#endif

        return Outline<T>.Tanh(x);
    }

    [MethodImpl(Here)]
    private static T TanhHere<T>(T x)
        where T : struct, ILanes<T>
    {
        // The fit ends at 9.02. From 9.2 on the quotient is more than 1 whatever the rounding and grows with x, so that the ends are exactly ±1.
        var square = T.Min(x * x, T.Broadcast(9.2f * 9.2f));
        var p = T.Broadcast(1.33843066e-8f);
        p = T.Fma(p, square, T.Broadcast(2.06358312e-5f));
        p = T.Fma(p, square, T.Broadcast(0.00349745813f));
        p = T.Fma(p, square, T.Broadcast(0.133826876f));
        p = T.Fma(p, square, T.Broadcast(1));
        var q = T.Broadcast(7.79025502e-7f);
        q = T.Fma(q, square, T.Broadcast(0.000328851817f));
        q = T.Fma(q, square, T.Broadcast(0.0258843625f));
        q = T.Fma(q, square, T.Broadcast(0.467160089f));
        q = T.Fma(q, square, T.Broadcast(1));
        return Clamp(x * p / q, 1);
    }
}
