using System.Runtime.CompilerServices;

namespace DeepGen.Runtime;

/// <content>ln x = e ln 2 + ln(1 + f) with x = 2^e (1 + f) and 1 + f in [√½, √2].</content>
public static unsafe partial class Elementary
{
    private const float SmallestNormal = 1.17549435e-38f;
    private const int MantissaBits = 23;
    private const int BitsOfRootHalf = 0x3F3504F3;

    /// <summary>ln x to within a unit in the last place; -∞ at 0, NaN below, denormal numbers included.</summary>
    [MethodImpl(Inline)]
    public static T Log<T>(T x)
        where T : struct, ILanes<T>
    {
#if NET10_0_OR_GREATER
        if (typeof(T) == typeof(Lanes512) || typeof(T) == typeof(Lanes256))
        {
            return LogHere(x);
        }
#endif

        return Outline<T>.Log(x);
    }

    [MethodImpl(Here)]
    private static T LogHere<T>(T x)
        where T : struct, ILanes<T>
    {
        var denormal = T.LessThan(x, T.Broadcast(SmallestNormal));
        var normal = T.Select(denormal, x * T.Broadcast(1 << 24), x);
        var exponent = T.ShiftBitsDown(T.SubtractBits(normal, T.BroadcastBits(BitsOfRootHalf)), MantissaBits);
        var f = T.SubtractBits(normal, T.ShiftBitsUp(exponent, MantissaBits)) - T.Broadcast(1);
        var e = T.ConvertBits(exponent) - T.And(denormal, T.Broadcast(24));
        var ln = LogOfMantissa(f, e);

        var special = T.Select(T.LessThan(x, T.Zero), T.Broadcast(float.NaN), x);
        special = T.Select(T.Equal(x, T.Zero), T.Broadcast(float.NegativeInfinity), special);
        var ordinary = T.And(T.LessThan(T.Zero, x), T.LessThan(x, T.Broadcast(float.PositiveInfinity)));
        return T.Select(ordinary, ln, special);
    }

    /// <summary>f - f²/2 + f³ q(f) + e ln 2, smallest terms first; q is minimax, 2^-27.3 of the logarithm.</summary>
    [MethodImpl(Inline)]
    private static T LogOfMantissa<T>(T f, T e)
        where T : struct, ILanes<T>
    {
        var square = f * f;
        var q = T.Broadcast(-0.0763444897f);
        q = T.Fma(q, f, T.Broadcast(0.127615255f));
        q = T.Fma(q, f, T.Broadcast(-0.131601803f));
        q = T.Fma(q, f, T.Broadcast(0.142017693f));
        q = T.Fma(q, f, T.Broadcast(-0.166233591f));
        q = T.Fma(q, f, T.Broadcast(0.200012261f));
        q = T.Fma(q, f, T.Broadcast(-0.250008209f));
        q = T.Fma(q, f, T.Broadcast(0.333333317f));
        var tail = T.Fma(e, T.Broadcast(Ln2Low), square * (f * q));
        tail = T.Fma(square, T.Broadcast(-0.5f), tail);
        return T.Fma(e, T.Broadcast(Ln2High), f + tail);
    }
}
