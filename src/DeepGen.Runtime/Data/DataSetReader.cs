using System.Diagnostics.CodeAnalysis;

namespace DeepGen.Data;

/// <summary>Batch b of epoch e holds the samples order(seed, e)[b·size ..]; so to skip is to begin at a later b.</summary>
internal sealed class DataSetReader : BatchReader
{
    private readonly DataSet _data;
    private readonly BatchOptions _options;
    private readonly BatchBuffer _buffer;
    private readonly Augmenter? _augmenter;
    private readonly int[] _order;
    private readonly long _batches;
    private CancellationToken _cancellation;
    private long _next;
    private int _epoch;
    private int _count;

    public DataSetReader(DataSet data, BatchOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        (_data, _options) = (data, options);
        _buffer = new BatchBuffer(data.Layout, Math.Min(options.Size, Math.Max(data.Count, 1)), data.HasGraphs);
        _augmenter = Augmenter.For(data.Layout, options);
        _order = Permutation.Identity(data.Count);
        _batches = options.Batches(data.Count);
        if (_batches > 0 && !options.DropLast && data.Count % options.Size is > 0 and var last)
        {
            _buffer.Take(last);
        }
    }

    public override ReadOnlySpan<long> Samples => _buffer.Samples.AsSpan(0, _count);

    public override void Start(int epoch, int skip = 0, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        ArgumentOutOfRangeException.ThrowIfNegative(skip);
        (_epoch, _next, _count, _cancellation) = (epoch, skip, 0, cancellation);
        if (_options.Shuffle)
        {
            Permutation.Fill(_order, new CounterRandom(_options.Seed, "order").Derived(epoch));
        }
    }

    public override bool Next([MaybeNullWhen(false)] out Batch batch)
    {
        _cancellation.ThrowIfCancellationRequested();
        if (_next >= _batches)
        {
            _count = 0;
            batch = null;
            return false;
        }

        int first = (int)(_next++ * _options.Size);
        _count = Math.Min(_options.Size, _order.Length - first);
        for (int row = 0; row < _count; row++)
        {
            int sample = _order[first + row];
            _buffer.Samples[row] = sample;
            _data.CopyTo(sample, _buffer, row);
        }

        _buffer.Graphs?.Repack(_count);
        _augmenter?.Run(_buffer, _count, _epoch);
        batch = _buffer.Take(_count);
        return true;
    }
}
