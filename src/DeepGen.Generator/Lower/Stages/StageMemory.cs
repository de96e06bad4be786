using System.Collections.Immutable;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Lower;

/// <summary>
/// What outlives a stage: for every sample the values that a later stage reads (Kept), and what belongs to the batch (Values).
/// No two of the batch's share a place: a loop finds what an earlier one left. Those of samples do, see <see cref="KeptPlan"/>.
/// </summary>
internal sealed class StageMemory
{
    private readonly List<Buffer> _kept = [];

    /// <summary>In floats for each sample.</summary>
    public long KeptLength { get; set; }

    /// <summary>The first vector holds the number of samples.</summary>
    public long ValuesLength { get; private set; } = Lanes.Count;

    public IReadOnlyList<Buffer> Kept => _kept;

    public View NewKept(Shape shape, Border border, int copies = 1) =>
        View.Framed(shape, border, View.PadsRows(shape), (outer, padded) => Keep(copies * Lanes.RoundUp(View.Length(outer, padded)), !border.IsEmpty));

    public View NewValue(Shape shape, int copies = 1)
    {
        long length = Lanes.RoundUp(shape.ConstantLength);
        return View.Dense(Place(new Buffer(Memory.Values, 0, copies * length)), shape, paddedRows: false);
    }

    /// <summary>A value whose place is chosen later, beside the other sums of its stage.</summary>
    public static View NewSum(Shape shape) => View.Dense(new Buffer(Memory.Values, 0, shape.ConstantLength), shape, paddedRows: false);

    /// <summary>
    /// The same for filters [height, width, channels, outputs] of which each output's taps and channels are one run of whole
    /// vectors, as kernels want it that go through the outputs one by one.
    /// </summary>
    public static View NewSumByOutput(Shape filters)
    {
        Shape shape = filters.Permute([3, 0, 1, 2]);
        return View.Dense(new Buffer(Memory.Values, 0, View.Length(shape, paddedRows: true)), shape, paddedRows: true)
            .Permute(ImmutableArray.Create(1, 2, 3, 0)) with
        { PaddedRows = false };
    }

    public static bool IsByOutput(View filters) => filters.Strides[3] != 1;

    public Buffer Place(Buffer value)
    {
        value.Offset = ValuesLength;
        ValuesLength += Lanes.RoundUp(value.Length);
        return value;
    }

    private Buffer Keep(long length, bool hasBorder)
    {
        // An odd number of cache lines: a product whose depth is the batch reads one line of every sample, and those of even
        // numbers would crowd into few sets of the cache.
        long stride = length / Lanes.Count % 2 == 0 ? length + Lanes.Count : length;
        var buffer = new Buffer(Memory.Kept, _kept.Count, length) { HasSamples = true, SampleStride = stride };
        buffer.Borders = hasBorder ? FormattableString.Invariant($"kept{buffer.Index}") : null;
        _kept.Add(buffer);
        return buffer;
    }
}
