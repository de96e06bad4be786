using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

#pragma warning disable CS1591 // Every member is documented on ILanes.

namespace DeepGen.Runtime;

/// <summary>Sixteen lanes in four registers of Advanced SIMD on Arm. To be used only where <see cref="InstructionSet.Neon"/> holds.</summary>
public struct LanesNeon : ILanes<LanesNeon>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private Vector128<float> _v0;
    private Vector128<float> _v1;
    private Vector128<float> _v2;
    private Vector128<float> _v3;

    public static bool IsWide
    {
        [MethodImpl(Inline)]
        get => false;
    }

    public static LanesNeon Zero
    {
        [MethodImpl(Inline)]
        get => default;
    }

    [MethodImpl(Inline)]
    public static LanesNeon Broadcast(float value)
    {
        var v = Vector128.Create(value);
        return new() { _v0 = v, _v1 = v, _v2 = v, _v3 = v };
    }

    [MethodImpl(Inline)]
    public static LanesNeon BroadcastBits(int bits)
    {
        var v = Vector128.Create(bits).AsSingle();
        return new() { _v0 = v, _v1 = v, _v2 = v, _v3 = v };
    }

    [MethodImpl(Inline)]
    public static LanesNeon Load(ref float start, nint offset)
    {
        return new()
        {
            _v0 = Vector128.LoadUnsafe(ref Unsafe.Add(ref start, offset)),
            _v1 = Vector128.LoadUnsafe(ref Unsafe.Add(ref start, offset + 4)),
            _v2 = Vector128.LoadUnsafe(ref Unsafe.Add(ref start, offset + 8)),
            _v3 = Vector128.LoadUnsafe(ref Unsafe.Add(ref start, offset + 12)),
        };
    }

    [MethodImpl(Inline)]
    public static LanesNeon LoadFirst(ref float start, nint offset, int count)
    {
        ref float at = ref Unsafe.Add(ref start, offset);
        return new()
        {
            _v0 = Fragment.Load(ref at, count),
            _v1 = Fragment.Load(ref Unsafe.Add(ref at, 4), count - 4),
            _v2 = Fragment.Load(ref Unsafe.Add(ref at, 8), count - 8),
            _v3 = Fragment.Load(ref Unsafe.Add(ref at, 12), count - 12),
        };
    }

    [MethodImpl(Inline)]
    public static LanesNeon LoadStrided(ref float start, nint offset, nint stride)
    {
        ref float at = ref Unsafe.Add(ref start, offset);
        return new()
        {
            _v0 = Fragment.Load(ref at, stride, 0),
            _v1 = Fragment.Load(ref at, stride, 4),
            _v2 = Fragment.Load(ref at, stride, 8),
            _v3 = Fragment.Load(ref at, stride, 12),
        };
    }

    [MethodImpl(Inline)]
    public static LanesNeon LoadHalves(ref float start, nint first, nint second)
    {
        return new()
        {
            _v0 = Vector128.LoadUnsafe(ref Unsafe.Add(ref start, first)),
            _v1 = Vector128.LoadUnsafe(ref Unsafe.Add(ref start, first + 4)),
            _v2 = Vector128.LoadUnsafe(ref Unsafe.Add(ref start, second)),
            _v3 = Vector128.LoadUnsafe(ref Unsafe.Add(ref start, second + 4)),
        };
    }

    [MethodImpl(Inline)]
    public static LanesNeon BroadcastHalves(ref float first, ref float second)
    {
        var (low, high) = (Vector128.Create(first), Vector128.Create(second));
        return new() { _v0 = low, _v1 = low, _v2 = high, _v3 = high };
    }

    [MethodImpl(Inline)]
    public static void StoreHalves(LanesNeon value, ref float start, nint first, nint second)
    {
        value._v0.StoreUnsafe(ref Unsafe.Add(ref start, first));
        value._v1.StoreUnsafe(ref Unsafe.Add(ref start, first + 4));
        value._v2.StoreUnsafe(ref Unsafe.Add(ref start, second));
        value._v3.StoreUnsafe(ref Unsafe.Add(ref start, second + 4));
    }

    [MethodImpl(Inline)]
    public static void Store(LanesNeon value, ref float start, nint offset)
    {
        ref float at = ref Unsafe.Add(ref start, offset);
        value._v0.StoreUnsafe(ref at);
        value._v1.StoreUnsafe(ref Unsafe.Add(ref at, 4));
        value._v2.StoreUnsafe(ref Unsafe.Add(ref at, 8));
        value._v3.StoreUnsafe(ref Unsafe.Add(ref at, 12));
    }

    [MethodImpl(Inline)]
    public static void StoreFirst(LanesNeon value, ref float start, nint offset, int count)
    {
        ref float at = ref Unsafe.Add(ref start, offset);
        Fragment.Store(value._v0, ref at, count);
        Fragment.Store(value._v1, ref Unsafe.Add(ref at, 4), count - 4);
        Fragment.Store(value._v2, ref Unsafe.Add(ref at, 8), count - 8);
        Fragment.Store(value._v3, ref Unsafe.Add(ref at, 12), count - 12);
    }

    [MethodImpl(Inline)]
    public static LanesNeon LoadUpper(ref ushort start, nint offset)
    {
        ref ushort at = ref Unsafe.Add(ref start, offset);
        return new() { _v0 = Upper(ref at, 0), _v1 = Upper(ref at, 4), _v2 = Upper(ref at, 8), _v3 = Upper(ref at, 12) };
    }

    [MethodImpl(Inline)]
    public static void StoreUpper(LanesNeon value, ref ushort start, nint offset)
    {
        ref ushort at = ref Unsafe.Add(ref start, offset);
        UpperHalves(value._v0, value._v1).StoreUnsafe(ref at);
        UpperHalves(value._v2, value._v3).StoreUnsafe(ref Unsafe.Add(ref at, 8));
    }

    [MethodImpl(Inline)]
    private static Vector128<float> Upper(ref ushort start, nint offset) =>
        (AdvSimd.ZeroExtendWideningLower(Vector64.LoadUnsafe(ref Unsafe.Add(ref start, offset))) << 16).AsSingle();

    [MethodImpl(Inline)]
    private static Vector128<ushort> UpperHalves(Vector128<float> low, Vector128<float> high) =>
        AdvSimd.ShiftRightLogicalNarrowingUpper(AdvSimd.ShiftRightLogicalNarrowingLower(low.AsUInt32(), 16), high.AsUInt32(), 16);

    [MethodImpl(Inline)]
    public static LanesNeon operator +(LanesNeon a, LanesNeon b) =>
        new() { _v0 = a._v0 + b._v0, _v1 = a._v1 + b._v1, _v2 = a._v2 + b._v2, _v3 = a._v3 + b._v3 };

    [MethodImpl(Inline)]
    public static LanesNeon operator -(LanesNeon a, LanesNeon b) =>
        new() { _v0 = a._v0 - b._v0, _v1 = a._v1 - b._v1, _v2 = a._v2 - b._v2, _v3 = a._v3 - b._v3 };

    [MethodImpl(Inline)]
    public static LanesNeon operator *(LanesNeon a, LanesNeon b) =>
        new() { _v0 = a._v0 * b._v0, _v1 = a._v1 * b._v1, _v2 = a._v2 * b._v2, _v3 = a._v3 * b._v3 };

    [MethodImpl(Inline)]
    public static LanesNeon operator /(LanesNeon a, LanesNeon b) =>
        new() { _v0 = a._v0 / b._v0, _v1 = a._v1 / b._v1, _v2 = a._v2 / b._v2, _v3 = a._v3 / b._v3 };

    [MethodImpl(Inline)]
    public static LanesNeon operator -(LanesNeon a)
    {
        var sign = Vector128.Create(-0f);
        return new() { _v0 = a._v0 ^ sign, _v1 = a._v1 ^ sign, _v2 = a._v2 ^ sign, _v3 = a._v3 ^ sign };
    }

    [MethodImpl(Inline)]
    public static LanesNeon Fma(LanesNeon a, LanesNeon b, LanesNeon c) =>
        new() { _v0 = AdvSimd.FusedMultiplyAdd(c._v0, a._v0, b._v0), _v1 = AdvSimd.FusedMultiplyAdd(c._v1, a._v1, b._v1), _v2 = AdvSimd.FusedMultiplyAdd(c._v2, a._v2, b._v2), _v3 = AdvSimd.FusedMultiplyAdd(c._v3, a._v3, b._v3) };

    [MethodImpl(Inline)]
    public static void AddProduct(ref LanesNeon sum, LanesNeon a, LanesNeon b)
    {
        sum._v0 = AdvSimd.FusedMultiplyAdd(sum._v0, a._v0, b._v0);
        sum._v1 = AdvSimd.FusedMultiplyAdd(sum._v1, a._v1, b._v1);
        sum._v2 = AdvSimd.FusedMultiplyAdd(sum._v2, a._v2, b._v2);
        sum._v3 = AdvSimd.FusedMultiplyAdd(sum._v3, a._v3, b._v3);
    }

    [MethodImpl(Inline)]
    public static void AddProduct(ref LanesNeon sum, ref float a, LanesNeon b) => AddProduct(ref sum, Broadcast(a), b);

    [MethodImpl(Inline)]
    public static void AddProduct(ref LanesNeon sum, LanesNeon a, ref float b, nint offset) => AddProduct(ref sum, a, Load(ref b, offset));

    [MethodImpl(Inline)]
    public static LanesNeon Max(LanesNeon a, LanesNeon b) =>
        new() { _v0 = Greater(a._v0, b._v0), _v1 = Greater(a._v1, b._v1), _v2 = Greater(a._v2, b._v2), _v3 = Greater(a._v3, b._v3) };

    [MethodImpl(Inline)]
    public static LanesNeon Min(LanesNeon a, LanesNeon b) =>
        new() { _v0 = Less(a._v0, b._v0), _v1 = Less(a._v1, b._v1), _v2 = Less(a._v2, b._v2), _v3 = Less(a._v3, b._v3) };

    [MethodImpl(Inline)]
    public static LanesNeon Abs(LanesNeon a)
    {
        var magnitude = Vector128.Create(int.MaxValue).AsSingle();
        return new() { _v0 = a._v0 & magnitude, _v1 = a._v1 & magnitude, _v2 = a._v2 & magnitude, _v3 = a._v3 & magnitude };
    }

    [MethodImpl(Inline)]
    public static LanesNeon Sqrt(LanesNeon a) =>
        new() { _v0 = Vector128.Sqrt(a._v0), _v1 = Vector128.Sqrt(a._v1), _v2 = Vector128.Sqrt(a._v2), _v3 = Vector128.Sqrt(a._v3) };

    [MethodImpl(Inline)]
    public static LanesNeon LessThan(LanesNeon a, LanesNeon b) =>
        new() { _v0 = Vector128.LessThan(a._v0, b._v0), _v1 = Vector128.LessThan(a._v1, b._v1), _v2 = Vector128.LessThan(a._v2, b._v2), _v3 = Vector128.LessThan(a._v3, b._v3) };

    [MethodImpl(Inline)]
    public static LanesNeon LessOrEqual(LanesNeon a, LanesNeon b) =>
        new() { _v0 = Vector128.LessThanOrEqual(a._v0, b._v0), _v1 = Vector128.LessThanOrEqual(a._v1, b._v1), _v2 = Vector128.LessThanOrEqual(a._v2, b._v2), _v3 = Vector128.LessThanOrEqual(a._v3, b._v3) };

    [MethodImpl(Inline)]
    public static LanesNeon Equal(LanesNeon a, LanesNeon b) =>
        new() { _v0 = Vector128.Equals(a._v0, b._v0), _v1 = Vector128.Equals(a._v1, b._v1), _v2 = Vector128.Equals(a._v2, b._v2), _v3 = Vector128.Equals(a._v3, b._v3) };

    [MethodImpl(Inline)]
    public static LanesNeon Select(LanesNeon mask, LanesNeon a, LanesNeon b)
    {
        return new()
        {
            _v0 = Vector128.ConditionalSelect(mask._v0, a._v0, b._v0),
            _v1 = Vector128.ConditionalSelect(mask._v1, a._v1, b._v1),
            _v2 = Vector128.ConditionalSelect(mask._v2, a._v2, b._v2),
            _v3 = Vector128.ConditionalSelect(mask._v3, a._v3, b._v3),
        };
    }

    [MethodImpl(Inline)]
    public static LanesNeon FirstLanes(int count)
    {
        var lane = Vector128<int>.Indices;
        return new()
        {
            _v0 = Vector128.LessThan(lane, Vector128.Create(count)).AsSingle(),
            _v1 = Vector128.LessThan(lane, Vector128.Create(count - 4)).AsSingle(),
            _v2 = Vector128.LessThan(lane, Vector128.Create(count - 8)).AsSingle(),
            _v3 = Vector128.LessThan(lane, Vector128.Create(count - 12)).AsSingle(),
        };
    }

    [MethodImpl(Inline)]
    public static float SumLanes(LanesNeon a) => Fragment.SumLanes((a._v0 + a._v2) + (a._v1 + a._v3));

    [MethodImpl(Inline)]
    public static float MaxLanes(LanesNeon a) => Fragment.MaxLanes(Greater(Greater(a._v0, a._v2), Greater(a._v1, a._v3)));

    [MethodImpl(Inline)]
    public static LanesNeon And(LanesNeon a, LanesNeon b) =>
        new() { _v0 = a._v0 & b._v0, _v1 = a._v1 & b._v1, _v2 = a._v2 & b._v2, _v3 = a._v3 & b._v3 };

    [MethodImpl(Inline)]
    public static LanesNeon Or(LanesNeon a, LanesNeon b) =>
        new() { _v0 = a._v0 | b._v0, _v1 = a._v1 | b._v1, _v2 = a._v2 | b._v2, _v3 = a._v3 | b._v3 };

    [MethodImpl(Inline)]
    public static LanesNeon AddBits(LanesNeon a, LanesNeon b)
    {
        return new()
        {
            _v0 = (a._v0.AsInt32() + b._v0.AsInt32()).AsSingle(),
            _v1 = (a._v1.AsInt32() + b._v1.AsInt32()).AsSingle(),
            _v2 = (a._v2.AsInt32() + b._v2.AsInt32()).AsSingle(),
            _v3 = (a._v3.AsInt32() + b._v3.AsInt32()).AsSingle(),
        };
    }

    [MethodImpl(Inline)]
    public static LanesNeon SubtractBits(LanesNeon a, LanesNeon b)
    {
        return new()
        {
            _v0 = (a._v0.AsInt32() - b._v0.AsInt32()).AsSingle(),
            _v1 = (a._v1.AsInt32() - b._v1.AsInt32()).AsSingle(),
            _v2 = (a._v2.AsInt32() - b._v2.AsInt32()).AsSingle(),
            _v3 = (a._v3.AsInt32() - b._v3.AsInt32()).AsSingle(),
        };
    }

    [MethodImpl(Inline)]
    public static LanesNeon ShiftBitsUp(LanesNeon a, int count)
    {
        return new()
        {
            _v0 = (a._v0.AsInt32() << count).AsSingle(),
            _v1 = (a._v1.AsInt32() << count).AsSingle(),
            _v2 = (a._v2.AsInt32() << count).AsSingle(),
            _v3 = (a._v3.AsInt32() << count).AsSingle(),
        };
    }

    [MethodImpl(Inline)]
    public static LanesNeon ShiftBitsDown(LanesNeon a, int count)
    {
        return new()
        {
            _v0 = (a._v0.AsInt32() >> count).AsSingle(),
            _v1 = (a._v1.AsInt32() >> count).AsSingle(),
            _v2 = (a._v2.AsInt32() >> count).AsSingle(),
            _v3 = (a._v3.AsInt32() >> count).AsSingle(),
        };
    }

    [MethodImpl(Inline)]
    public static LanesNeon ConvertBits(LanesNeon a)
    {
        return new()
        {
            _v0 = Vector128.ConvertToSingle(a._v0.AsInt32()),
            _v1 = Vector128.ConvertToSingle(a._v1.AsInt32()),
            _v2 = Vector128.ConvertToSingle(a._v2.AsInt32()),
            _v3 = Vector128.ConvertToSingle(a._v3.AsInt32()),
        };
    }

    // FMAX gives NaN where a lane of either is NaN, which is not what a > b ? a : b says.
    [MethodImpl(Inline)]
    private static Vector128<float> Greater(Vector128<float> a, Vector128<float> b) =>
        AdvSimd.BitwiseSelect(AdvSimd.CompareGreaterThan(a, b), a, b);

    [MethodImpl(Inline)]
    private static Vector128<float> Less(Vector128<float> a, Vector128<float> b) =>
        AdvSimd.BitwiseSelect(AdvSimd.CompareLessThan(a, b), a, b);
}
