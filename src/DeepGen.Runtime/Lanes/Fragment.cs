using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DeepGen.Runtime;

/// <summary>
/// Four lanes of which only the first few may lie in memory: nothing outside is touched. With a constant count the
/// branches fold, which leaves one or two moves; masked moves would need pinned memory.
/// </summary>
internal static class Fragment
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    [MethodImpl(Inline)]
    public static Vector128<float> Load(ref float at, int count)
    {
        if (count >= 4)
        {
            return Vector128.LoadUnsafe(ref at);
        }

        if (count <= 0)
        {
            return Vector128<float>.Zero;
        }

        if (count == 1)
        {
            return Vector128.CreateScalar(at);
        }

        var pair = Vector128.CreateScalar(Unsafe.ReadUnaligned<double>(ref Unsafe.As<float, byte>(ref at))).AsSingle();
        return count == 2 ? pair : pair.WithElement(2, Unsafe.Add(ref at, 2));
    }

    [MethodImpl(Inline)]
    public static Vector128<float> Load(ref float at, nint stride, int first) => Vector128.Create(
        Unsafe.Add(ref at, first * stride),
        Unsafe.Add(ref at, (first + 1) * stride),
        Unsafe.Add(ref at, (first + 2) * stride),
        Unsafe.Add(ref at, (first + 3) * stride));

    [MethodImpl(Inline)]
    public static void Store(Vector128<float> value, ref float at, int count)
    {
        if (count >= 4)
        {
            value.StoreUnsafe(ref at);
        }
        else if (count == 1)
        {
            at = value.ToScalar();
        }
        else if (count >= 2)
        {
            Unsafe.WriteUnaligned(ref Unsafe.As<float, byte>(ref at), value.AsDouble().ToScalar());
            if (count == 3)
            {
                Unsafe.Add(ref at, 2) = value.GetElement(2);
            }
        }
    }

    /// <summary>Eight lanes, then four, two and one: the tail of the fixed tree.</summary>
    [MethodImpl(Inline)]
    public static float SumLanes(Vector256<float> sum) => SumLanes(sum.GetLower() + sum.GetUpper());

    /// <summary>Four lanes, then two and one.</summary>
    [MethodImpl(Inline)]
    public static float SumLanes(Vector128<float> sum)
    {
        var pairs = sum + Vector128.Shuffle(sum, Vector128.Create(2, 3, 2, 3));
        return pairs.ToScalar() + pairs.GetElement(1);
    }

    /// <summary>Four lanes, then two and one, each the greater as a &gt; b ? a : b.</summary>
    [MethodImpl(Inline)]
    public static float MaxLanes(Vector128<float> value)
    {
        float even = Greater(value.ToScalar(), value.GetElement(2));
        float odd = Greater(value.GetElement(1), value.GetElement(3));
        return Greater(even, odd);
    }

    [MethodImpl(Inline)]
    private static float Greater(float a, float b) => a > b ? a : b;
}
