namespace DeepGen.Runtime;

/// <summary>
/// Sixteen lanes of float32, whatever the machine's registers hold. Every operation gives the same bits on every
/// instruction set that has fused multiply-add, so a program written over it gives the same numbers everywhere.
/// </summary>
/// <remarks>
/// A mask is a value whose lanes are all ones or all zeros, as the comparisons give it. The operations on bits take each
/// lane as a 32-bit integer.
/// </remarks>
/// <typeparam name="T">The implementing structure itself.</typeparam>
public interface ILanes<T>
    where T : struct, ILanes<T>
{
    /// <summary>Whether all sixteen lanes are one register, so that larger tiles pay.</summary>
    static abstract bool IsWide { get; }

    /// <summary>Sixteen zeros.</summary>
    static abstract T Zero { get; }

    /// <summary>One value in every lane.</summary>
    static abstract T Broadcast(float value);

    /// <summary>One pattern of bits in every lane.</summary>
    static abstract T BroadcastBits(int bits);

    /// <summary>The sixteen values from <paramref name="offset"/> on.</summary>
    static abstract T Load(ref float start, nint offset);

    /// <summary>The first <paramref name="count"/> values from <paramref name="offset"/> on, zeros in the other lanes; memory past them is not read.</summary>
    static abstract T LoadFirst(ref float start, nint offset, int count);

    /// <summary>Sixteen values, <paramref name="stride"/> values apart.</summary>
    static abstract T LoadStrided(ref float start, nint offset, nint stride);

    /// <summary>Eight values from <paramref name="first"/> on, then eight from <paramref name="second"/> on.</summary>
    static abstract T LoadHalves(ref float start, nint first, nint second);

    /// <summary>One value in the first eight lanes, another in the last eight.</summary>
    static abstract T BroadcastHalves(ref float first, ref float second);

    /// <summary>Stores the first eight lanes from <paramref name="first"/> on, and then the last eight from <paramref name="second"/> on.</summary>
    static abstract void StoreHalves(T value, ref float start, nint first, nint second);

    /// <summary>Stores sixteen values.</summary>
    static abstract void Store(T value, ref float start, nint offset);

    /// <summary>Stores the first <paramref name="count"/> lanes; memory past them is not written.</summary>
    static abstract void StoreFirst(T value, ref float start, nint offset, int count);

    /// <summary>The sixteen 16-bit values from <paramref name="offset"/> on as the upper halves of the lanes, the lower ones zeros: bfloat16 as float32.</summary>
    static abstract T LoadUpper(ref ushort start, nint offset);

    /// <summary>Stores the upper halves of sixteen lanes, which is bfloat16 where the lower ones are zeros.</summary>
    static abstract void StoreUpper(T value, ref ushort start, nint offset);

    /// <summary>a + b.</summary>
    static abstract T operator +(T a, T b);

    /// <summary>a - b.</summary>
    static abstract T operator -(T a, T b);

    /// <summary>a · b.</summary>
    static abstract T operator *(T a, T b);

    /// <summary>a / b.</summary>
    static abstract T operator /(T a, T b);

    /// <summary>a with its sign turned, zeros and NaN included.</summary>
    static abstract T operator -(T a);

    /// <summary>a · b + c, rounded once (without fused multiply-add in hardware: twice).</summary>
    static abstract T Fma(T a, T b, T c);

    /// <summary>Adds a · b to a sum, as <see cref="Fma"/> does; the register that has the sum keeps it.</summary>
    static abstract void AddProduct(ref T sum, T a, T b);

    /// <summary>The same with one value in memory in place of a; processors that can multiply by memory do.</summary>
    static abstract void AddProduct(ref T sum, ref float a, T b);

    /// <summary>The same with sixteen values in memory in place of b, from <paramref name="offset"/> on.</summary>
    static abstract void AddProduct(ref T sum, T a, ref float b, nint offset);

    /// <summary>a &gt; b ? a : b; so b where either is NaN.</summary>
    static abstract T Max(T a, T b);

    /// <summary>a &lt; b ? a : b; so b where either is NaN.</summary>
    static abstract T Min(T a, T b);

    /// <summary>a without its sign.</summary>
    static abstract T Abs(T a);

    /// <summary>The correctly rounded square root.</summary>
    static abstract T Sqrt(T a);

    /// <summary>The mask of a &lt; b; no where either is NaN.</summary>
    static abstract T LessThan(T a, T b);

    /// <summary>The mask of a ≤ b; no where either is NaN.</summary>
    static abstract T LessOrEqual(T a, T b);

    /// <summary>The mask of a = b; no where either is NaN.</summary>
    static abstract T Equal(T a, T b);

    /// <summary>a where the mask is set, b elsewhere.</summary>
    static abstract T Select(T mask, T a, T b);

    /// <summary>The mask of the first <paramref name="count"/> lanes; the count may be below 0 or above 16.</summary>
    static abstract T FirstLanes(int count);

    /// <summary>The sum of all lanes by halving: lane i and i + 8, then i + 4, i + 2, i + 1.</summary>
    static abstract float SumLanes(T a);

    /// <summary>The greatest lane by halving in the same order, each step being <see cref="Max"/>.</summary>
    static abstract float MaxLanes(T a);

    /// <summary>Bitwise and.</summary>
    static abstract T And(T a, T b);

    /// <summary>Bitwise or.</summary>
    static abstract T Or(T a, T b);

    /// <summary>The sum of the lanes as integers, wrapping.</summary>
    static abstract T AddBits(T a, T b);

    /// <summary>The difference of the lanes as integers, wrapping.</summary>
    static abstract T SubtractBits(T a, T b);

    /// <summary>Each lane's bits moved up, zeros following.</summary>
    static abstract T ShiftBitsUp(T a, int count);

    /// <summary>Each lane's bits moved down, the topmost one repeated.</summary>
    static abstract T ShiftBitsDown(T a, int count);

    /// <summary>The lanes' integers as floats, rounded to nearest.</summary>
    static abstract T ConvertBits(T a);
}
