using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using X86Fma = System.Runtime.Intrinsics.X86.Fma;

#pragma warning disable CS1591 // Every member is documented on ILanes.

namespace DeepGen.Runtime;

/// <summary>Sixteen lanes in two AVX2 registers with fused multiply-add. To be used only where <see cref="InstructionSet.Avx2"/> holds.</summary>
public struct Lanes256 : ILanes<Lanes256>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private Vector256<float> _v0;
    private Vector256<float> _v1;

    public static bool IsWide
    {
        [MethodImpl(Inline)]
        get => false;
    }

    public static Lanes256 Zero
    {
        [MethodImpl(Inline)]
        get => default;
    }

    [MethodImpl(Inline)]
    public static Lanes256 Broadcast(float value)
    {
        // Made once, so that the compiler loads and spreads it in one instruction.
        var all = Vector256.Create(value);
        return new() { _v0 = all, _v1 = all };
    }

    [MethodImpl(Inline)]
    public static Lanes256 BroadcastBits(int bits)
    {
        return new()
        {
            _v0 = Vector256.Create(bits).AsSingle(),
            _v1 = Vector256.Create(bits).AsSingle(),
        };
    }

    [MethodImpl(Inline)]
    public static Lanes256 Load(ref float start, nint offset)
    {
        return new()
        {
            _v0 = Vector256.LoadUnsafe(ref Unsafe.Add(ref start, offset)),
            _v1 = Vector256.LoadUnsafe(ref Unsafe.Add(ref start, offset + 8)),
        };
    }

    [MethodImpl(Inline)]
    public static Lanes256 LoadFirst(ref float start, nint offset, int count)
    {
        ref float at = ref Unsafe.Add(ref start, offset);
        return new()
        {
            _v0 = Vector256.Create(Fragment.Load(ref at, count), Fragment.Load(ref Unsafe.Add(ref at, 4), count - 4)),
            _v1 = Vector256.Create(Fragment.Load(ref Unsafe.Add(ref at, 8), count - 8), Fragment.Load(ref Unsafe.Add(ref at, 12), count - 12)),
        };
    }

    [MethodImpl(Inline)]
    public static Lanes256 LoadStrided(ref float start, nint offset, nint stride)
    {
        ref float at = ref Unsafe.Add(ref start, offset);
        return new()
        {
            _v0 = Vector256.Create(Fragment.Load(ref at, stride, 0), Fragment.Load(ref at, stride, 4)),
            _v1 = Vector256.Create(Fragment.Load(ref at, stride, 8), Fragment.Load(ref at, stride, 12)),
        };
    }

    [MethodImpl(Inline)]
    public static Lanes256 LoadHalves(ref float start, nint first, nint second)
    {
        return new()
        {
            _v0 = Vector256.LoadUnsafe(ref Unsafe.Add(ref start, first)),
            _v1 = Vector256.LoadUnsafe(ref Unsafe.Add(ref start, second)),
        };
    }

    [MethodImpl(Inline)]
    public static Lanes256 BroadcastHalves(ref float first, ref float second) =>
        new() { _v0 = Vector256.Create(first), _v1 = Vector256.Create(second) };

    [MethodImpl(Inline)]
    public static void StoreHalves(Lanes256 value, ref float start, nint first, nint second)
    {
        value._v0.StoreUnsafe(ref Unsafe.Add(ref start, first));
        value._v1.StoreUnsafe(ref Unsafe.Add(ref start, second));
    }

    [MethodImpl(Inline)]
    public static void Store(Lanes256 value, ref float start, nint offset)
    {
        ref float at = ref Unsafe.Add(ref start, offset);
        value._v0.StoreUnsafe(ref at);
        value._v1.StoreUnsafe(ref Unsafe.Add(ref at, 8));
    }

    [MethodImpl(Inline)]
    public static void StoreFirst(Lanes256 value, ref float start, nint offset, int count)
    {
        ref float at = ref Unsafe.Add(ref start, offset);
        if (count == 8)
        {
            value._v0.StoreUnsafe(ref at);
            return;
        }

        Fragment.Store(value._v0.GetLower(), ref at, count);
        Fragment.Store(value._v0.GetUpper(), ref Unsafe.Add(ref at, 4), count - 4);
        Fragment.Store(value._v1.GetLower(), ref Unsafe.Add(ref at, 8), count - 8);
        Fragment.Store(value._v1.GetUpper(), ref Unsafe.Add(ref at, 12), count - 12);
    }

    [MethodImpl(Inline)]
    public static Lanes256 LoadUpper(ref ushort start, nint offset)
    {
        var (v0, v1) = Vector256.Widen(Vector256.LoadUnsafe(ref Unsafe.Add(ref start, offset)));
        return new() { _v0 = (v0 << 16).AsSingle(), _v1 = (v1 << 16).AsSingle() };
    }

    [MethodImpl(Inline)]
    public static void StoreUpper(Lanes256 value, ref ushort start, nint offset) =>
        Vector256.Narrow(value._v0.AsUInt32() >>> 16, value._v1.AsUInt32() >>> 16)
            .StoreUnsafe(ref Unsafe.Add(ref start, offset));

    [MethodImpl(Inline)]
    public static Lanes256 operator +(Lanes256 a, Lanes256 b) => new() { _v0 = a._v0 + b._v0, _v1 = a._v1 + b._v1 };

    [MethodImpl(Inline)]
    public static Lanes256 operator -(Lanes256 a, Lanes256 b) => new() { _v0 = a._v0 - b._v0, _v1 = a._v1 - b._v1 };

    [MethodImpl(Inline)]
    public static Lanes256 operator *(Lanes256 a, Lanes256 b) => new() { _v0 = a._v0 * b._v0, _v1 = a._v1 * b._v1 };

    [MethodImpl(Inline)]
    public static Lanes256 operator /(Lanes256 a, Lanes256 b) => new() { _v0 = a._v0 / b._v0, _v1 = a._v1 / b._v1 };

    [MethodImpl(Inline)]
    public static Lanes256 operator -(Lanes256 a)
    {
        var sign = Vector256.Create(-0f);
        return new() { _v0 = a._v0 ^ sign, _v1 = a._v1 ^ sign };
    }

    [MethodImpl(Inline)]
    public static Lanes256 Fma(Lanes256 a, Lanes256 b, Lanes256 c) =>
        new() { _v0 = X86Fma.MultiplyAdd(a._v0, b._v0, c._v0), _v1 = X86Fma.MultiplyAdd(a._v1, b._v1, c._v1) };

    [MethodImpl(Inline)]
    public static void AddProduct(ref Lanes256 sum, Lanes256 a, Lanes256 b)
    {
        sum._v0 = X86Fma.MultiplyAdd(a._v0, b._v0, sum._v0);
        sum._v1 = X86Fma.MultiplyAdd(a._v1, b._v1, sum._v1);
    }

    [MethodImpl(Inline)]
    public static void AddProduct(ref Lanes256 sum, ref float a, Lanes256 b)
    {
        var all = Vector256.Create(a);
        sum._v0 = X86Fma.MultiplyAdd(b._v0, all, sum._v0);
        sum._v1 = X86Fma.MultiplyAdd(b._v1, all, sum._v1);
    }

    [MethodImpl(Inline)]
    public static void AddProduct(ref Lanes256 sum, Lanes256 a, ref float b, nint offset)
    {
        sum._v0 = X86Fma.MultiplyAdd(a._v0, Vector256.LoadUnsafe(ref b, (nuint)offset), sum._v0);
        sum._v1 = X86Fma.MultiplyAdd(a._v1, Vector256.LoadUnsafe(ref b, (nuint)offset + 8), sum._v1);
    }

    [MethodImpl(Inline)]
    public static Lanes256 Max(Lanes256 a, Lanes256 b) => new() { _v0 = Avx.Max(a._v0, b._v0), _v1 = Avx.Max(a._v1, b._v1) };

    [MethodImpl(Inline)]
    public static Lanes256 Min(Lanes256 a, Lanes256 b) => new() { _v0 = Avx.Min(a._v0, b._v0), _v1 = Avx.Min(a._v1, b._v1) };

    [MethodImpl(Inline)]
    public static Lanes256 Abs(Lanes256 a)
    {
        var magnitude = Vector256.Create(int.MaxValue).AsSingle();
        return new() { _v0 = a._v0 & magnitude, _v1 = a._v1 & magnitude };
    }

    [MethodImpl(Inline)]
    public static Lanes256 Sqrt(Lanes256 a) => new() { _v0 = Vector256.Sqrt(a._v0), _v1 = Vector256.Sqrt(a._v1) };

    [MethodImpl(Inline)]
    public static Lanes256 LessThan(Lanes256 a, Lanes256 b) =>
        new() { _v0 = Vector256.LessThan(a._v0, b._v0), _v1 = Vector256.LessThan(a._v1, b._v1) };

    [MethodImpl(Inline)]
    public static Lanes256 LessOrEqual(Lanes256 a, Lanes256 b) =>
        new() { _v0 = Vector256.LessThanOrEqual(a._v0, b._v0), _v1 = Vector256.LessThanOrEqual(a._v1, b._v1) };

    [MethodImpl(Inline)]
    public static Lanes256 Equal(Lanes256 a, Lanes256 b) => new() { _v0 = Vector256.Equals(a._v0, b._v0), _v1 = Vector256.Equals(a._v1, b._v1) };

    [MethodImpl(Inline)]
    public static Lanes256 Select(Lanes256 mask, Lanes256 a, Lanes256 b)
    {
        return new()
        {
            _v0 = Vector256.ConditionalSelect(mask._v0, a._v0, b._v0),
            _v1 = Vector256.ConditionalSelect(mask._v1, a._v1, b._v1),
        };
    }

    [MethodImpl(Inline)]
    public static Lanes256 FirstLanes(int count)
    {
        var lane = Vector256<int>.Indices;
        return new()
        {
            _v0 = Vector256.LessThan(lane, Vector256.Create(count)).AsSingle(),
            _v1 = Vector256.LessThan(lane, Vector256.Create(count - 8)).AsSingle(),
        };
    }

    [MethodImpl(Inline)]
    public static float SumLanes(Lanes256 a) => Fragment.SumLanes(a._v0 + a._v1);

    [MethodImpl(Inline)]
    public static float MaxLanes(Lanes256 a) => MaxHalves(a._v0, a._v1);

    [MethodImpl(Inline)]
    public static Lanes256 And(Lanes256 a, Lanes256 b) => new() { _v0 = a._v0 & b._v0, _v1 = a._v1 & b._v1 };

    [MethodImpl(Inline)]
    public static Lanes256 Or(Lanes256 a, Lanes256 b) => new() { _v0 = a._v0 | b._v0, _v1 = a._v1 | b._v1 };

    [MethodImpl(Inline)]
    public static Lanes256 AddBits(Lanes256 a, Lanes256 b)
    {
        return new()
        {
            _v0 = (a._v0.AsInt32() + b._v0.AsInt32()).AsSingle(),
            _v1 = (a._v1.AsInt32() + b._v1.AsInt32()).AsSingle(),
        };
    }

    [MethodImpl(Inline)]
    public static Lanes256 SubtractBits(Lanes256 a, Lanes256 b)
    {
        return new()
        {
            _v0 = (a._v0.AsInt32() - b._v0.AsInt32()).AsSingle(),
            _v1 = (a._v1.AsInt32() - b._v1.AsInt32()).AsSingle(),
        };
    }

    [MethodImpl(Inline)]
    public static Lanes256 ShiftBitsUp(Lanes256 a, int count)
    {
        return new()
        {
            _v0 = (a._v0.AsInt32() << count).AsSingle(),
            _v1 = (a._v1.AsInt32() << count).AsSingle(),
        };
    }

    [MethodImpl(Inline)]
    public static Lanes256 ShiftBitsDown(Lanes256 a, int count)
    {
        return new()
        {
            _v0 = (a._v0.AsInt32() >> count).AsSingle(),
            _v1 = (a._v1.AsInt32() >> count).AsSingle(),
        };
    }

    [MethodImpl(Inline)]
    public static Lanes256 ConvertBits(Lanes256 a)
    {
        return new()
        {
            _v0 = Vector256.ConvertToSingle(a._v0.AsInt32()),
            _v1 = Vector256.ConvertToSingle(a._v1.AsInt32()),
        };
    }

    /// <summary>The greatest of sixteen lanes, given as halves.</summary>
    [MethodImpl(Inline)]
    internal static float MaxHalves(Vector256<float> low, Vector256<float> high)
    {
        var m8 = Avx.Max(low, high);
        var m4 = Sse.Max(m8.GetLower(), m8.GetUpper());
        var m2 = Sse.Max(m4, Sse.MoveHighToLow(m4, m4));
        return Sse.MaxScalar(m2, Sse.Shuffle(m2, m2, 0x55)).ToScalar();
    }
}
