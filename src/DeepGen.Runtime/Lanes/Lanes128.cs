using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

#pragma warning disable CS1591 // Every member is documented on ILanes.

namespace DeepGen.Runtime;

/// <summary>Sixteen lanes in four 128-bit registers of a processor without fused multiply-add: products round by themselves, so results may differ in their last bits. To be used only where <see cref="InstructionSet.Vector128"/> holds.</summary>
public struct Lanes128 : ILanes<Lanes128>
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

    public static Lanes128 Zero
    {
        [MethodImpl(Inline)]
        get => default;
    }

    [MethodImpl(Inline)]
    public static Lanes128 Broadcast(float value)
    {
        var v = Vector128.Create(value);
        return new() { _v0 = v, _v1 = v, _v2 = v, _v3 = v };
    }

    [MethodImpl(Inline)]
    public static Lanes128 BroadcastBits(int bits)
    {
        var v = Vector128.Create(bits).AsSingle();
        return new() { _v0 = v, _v1 = v, _v2 = v, _v3 = v };
    }

    [MethodImpl(Inline)]
    public static Lanes128 Load(ref float start, nint offset)
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
    public static Lanes128 LoadFirst(ref float start, nint offset, int count)
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
    public static Lanes128 LoadStrided(ref float start, nint offset, nint stride)
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
    public static Lanes128 LoadHalves(ref float start, nint first, nint second)
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
    public static Lanes128 BroadcastHalves(ref float first, ref float second)
    {
        var (low, high) = (Vector128.Create(first), Vector128.Create(second));
        return new() { _v0 = low, _v1 = low, _v2 = high, _v3 = high };
    }

    [MethodImpl(Inline)]
    public static void StoreHalves(Lanes128 value, ref float start, nint first, nint second)
    {
        value._v0.StoreUnsafe(ref Unsafe.Add(ref start, first));
        value._v1.StoreUnsafe(ref Unsafe.Add(ref start, first + 4));
        value._v2.StoreUnsafe(ref Unsafe.Add(ref start, second));
        value._v3.StoreUnsafe(ref Unsafe.Add(ref start, second + 4));
    }

    [MethodImpl(Inline)]
    public static void Store(Lanes128 value, ref float start, nint offset)
    {
        ref float at = ref Unsafe.Add(ref start, offset);
        value._v0.StoreUnsafe(ref at);
        value._v1.StoreUnsafe(ref Unsafe.Add(ref at, 4));
        value._v2.StoreUnsafe(ref Unsafe.Add(ref at, 8));
        value._v3.StoreUnsafe(ref Unsafe.Add(ref at, 12));
    }

    [MethodImpl(Inline)]
    public static void StoreFirst(Lanes128 value, ref float start, nint offset, int count)
    {
        ref float at = ref Unsafe.Add(ref start, offset);
        Fragment.Store(value._v0, ref at, count);
        Fragment.Store(value._v1, ref Unsafe.Add(ref at, 4), count - 4);
        Fragment.Store(value._v2, ref Unsafe.Add(ref at, 8), count - 8);
        Fragment.Store(value._v3, ref Unsafe.Add(ref at, 12), count - 12);
    }

    [MethodImpl(Inline)]
    public static Lanes128 LoadUpper(ref ushort start, nint offset)
    {
        ref ushort at = ref Unsafe.Add(ref start, offset);
        var (v0, v1) = Vector128.Widen(Vector128.LoadUnsafe(ref at));
        var (v2, v3) = Vector128.Widen(Vector128.LoadUnsafe(ref Unsafe.Add(ref at, 8)));
        return new()
        {
            _v0 = (v0 << 16).AsSingle(),
            _v1 = (v1 << 16).AsSingle(),
            _v2 = (v2 << 16).AsSingle(),
            _v3 = (v3 << 16).AsSingle(),
        };
    }

    [MethodImpl(Inline)]
    public static void StoreUpper(Lanes128 value, ref ushort start, nint offset)
    {
        ref ushort at = ref Unsafe.Add(ref start, offset);
        Vector128.Narrow(value._v0.AsUInt32() >>> 16, value._v1.AsUInt32() >>> 16).StoreUnsafe(ref at);
        Vector128.Narrow(value._v2.AsUInt32() >>> 16, value._v3.AsUInt32() >>> 16).StoreUnsafe(ref Unsafe.Add(ref at, 8));
    }

    [MethodImpl(Inline)]
    public static Lanes128 operator +(Lanes128 a, Lanes128 b) =>
        new() { _v0 = a._v0 + b._v0, _v1 = a._v1 + b._v1, _v2 = a._v2 + b._v2, _v3 = a._v3 + b._v3 };

    [MethodImpl(Inline)]
    public static Lanes128 operator -(Lanes128 a, Lanes128 b) =>
        new() { _v0 = a._v0 - b._v0, _v1 = a._v1 - b._v1, _v2 = a._v2 - b._v2, _v3 = a._v3 - b._v3 };

    [MethodImpl(Inline)]
    public static Lanes128 operator *(Lanes128 a, Lanes128 b) =>
        new() { _v0 = a._v0 * b._v0, _v1 = a._v1 * b._v1, _v2 = a._v2 * b._v2, _v3 = a._v3 * b._v3 };

    [MethodImpl(Inline)]
    public static Lanes128 operator /(Lanes128 a, Lanes128 b) =>
        new() { _v0 = a._v0 / b._v0, _v1 = a._v1 / b._v1, _v2 = a._v2 / b._v2, _v3 = a._v3 / b._v3 };

    [MethodImpl(Inline)]
    public static Lanes128 operator -(Lanes128 a)
    {
        var sign = Vector128.Create(-0f);
        return new() { _v0 = a._v0 ^ sign, _v1 = a._v1 ^ sign, _v2 = a._v2 ^ sign, _v3 = a._v3 ^ sign };
    }

    [MethodImpl(Inline)]
    public static Lanes128 Fma(Lanes128 a, Lanes128 b, Lanes128 c) =>
        new() { _v0 = (a._v0 * b._v0) + c._v0, _v1 = (a._v1 * b._v1) + c._v1, _v2 = (a._v2 * b._v2) + c._v2, _v3 = (a._v3 * b._v3) + c._v3 };

    [MethodImpl(Inline)]
    public static void AddProduct(ref Lanes128 sum, Lanes128 a, Lanes128 b)
    {
        sum._v0 += a._v0 * b._v0;
        sum._v1 += a._v1 * b._v1;
        sum._v2 += a._v2 * b._v2;
        sum._v3 += a._v3 * b._v3;
    }

    [MethodImpl(Inline)]
    public static void AddProduct(ref Lanes128 sum, ref float a, Lanes128 b) => AddProduct(ref sum, Broadcast(a), b);

    [MethodImpl(Inline)]
    public static void AddProduct(ref Lanes128 sum, Lanes128 a, ref float b, nint offset) => AddProduct(ref sum, a, Load(ref b, offset));

    [MethodImpl(Inline)]
    public static Lanes128 Max(Lanes128 a, Lanes128 b) =>
        new() { _v0 = Greater(a._v0, b._v0), _v1 = Greater(a._v1, b._v1), _v2 = Greater(a._v2, b._v2), _v3 = Greater(a._v3, b._v3) };

    [MethodImpl(Inline)]
    public static Lanes128 Min(Lanes128 a, Lanes128 b) =>
        new() { _v0 = Less(a._v0, b._v0), _v1 = Less(a._v1, b._v1), _v2 = Less(a._v2, b._v2), _v3 = Less(a._v3, b._v3) };

    [MethodImpl(Inline)]
    public static Lanes128 Abs(Lanes128 a)
    {
        var magnitude = Vector128.Create(int.MaxValue).AsSingle();
        return new() { _v0 = a._v0 & magnitude, _v1 = a._v1 & magnitude, _v2 = a._v2 & magnitude, _v3 = a._v3 & magnitude };
    }

    [MethodImpl(Inline)]
    public static Lanes128 Sqrt(Lanes128 a) =>
        new() { _v0 = Vector128.Sqrt(a._v0), _v1 = Vector128.Sqrt(a._v1), _v2 = Vector128.Sqrt(a._v2), _v3 = Vector128.Sqrt(a._v3) };

    [MethodImpl(Inline)]
    public static Lanes128 LessThan(Lanes128 a, Lanes128 b) =>
        new() { _v0 = Vector128.LessThan(a._v0, b._v0), _v1 = Vector128.LessThan(a._v1, b._v1), _v2 = Vector128.LessThan(a._v2, b._v2), _v3 = Vector128.LessThan(a._v3, b._v3) };

    [MethodImpl(Inline)]
    public static Lanes128 LessOrEqual(Lanes128 a, Lanes128 b) =>
        new() { _v0 = Vector128.LessThanOrEqual(a._v0, b._v0), _v1 = Vector128.LessThanOrEqual(a._v1, b._v1), _v2 = Vector128.LessThanOrEqual(a._v2, b._v2), _v3 = Vector128.LessThanOrEqual(a._v3, b._v3) };

    [MethodImpl(Inline)]
    public static Lanes128 Equal(Lanes128 a, Lanes128 b) =>
        new() { _v0 = Vector128.Equals(a._v0, b._v0), _v1 = Vector128.Equals(a._v1, b._v1), _v2 = Vector128.Equals(a._v2, b._v2), _v3 = Vector128.Equals(a._v3, b._v3) };

    [MethodImpl(Inline)]
    public static Lanes128 Select(Lanes128 mask, Lanes128 a, Lanes128 b)
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
    public static Lanes128 FirstLanes(int count)
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
    public static float SumLanes(Lanes128 a) => Fragment.SumLanes((a._v0 + a._v2) + (a._v1 + a._v3));

    [MethodImpl(Inline)]
    public static float MaxLanes(Lanes128 a) => Fragment.MaxLanes(Greater(Greater(a._v0, a._v2), Greater(a._v1, a._v3)));

    [MethodImpl(Inline)]
    public static Lanes128 And(Lanes128 a, Lanes128 b) =>
        new() { _v0 = a._v0 & b._v0, _v1 = a._v1 & b._v1, _v2 = a._v2 & b._v2, _v3 = a._v3 & b._v3 };

    [MethodImpl(Inline)]
    public static Lanes128 Or(Lanes128 a, Lanes128 b) => new() { _v0 = a._v0 | b._v0, _v1 = a._v1 | b._v1, _v2 = a._v2 | b._v2, _v3 = a._v3 | b._v3 };

    [MethodImpl(Inline)]
    public static Lanes128 AddBits(Lanes128 a, Lanes128 b)
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
    public static Lanes128 SubtractBits(Lanes128 a, Lanes128 b)
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
    public static Lanes128 ShiftBitsUp(Lanes128 a, int count)
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
    public static Lanes128 ShiftBitsDown(Lanes128 a, int count)
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
    public static Lanes128 ConvertBits(Lanes128 a)
    {
        return new()
        {
            _v0 = Vector128.ConvertToSingle(a._v0.AsInt32()),
            _v1 = Vector128.ConvertToSingle(a._v1.AsInt32()),
            _v2 = Vector128.ConvertToSingle(a._v2.AsInt32()),
            _v3 = Vector128.ConvertToSingle(a._v3.AsInt32()),
        };
    }

    [MethodImpl(Inline)]
    private static Vector128<float> Greater(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.Max(a, b) : Vector128.ConditionalSelect(Vector128.GreaterThan(a, b), a, b);

    [MethodImpl(Inline)]
    private static Vector128<float> Less(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.Min(a, b) : Vector128.ConditionalSelect(Vector128.LessThan(a, b), a, b);
}
