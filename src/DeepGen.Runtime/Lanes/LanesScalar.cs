using System.Runtime.CompilerServices;

#pragma warning disable CS1591 // Every member is documented on ILanes.

namespace DeepGen.Runtime;

/// <summary>Sixteen lanes one after another, for machines without vectors: slow, and the same bits as the fast ones.</summary>
[InlineArray(Count)]
public struct LanesScalar : ILanes<LanesScalar>
{
    private const int Count = 16;

    private float _first;

    public static bool IsWide => false;

    public static LanesScalar Zero => default;

    public static LanesScalar Broadcast(float value)
    {
        LanesScalar r = default;
        ((Span<float>)r).Fill(value);
        return r;
    }

    public static LanesScalar BroadcastBits(int bits) => Broadcast(Float(bits));

    public static LanesScalar Load(ref float start, nint offset) => LoadFirst(ref start, offset, Count);

    public static LanesScalar LoadFirst(ref float start, nint offset, int count)
    {
        LanesScalar r = default;
        for (int i = 0; i < Math.Min(count, Count); i++)
        {
            r[i] = Unsafe.Add(ref start, offset + i);
        }

        return r;
    }

    public static LanesScalar LoadStrided(ref float start, nint offset, nint stride)
    {
        LanesScalar r = default;
        for (int i = 0; i < Count; i++)
        {
            r[i] = Unsafe.Add(ref start, offset + (i * stride));
        }

        return r;
    }

    public static LanesScalar LoadHalves(ref float start, nint first, nint second)
    {
        LanesScalar r = default;
        for (int i = 0; i < Count; i++)
        {
            r[i] = Unsafe.Add(ref start, i < Count / 2 ? first + i : second + i - (Count / 2));
        }

        return r;
    }

    public static LanesScalar BroadcastHalves(ref float first, ref float second)
    {
        LanesScalar r = default;
        ((Span<float>)r)[..(Count / 2)].Fill(first);
        ((Span<float>)r)[(Count / 2)..].Fill(second);
        return r;
    }

    public static void StoreHalves(LanesScalar value, ref float start, nint first, nint second)
    {
        for (int i = 0; i < Count; i++)
        {
            Unsafe.Add(ref start, i < Count / 2 ? first + i : second + i - (Count / 2)) = value[i];
        }
    }

    public static void Store(LanesScalar value, ref float start, nint offset) => StoreFirst(value, ref start, offset, Count);

    public static void StoreFirst(LanesScalar value, ref float start, nint offset, int count)
    {
        for (int i = 0; i < Math.Min(count, Count); i++)
        {
            Unsafe.Add(ref start, offset + i) = value[i];
        }
    }

    public static LanesScalar LoadUpper(ref ushort start, nint offset)
    {
        LanesScalar r = default;
        for (int i = 0; i < Count; i++)
        {
            r[i] = Float(Unsafe.Add(ref start, offset + i) << 16);
        }

        return r;
    }

    public static void StoreUpper(LanesScalar value, ref ushort start, nint offset)
    {
        for (int i = 0; i < Count; i++)
        {
            Unsafe.Add(ref start, offset + i) = (ushort)(Bits(value[i]) >> 16);
        }
    }

    public static LanesScalar operator +(LanesScalar a, LanesScalar b)
    {
        for (int i = 0; i < Count; i++)
        {
            a[i] += b[i];
        }

        return a;
    }

    public static LanesScalar operator -(LanesScalar a, LanesScalar b)
    {
        for (int i = 0; i < Count; i++)
        {
            a[i] -= b[i];
        }

        return a;
    }

    public static LanesScalar operator *(LanesScalar a, LanesScalar b)
    {
        for (int i = 0; i < Count; i++)
        {
            a[i] *= b[i];
        }

        return a;
    }

    public static LanesScalar operator /(LanesScalar a, LanesScalar b)
    {
        for (int i = 0; i < Count; i++)
        {
            a[i] /= b[i];
        }

        return a;
    }

    public static LanesScalar operator -(LanesScalar a)
    {
        for (int i = 0; i < Count; i++)
        {
            a[i] = -a[i];
        }

        return a;
    }

    public static LanesScalar Fma(LanesScalar a, LanesScalar b, LanesScalar c)
    {
        for (int i = 0; i < Count; i++)
        {
            a[i] = MathF.FusedMultiplyAdd(a[i], b[i], c[i]);
        }

        return a;
    }

    public static void AddProduct(ref LanesScalar sum, LanesScalar a, LanesScalar b) => sum = Fma(a, b, sum);

    public static void AddProduct(ref LanesScalar sum, ref float a, LanesScalar b) => sum = Fma(Broadcast(a), b, sum);

    public static void AddProduct(ref LanesScalar sum, LanesScalar a, ref float b, nint offset) => sum = Fma(a, Load(ref b, offset), sum);

    public static LanesScalar Max(LanesScalar a, LanesScalar b)
    {
        for (int i = 0; i < Count; i++)
        {
            a[i] = a[i] > b[i] ? a[i] : b[i];
        }

        return a;
    }

    public static LanesScalar Min(LanesScalar a, LanesScalar b)
    {
        for (int i = 0; i < Count; i++)
        {
            a[i] = a[i] < b[i] ? a[i] : b[i];
        }

        return a;
    }

    public static LanesScalar Abs(LanesScalar a)
    {
        for (int i = 0; i < Count; i++)
        {
            a[i] = MathF.Abs(a[i]);
        }

        return a;
    }

    public static LanesScalar Sqrt(LanesScalar a)
    {
        for (int i = 0; i < Count; i++)
        {
            a[i] = MathF.Sqrt(a[i]);
        }

        return a;
    }

    public static LanesScalar LessThan(LanesScalar a, LanesScalar b)
    {
        for (int i = 0; i < Count; i++)
        {
            a[i] = Mask(a[i] < b[i]);
        }

        return a;
    }

    public static LanesScalar LessOrEqual(LanesScalar a, LanesScalar b)
    {
        for (int i = 0; i < Count; i++)
        {
            a[i] = Mask(a[i] <= b[i]);
        }

        return a;
    }

    public static LanesScalar Equal(LanesScalar a, LanesScalar b)
    {
        for (int i = 0; i < Count; i++)
        {
            a[i] = Mask(a[i] == b[i]);
        }

        return a;
    }

    public static LanesScalar Select(LanesScalar mask, LanesScalar a, LanesScalar b) => Or(And(mask, a), AndNot(mask, b));

    public static LanesScalar FirstLanes(int count)
    {
        LanesScalar a = default;
        for (int i = 0; i < Count; i++)
        {
            a[i] = Mask(i < count);
        }

        return a;
    }

    public static float SumLanes(LanesScalar a)
    {
        for (int half = Count / 2; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++)
            {
                a[i] += a[i + half];
            }
        }

        return a[0];
    }

    public static float MaxLanes(LanesScalar a)
    {
        for (int half = Count / 2; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++)
            {
                a[i] = a[i] > a[i + half] ? a[i] : a[i + half];
            }
        }

        return a[0];
    }

    public static LanesScalar And(LanesScalar a, LanesScalar b)
    {
        for (int i = 0; i < Count; i++)
        {
            a[i] = Float(Bits(a[i]) & Bits(b[i]));
        }

        return a;
    }

    public static LanesScalar Or(LanesScalar a, LanesScalar b)
    {
        for (int i = 0; i < Count; i++)
        {
            a[i] = Float(Bits(a[i]) | Bits(b[i]));
        }

        return a;
    }

    public static LanesScalar AddBits(LanesScalar a, LanesScalar b)
    {
        for (int i = 0; i < Count; i++)
        {
            a[i] = Float(Bits(a[i]) + Bits(b[i]));
        }

        return a;
    }

    public static LanesScalar SubtractBits(LanesScalar a, LanesScalar b)
    {
        for (int i = 0; i < Count; i++)
        {
            a[i] = Float(Bits(a[i]) - Bits(b[i]));
        }

        return a;
    }

    public static LanesScalar ShiftBitsUp(LanesScalar a, int count)
    {
        for (int i = 0; i < Count; i++)
        {
            a[i] = Float(Bits(a[i]) << count);
        }

        return a;
    }

    public static LanesScalar ShiftBitsDown(LanesScalar a, int count)
    {
        for (int i = 0; i < Count; i++)
        {
            a[i] = Float(Bits(a[i]) >> count);
        }

        return a;
    }

    public static LanesScalar ConvertBits(LanesScalar a)
    {
        for (int i = 0; i < Count; i++)
        {
            a[i] = Bits(a[i]);
        }

        return a;
    }

    private static LanesScalar AndNot(LanesScalar mask, LanesScalar b)
    {
        for (int i = 0; i < Count; i++)
        {
            b[i] = Float(~Bits(mask[i]) & Bits(b[i]));
        }

        return b;
    }

    private static float Mask(bool set) => Float(set ? -1 : 0);

    private static int Bits(float value) => BitConverter.SingleToInt32Bits(value);

    private static float Float(int bits) => BitConverter.Int32BitsToSingle(bits);
}
