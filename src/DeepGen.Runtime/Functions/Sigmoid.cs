using System.Runtime.CompilerServices;

namespace DeepGen.Runtime;

/// <content>1 / (1 + e^-x), from e^-|x| so that the small side keeps its relative precision and ends in an exact 0.</content>
public static unsafe partial class Elementary
{
    /// <summary>The logistic function to within three units in the last place.</summary>
    [MethodImpl(Inline)]
    public static T Sigmoid<T>(T x)
        where T : struct, ILanes<T>
    {
#if NET10_0_OR_GREATER
        if (typeof(T) == typeof(Lanes512) || typeof(T) == typeof(Lanes256))
        {
            return SigmoidHere(x);
        }
#endif

        return Outline<T>.Sigmoid(x);
    }

    [MethodImpl(Here)]
    private static T SigmoidHere<T>(T x)
        where T : struct, ILanes<T>
    {
        var negative = T.Or(x, T.BroadcastBits(int.MinValue));
        var exp = ExpWithin(T.Max(T.Broadcast(ExpLowest), negative));
        var one = T.Broadcast(1);
        return T.Select(T.LessThan(x, T.Zero), exp, one) / (one + exp);
    }
}
