using System.Collections.Immutable;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Lower;

/// <summary>
/// How a tensor's elements lie in a buffer: element (i, j, …) at Offset + i·Strides[0] + j·Strides[1] + …. The sample
/// axis (BatchAxis, −1 if there is none) has the buffer's SampleStride, which is fixed only when all kernels are known.
/// </summary>
internal sealed record View(
    Buffer Buffer,
    long Offset,
    ImmutableArray<long> Strides,
    int BatchAxis,
    ImmutableArray<AddressTerm> Terms,
    bool PerSample,
    bool PaddedRows)
{
    /// <summary>Last axes at least this long are padded to whole vectors, so that every store is a full one.</summary>
    public const int ShortestPaddedRow = 8;

    /// <summary>What is known to lie around an image; a view of anything but the whole image knows of nothing.</summary>
    public Border Frame { get; init; }

    public static View Dense(Buffer buffer, Shape shape, bool paddedRows, long offset = 0)
    {
        var strides = new long[shape.Rank];
        long stride = 1;
        int batchAxis = -1;
        for (int axis = shape.Rank - 1; axis >= 0; axis--)
        {
            if (shape[axis].IsBatch)
            {
                batchAxis = axis;
                continue;
            }

            strides[axis] = stride;
            stride *= paddedRows && axis == shape.Rank - 1 ? Lanes.RoundUp(shape[axis].Value) : shape[axis].Value;
        }

        return new View(
            buffer, offset, strides.ToImmutableArray(), batchAxis, ImmutableArray<AddressTerm>.Empty, batchAxis >= 0, paddedRows);
    }

    /// <summary>
    /// Whether rows are padded. Not where half a vector would be padding and rows follow one another: then two rows are a whole vector.
    /// </summary>
    public static bool PadsRows(Shape shape)
    {
        if (shape.Rank == 0 || shape[shape.Rank - 1].IsBatch || shape[shape.Rank - 1].Value < ShortestPaddedRow)
        {
            return false;
        }

        bool leavesHalf = shape[shape.Rank - 1] is { IsConstant: true } row && row.Value % Lanes.Count == Lanes.Half;
        return !leavesHalf || shape.Take(shape.Rank - 1).All(s => s.IsBatch || s == (Size)1);
    }

    /// <summary>The elements of one sample, and what pads their rows.</summary>
    public static long Length(Shape shape, bool paddedRows)
    {
        long length = 1;
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            if (!shape[axis].IsBatch)
            {
                length *= paddedRows && axis == shape.Rank - 1 ? Lanes.RoundUp(shape[axis].Value) : shape[axis].Value;
            }
        }

        return length;
    }

    /// <summary>An image within its border, or any other tensor without one, in a buffer made for the whole of it.</summary>
    public static View Framed(Shape shape, Border border, bool paddedRows, Func<Shape, bool, Buffer> buffer)
    {
        Shape outer = border.IsEmpty
            ? shape
            : shape.With(1, shape[1].Value + border.Top + border.Bottom).With(2, shape[2].Value + border.Left + border.Right);
        View whole = Dense(buffer(outer, paddedRows), outer, paddedRows);
        return border.IsEmpty
            ? whole
            : whole.Slice(1, border.Top, 1).Slice(2, border.Left, 1) with { PaddedRows = paddedRows, Frame = border };
    }

    /// <summary>The view without the sample axis of a tensor of this shape: what a kernel for one sample walks.</summary>
    public View OfOneSample(Shape shape) => this with
    {
        Strides = Strides.Where((_, axis) => !shape[axis].IsBatch).ToImmutableArray(),
        BatchAxis = -1,
    };

    /// <summary>Whether both are the same elements in the same order.</summary>
    public bool IsSame(View other) =>
        Buffer == other.Buffer && Offset == other.Offset && Strides.SequenceEqual(other.Strides) && Terms.SequenceEqual(other.Terms);

    /// <summary>Whether one is what an iteration reads of a carried value and the other what it writes.</summary>
    public bool IsOtherHalf(View other) => Buffer == other.Buffer && Terms.Where(t => t.Alternates).Any(t =>
        other.Offset == Offset + t.Stride && other.Terms.Contains(t with { Stride = -t.Stride }));

    /// <summary>Behind the last element, if the axes go so far.</summary>
    public long End(IEnumerable<int> sizes) => Offset + Strides.Zip(sizes, (stride, size) => stride * (size - 1)).Sum() + 1;

    /// <summary>Whether both are parts of the same memory that move alike with the loops around, and go ahead along their axes.</summary>
    public bool IsComparable(View other) =>
        Buffer == other.Buffer && Terms.SequenceEqual(other.Terms) && Strides.Concat(other.Strides).All(s => s >= 0);

    /// <summary>Whether any element of one, whose axes go so far, may be an element of the other.</summary>
    public bool MayMeet(IReadOnlyList<int> sizes, View other, IReadOnlyList<int> otherSizes) =>
        Buffer == other.Buffer && !IsOtherHalf(other)
        && (!IsComparable(other) || (Offset < other.End(otherSizes) && other.Offset < End(sizes)));

    /// <summary>Whether both say that each element of a tensor of this shape lies in the same place.</summary>
    public bool IsAt(View other, Shape shape) =>
        Buffer == other.Buffer && Offset == other.Offset && Terms.SequenceEqual(other.Terms)
        && Enumerable.Range(0, shape.Rank).All(axis => shape[axis] == 1 || Strides[axis] == other.Strides[axis]);

    public View Permute(ImmutableArray<int> permutation) => this with
    {
        Strides = permutation.Select(a => Strides[a]).ToImmutableArray(),
        BatchAxis = BatchAxis < 0 ? -1 : permutation.IndexOf(BatchAxis),
        Frame = default,
    };

    public View Broadcast(int rank, IReadOnlyList<int> axes)
    {
        var strides = new long[rank];
        for (int i = 0; i < axes.Count; i++)
        {
            strides[axes[i]] = Strides[i];
        }

        return this with { Strides = strides.ToImmutableArray(), BatchAxis = BatchAxis < 0 ? -1 : axes[BatchAxis], Frame = default };
    }

    public View Slice(int axis, int start, int step) => this with
    {
        Offset = Offset + (start * Strides[axis]),
        Strides = Strides.SetItem(axis, Strides[axis] * step),
        PaddedRows = PaddedRows && axis != Strides.Length - 1,
        Frame = default,
    };

    /// <summary>Element number size − 1 along an axis, which stays as one of one element.</summary>
    public View RowAt(int axis, Size size) => this with
    {
        Offset = Offset + (((size.IsOpen ? size.Offset : size.Value) - 1) * Strides[axis]),
        Terms = size.IsOpen ? Terms.Add(new AddressTerm(LoopVariable.Of(size), Strides[axis], Alternates: false)) : Terms,
        PaddedRows = PaddedRows && axis != Strides.Length - 1,
        Frame = default,
    };

    public View Reverse(int axis, Size size) => this with
    {
        Offset = Offset + (((size.IsOpen ? size.Offset : size.Value) - 1) * Strides[axis]),
        Terms = size.IsOpen ? Terms.Add(new AddressTerm(LoopVariable.Of(size), Strides[axis], Alternates: false)) : Terms,
        Strides = Strides.SetItem(axis, -Strides[axis]),
        PaddedRows = false,
        Frame = default,
    };

    /// <summary>The element of a leading axis that a Repeat's counter selects.</summary>
    public View At(LoopVariable variable) => this with
    {
        Strides = Strides.RemoveAt(0),
        BatchAxis = BatchAxis - 1 < 0 ? -1 : BatchAxis - 1,
        Terms = Terms.Add(new AddressTerm(variable, Strides[0], Alternates: false)),
        Frame = default,
    };

    /// <summary>The same elements under another shape, or null where no strides can say it.</summary>
    public View? Reshape(Shape from, Shape to)
    {
        var strides = new long[to.Rank];
        int batchAxis = -1;
        int source = 0;
        for (int axis = 0; axis < to.Rank;)
        {
            if (!to[axis].IsConstant)
            {
                // The batch, and a size known at run time only, stay axes of their own.
                while (source < from.Rank && from[source].IsConstant && from[source].Value == 1)
                {
                    source++;
                }

                if (source >= from.Rank || from[source] != to[axis])
                {
                    return null;
                }

                batchAxis = to[axis].IsBatch ? axis : batchAxis;
                strides[axis++] = Strides[source++];
                continue;
            }

            // Match the shortest run of target axes with a run of source axes of the same number of elements.
            int firstTarget = axis;
            int firstSource = source;
            long targets = to[axis++].Value;
            long sources = 1;
            while (sources != targets || (sources == 1 && source < from.Rank && from[source].IsConstant && from[source].Value == 1))
            {
                if (sources < targets || sources == 1)
                {
                    if (source >= from.Rank || !from[source].IsConstant)
                    {
                        return null;
                    }

                    sources *= from[source++].Value;
                }
                else
                {
                    if (axis >= to.Rank || !to[axis].IsConstant)
                    {
                        return null;
                    }

                    targets *= to[axis++].Value;
                }
            }

            long? stride = RunStride(from, firstSource, source);
            if (stride is null)
            {
                return null;
            }

            long next = stride.Value;
            for (int target = axis - 1; target >= firstTarget; target--)
            {
                strides[target] = next;
                next *= to[target].Value;
            }
        }

        bool sameRows = PaddedRows && from.Rank > 0 && to.Rank > 0 && from[from.Rank - 1] == to[to.Rank - 1];
        return this with { Strides = strides.ToImmutableArray(), BatchAxis = batchAxis, PaddedRows = sameRows, Frame = default };
    }

    /// <summary>The stride of the innermost element if the axes of the run can be walked as one; null if not.</summary>
    private long? RunStride(Shape from, int first, int end)
    {
        long? inner = null;
        long expected = 0;
        for (int axis = end - 1; axis >= first; axis--)
        {
            int size = from[axis].Value;
            if (size == 1)
            {
                continue;
            }

            if (inner is null)
            {
                inner = Strides[axis];
            }
            else if (Strides[axis] != expected)
            {
                return null;
            }

            expected = Strides[axis] * size;
        }

        return inner ?? 0;
    }
}

internal static class Lanes
{
    /// <summary>The number of virtual lanes: every reduction along a vector has sixteen, whatever the machine's width.</summary>
    public const int Count = 16;

    /// <summary>Half of them, which is what many registers hold.</summary>
    public const int Half = Count / 2;

    public static long RoundUp(long size) => (size + Count - 1) / Count * Count;
}
