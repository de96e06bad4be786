using System.Buffers;

namespace DeepGen.Runtime;

/// <summary>
/// The shape of one sample some of whose sizes are known at run time only. Callers' tensors have the sizes of the call; compiled
/// programs have room for the largest, so that their strides are constants. Where the two differ, values are moved.
/// </summary>
public sealed class OpenShape
{
    private readonly int[] _largest;
    private readonly int[] _sizes;
    private readonly int[] _offsets;

    /// <summary>Called by generated code.</summary>
    /// <param name="largest">The extents if every size is as large as it can be.</param>
    /// <param name="sizes">For each axis the number of its size among those of a call, or −1 for a constant.</param>
    /// <param name="offsets">What is added to the size.</param>
    public OpenShape(int[] largest, int[] sizes, int[] offsets)
    {
        _largest = largest;
        _sizes = sizes;
        _offsets = offsets;
        LargestLength = largest.Aggregate(1, (n, s) => checked(n * s));
    }

    /// <summary>How many values a sample has if every size is as large as it can be.</summary>
    public int LargestLength { get; }

    /// <summary>How many values a sample has.</summary>
    public int Length(ReadOnlySpan<int> sizes)
    {
        int length = 1;
        for (int axis = 0; axis < _largest.Length; axis++)
        {
            length *= Extent(axis, sizes);
        }

        return length;
    }

    /// <summary>The extents.</summary>
    public int[] Extents(ReadOnlySpan<int> sizes)
    {
        int[] extents = new int[_largest.Length];
        for (int axis = 0; axis < extents.Length; axis++)
        {
            extents[axis] = Extent(axis, sizes);
        }

        return extents;
    }

    /// <summary>A tensor as the program reads it: the caller's own where it has the largest sizes, else a copy, zeros around it.</summary>
    public OpenTensor<T> Widen<T>(ReadOnlySpan<T> values, int batch, ReadOnlySpan<int> sizes)
        where T : unmanaged
    {
        if (Length(sizes) == LargestLength)
        {
            return new OpenTensor<T>(values, null);
        }

        var rented = ArrayPool<T>.Shared.Rent(checked(batch * LargestLength));
        var wide = rented.AsSpan(0, batch * LargestLength);
        wide.Clear();
        int length = Length(sizes);
        for (int sample = 0; sample < batch; sample++)
        {
            Move(values.Slice(sample * length, length), wide.Slice(sample * LargestLength, LargestLength), sizes, 0, widens: true);
        }

        return new OpenTensor<T>(wide, rented);
    }

    /// <summary>Where the program writes a tensor: the caller's own place if it has the largest sizes, else one to be narrowed.</summary>
    public OpenTensor<float> Room(Span<float> values, int batch, ReadOnlySpan<int> sizes)
    {
        if (Length(sizes) == LargestLength)
        {
            return new OpenTensor<float>(values, null);
        }

        float[] rented = ArrayPool<float>.Shared.Rent(checked(batch * LargestLength));
        return new OpenTensor<float>(rented.AsSpan(0, batch * LargestLength), rented);
    }

    /// <summary>Moves what the program wrote to the caller.</summary>
    public void Narrow(OpenTensor<float> room, Span<float> values, int batch, ReadOnlySpan<int> sizes)
    {
        if (!room.IsRented)
        {
            return;
        }

        int length = Length(sizes);
        for (int sample = 0; sample < batch; sample++)
        {
            Move(room.Values.Slice(sample * LargestLength, LargestLength), values.Slice(sample * length, length), sizes, 0, widens: false);
        }
    }

    /// <summary>Takes the values of some sizes out of a sample of the largest.</summary>
    internal void NarrowSample(ReadOnlySpan<float> wide, Span<float> values, ReadOnlySpan<int> sizes) => Move(wide, values, sizes, 0, widens: false);

    private int Extent(int axis, ReadOnlySpan<int> sizes) => _sizes[axis] < 0 ? _largest[axis] : sizes[_sizes[axis]] + _offsets[axis];

    private void Move<T>(ReadOnlySpan<T> from, Span<T> to, ReadOnlySpan<int> sizes, int axis, bool widens)
    {
        bool isWhole = true;
        int wide = 1;
        int narrow = 1;
        for (int inner = axis + 1; inner < _largest.Length; inner++)
        {
            isWhole &= Extent(inner, sizes) == _largest[inner];
            wide *= _largest[inner];
            narrow *= Extent(inner, sizes);
        }

        int extent = axis < _largest.Length ? Extent(axis, sizes) : 1;
        if (isWhole)
        {
            from[..(extent * wide)].CopyTo(to);
            return;
        }

        for (int i = 0; i < extent; i++)
        {
            var source = widens ? from.Slice(i * narrow, narrow) : from.Slice(i * wide, wide);
            var target = widens ? to.Slice(i * wide, wide) : to.Slice(i * narrow, narrow);
            Move(source, target, sizes, axis + 1, widens);
        }
    }
}

/// <summary>A tensor as a program with room for the largest sizes sees it; disposing it gives back what it was lent.</summary>
/// <typeparam name="T">float or int.</typeparam>
public readonly ref struct OpenTensor<T>
    where T : unmanaged
{
    private readonly T[]? _rented;

    internal OpenTensor(ReadOnlySpan<T> values, T[]? rented)
    {
        Values = values;
        _rented = rented;
    }

    /// <summary>The values, samples one after another.</summary>
    public ReadOnlySpan<T> Values { get; }

    internal bool IsRented => _rented is not null;

    /// <summary>Gives back what was lent.</summary>
    public void Dispose()
    {
        if (_rented is not null)
        {
            ArrayPool<T>.Shared.Return(_rented);
        }
    }
}
