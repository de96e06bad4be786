using System.Runtime.CompilerServices;
using DeepGen.Runtime;

namespace DeepGen.Ladder.Softmax;

/// <summary>
/// e^x for x ≤ 0: e^x = 2^n · e^r with n = x / ln 2 rounded and |r| ≤ ln 2 / 2, where a polynomial of degree six is within
/// 2^-28. Far below, the exponent's field is 0 and so is the result. No branch and no table, so that lanes can do it.
/// </summary>
internal static class Polynomial
{
    private const float Log2E = 1.44269504f, Ln2High = 0.693359375f, Ln2Low = -2.12194440e-4f, Lowest = -87.5f;

    /// <summary>Added to a small number, it leaves the rounded number in the low bits, the exponent's bias (127) added.</summary>
    private const float Shift = 12582912f + 127;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Exp(float x)
    {
        x = x > Lowest ? x : Lowest;
        float shifted = MathF.FusedMultiplyAdd(x, Log2E, Shift);
        float n = shifted - Shift;
        float r = MathF.FusedMultiplyAdd(n, -Ln2Low, MathF.FusedMultiplyAdd(n, -Ln2High, x));
        float p = MathF.FusedMultiplyAdd(0.00138142129f, r, 0.00836892185f);
        p = MathF.FusedMultiplyAdd(p, r, 0.0416684074f);
        p = MathF.FusedMultiplyAdd(p, r, 0.166665189f);
        p = MathF.FusedMultiplyAdd(p, r, 0.499999933f);
        p = MathF.FusedMultiplyAdd(p, r, 1);
        p = MathF.FusedMultiplyAdd(p, r, 1);
        return p * BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(shifted) << 23);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Exp<L>(L x)
        where L : struct, ILanes<L>
    {
        x = L.Max(x, L.Broadcast(Lowest));
        L shifted = L.Fma(x, L.Broadcast(Log2E), L.Broadcast(Shift));
        L n = shifted - L.Broadcast(Shift);
        L r = L.Fma(n, L.Broadcast(-Ln2Low), L.Fma(n, L.Broadcast(-Ln2High), x));
        L p = L.Fma(L.Broadcast(0.00138142129f), r, L.Broadcast(0.00836892185f));
        p = L.Fma(p, r, L.Broadcast(0.0416684074f));
        p = L.Fma(p, r, L.Broadcast(0.166665189f));
        p = L.Fma(p, r, L.Broadcast(0.499999933f));
        p = L.Fma(p, r, L.Broadcast(1));
        p = L.Fma(p, r, L.Broadcast(1));
        return p * L.ShiftBitsUp(shifted, 23);
    }
}
