using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

#pragma warning disable CS1591 // Every member is documented on ILanes.

namespace DeepGen.Runtime;

/// <summary>Sixteen lanes in one AVX-512 register. To be used only where <see cref="InstructionSet.Avx512"/> holds.</summary>
public struct Lanes512 : ILanes<Lanes512>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private Vector512<float> _v;

    public static bool IsWide
    {
        [MethodImpl(Inline)]
        get => true;
    }

    public static Lanes512 Zero
    {
        [MethodImpl(Inline)]
        get => new() { _v = Vector512<float>.Zero };
    }

    [MethodImpl(Inline)]
    public static Lanes512 Broadcast(float value) => new() { _v = Vector512.Create(value) };

    [MethodImpl(Inline)]
    public static Lanes512 BroadcastBits(int bits) => new() { _v = Vector512.Create(bits).AsSingle() };

    [MethodImpl(Inline)]
    public static Lanes512 Load(ref float start, nint offset) => new() { _v = Vector512.LoadUnsafe(ref Unsafe.Add(ref start, offset)) };

    [MethodImpl(Inline)]
    public static Lanes512 LoadFirst(ref float start, nint offset, int count)
    {
        ref float at = ref Unsafe.Add(ref start, offset);
        var low = Vector256.Create(Fragment.Load(ref at, count), Fragment.Load(ref Unsafe.Add(ref at, 4), count - 4));
        var high = Vector256.Create(Fragment.Load(ref Unsafe.Add(ref at, 8), count - 8), Fragment.Load(ref Unsafe.Add(ref at, 12), count - 12));
        return new() { _v = Vector512.Create(low, high) };
    }

    [MethodImpl(Inline)]
    public static Lanes512 LoadStrided(ref float start, nint offset, nint stride)
    {
        ref float at = ref Unsafe.Add(ref start, offset);
        var low = Vector256.Create(Fragment.Load(ref at, stride, 0), Fragment.Load(ref at, stride, 4));
        var high = Vector256.Create(Fragment.Load(ref at, stride, 8), Fragment.Load(ref at, stride, 12));
        return new() { _v = Vector512.Create(low, high) };
    }

    [MethodImpl(Inline)]
    public static Lanes512 LoadHalves(ref float start, nint first, nint second)
    {
        var low = Vector256.LoadUnsafe(ref Unsafe.Add(ref start, first));
        return new() { _v = Vector512.Create(low, Vector256.LoadUnsafe(ref Unsafe.Add(ref start, second))) };
    }

    [MethodImpl(Inline)]
    public static Lanes512 BroadcastHalves(ref float first, ref float second) =>
        new() { _v = Vector512.Create(Vector256.Create(first), Vector256.Create(second)) };

    [MethodImpl(Inline)]
    public static void StoreHalves(Lanes512 value, ref float start, nint first, nint second)
    {
        value._v.GetLower().StoreUnsafe(ref Unsafe.Add(ref start, first));
        value._v.GetUpper().StoreUnsafe(ref Unsafe.Add(ref start, second));
    }

    [MethodImpl(Inline)]
    public static void Store(Lanes512 value, ref float start, nint offset) => value._v.StoreUnsafe(ref Unsafe.Add(ref start, offset));

    [MethodImpl(Inline)]
    public static void StoreFirst(Lanes512 value, ref float start, nint offset, int count)
    {
        ref float at = ref Unsafe.Add(ref start, offset);
        if (count == 8)
        {
            value._v.GetLower().StoreUnsafe(ref at);
            return;
        }

        Fragment.Store(value._v.GetLower().GetLower(), ref at, count);
        Fragment.Store(value._v.GetLower().GetUpper(), ref Unsafe.Add(ref at, 4), count - 4);
        Fragment.Store(value._v.GetUpper().GetLower(), ref Unsafe.Add(ref at, 8), count - 8);
        Fragment.Store(value._v.GetUpper().GetUpper(), ref Unsafe.Add(ref at, 12), count - 12);
    }

    [MethodImpl(Inline)]
    public static Lanes512 LoadUpper(ref ushort start, nint offset) =>
        new() { _v = (Avx512F.ConvertToVector512UInt32(Vector256.LoadUnsafe(ref Unsafe.Add(ref start, offset))) << 16).AsSingle() };

    [MethodImpl(Inline)]
    public static void StoreUpper(Lanes512 value, ref ushort start, nint offset) =>
        Avx512F.ConvertToVector256UInt16(value._v.AsUInt32() >>> 16).StoreUnsafe(ref Unsafe.Add(ref start, offset));

    [MethodImpl(Inline)]
    public static Lanes512 operator +(Lanes512 a, Lanes512 b) => new() { _v = a._v + b._v };

    [MethodImpl(Inline)]
    public static Lanes512 operator -(Lanes512 a, Lanes512 b) => new() { _v = a._v - b._v };

    [MethodImpl(Inline)]
    public static Lanes512 operator *(Lanes512 a, Lanes512 b) => new() { _v = a._v * b._v };

    [MethodImpl(Inline)]
    public static Lanes512 operator /(Lanes512 a, Lanes512 b) => new() { _v = a._v / b._v };

    [MethodImpl(Inline)]
    public static Lanes512 operator -(Lanes512 a) => new() { _v = a._v ^ Vector512.Create(-0f) };

    [MethodImpl(Inline)]
    public static Lanes512 Fma(Lanes512 a, Lanes512 b, Lanes512 c) => new() { _v = Avx512F.FusedMultiplyAdd(a._v, b._v, c._v) };

    [MethodImpl(Inline)]
    public static void AddProduct(ref Lanes512 sum, Lanes512 a, Lanes512 b) => sum._v = Avx512F.FusedMultiplyAdd(a._v, b._v, sum._v);

    [MethodImpl(Inline)]
    public static void AddProduct(ref Lanes512 sum, ref float a, Lanes512 b) => sum._v = Avx512F.FusedMultiplyAdd(Vector512.Create(a), b._v, sum._v);

    [MethodImpl(Inline)]
    public static void AddProduct(ref Lanes512 sum, Lanes512 a, ref float b, nint offset) =>
        sum._v = Avx512F.FusedMultiplyAdd(a._v, Vector512.LoadUnsafe(ref b, (nuint)offset), sum._v);

    [MethodImpl(Inline)]
    public static Lanes512 Max(Lanes512 a, Lanes512 b) => new() { _v = Avx512F.Max(a._v, b._v) };

    [MethodImpl(Inline)]
    public static Lanes512 Min(Lanes512 a, Lanes512 b) => new() { _v = Avx512F.Min(a._v, b._v) };

    [MethodImpl(Inline)]
    public static Lanes512 Abs(Lanes512 a) => new() { _v = (a._v.AsInt32() & Vector512.Create(int.MaxValue)).AsSingle() };

    [MethodImpl(Inline)]
    public static Lanes512 Sqrt(Lanes512 a) => new() { _v = Vector512.Sqrt(a._v) };

    [MethodImpl(Inline)]
    public static Lanes512 LessThan(Lanes512 a, Lanes512 b) => new() { _v = Vector512.LessThan(a._v, b._v) };

    [MethodImpl(Inline)]
    public static Lanes512 LessOrEqual(Lanes512 a, Lanes512 b) => new() { _v = Vector512.LessThanOrEqual(a._v, b._v) };

    [MethodImpl(Inline)]
    public static Lanes512 Equal(Lanes512 a, Lanes512 b) => new() { _v = Vector512.Equals(a._v, b._v) };

    [MethodImpl(Inline)]
    public static Lanes512 Select(Lanes512 mask, Lanes512 a, Lanes512 b) => new() { _v = Vector512.ConditionalSelect(mask._v, a._v, b._v) };

    [MethodImpl(Inline)]
    public static Lanes512 FirstLanes(int count) => new() { _v = Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).AsSingle() };

    [MethodImpl(Inline)]
    public static float SumLanes(Lanes512 a) => Fragment.SumLanes(a._v.GetLower() + a._v.GetUpper());

    [MethodImpl(Inline)]
    public static float MaxLanes(Lanes512 a) => Lanes256.MaxHalves(a._v.GetLower(), a._v.GetUpper());

    [MethodImpl(Inline)]
    public static Lanes512 And(Lanes512 a, Lanes512 b) => new() { _v = a._v & b._v };

    [MethodImpl(Inline)]
    public static Lanes512 Or(Lanes512 a, Lanes512 b) => new() { _v = a._v | b._v };

    [MethodImpl(Inline)]
    public static Lanes512 AddBits(Lanes512 a, Lanes512 b) => new() { _v = (a._v.AsInt32() + b._v.AsInt32()).AsSingle() };

    [MethodImpl(Inline)]
    public static Lanes512 SubtractBits(Lanes512 a, Lanes512 b) => new() { _v = (a._v.AsInt32() - b._v.AsInt32()).AsSingle() };

    [MethodImpl(Inline)]
    public static Lanes512 ShiftBitsUp(Lanes512 a, int count) => new() { _v = (a._v.AsInt32() << count).AsSingle() };

    [MethodImpl(Inline)]
    public static Lanes512 ShiftBitsDown(Lanes512 a, int count) => new() { _v = (a._v.AsInt32() >> count).AsSingle() };

    [MethodImpl(Inline)]
    public static Lanes512 ConvertBits(Lanes512 a) => new() { _v = Vector512.ConvertToSingle(a._v.AsInt32()) };
}
