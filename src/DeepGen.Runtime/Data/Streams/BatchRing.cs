using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace DeepGen.Data;

/// <summary>
/// A ring of n batches between a thread that fills them and a caller who holds one. Batch b lies in slot b mod n; a slot is filled
/// again only when its batch has been given back: filled - released never exceeds n.
/// </summary>
internal sealed class BatchRing
{
    private readonly BatchBuffer[] _slots;
    private readonly int[] _counts;
    private readonly object _gate = new();
    private ExceptionDispatchInfo? _failure;
    private long _filled;
    private long _released;
    private bool _holds;
    private bool _ended = true;

    public BatchRing(SampleLayout layout, int batchSize, int slots)
    {
        _slots = new BatchBuffer[slots];
        _counts = new int[slots];
        for (int slot = 0; slot < slots; slot++)
        {
            _slots[slot] = new BatchBuffer(layout, batchSize);
        }
    }

    /// <summary>The samples of the batch that the caller holds.</summary>
    public ReadOnlySpan<long> Samples => _holds ? _slots[Held].Samples.AsSpan(0, _counts[Held]) : [];

    private int Held => (int)(_released % _slots.Length);

    /// <summary>Empties the ring, while nobody fills it.</summary>
    public void Start() => (_filled, _released, _holds, _ended, _failure) = (0, 0, false, false, null);

    /// <summary>The caller gives back the batch it holds and waits for the next; false at the end.</summary>
    public bool Next(CancellationToken cancellation, [MaybeNullWhen(false)] out Batch batch)
    {
        lock (_gate)
        {
            if (_holds)
            {
                _holds = false;
                _released++;
                Monitor.PulseAll(_gate);
            }

            while (true)
            {
                cancellation.ThrowIfCancellationRequested();
                if (_filled > _released)
                {
                    _holds = true;
                    batch = _slots[Held].Take(_counts[Held]);
                    return true;
                }

                if (_ended)
                {
                    _failure?.Throw();
                    batch = null;
                    return false;
                }

                Monitor.Wait(_gate);
            }
        }
    }

    /// <summary>The thread that fills waits for a free slot; null if it is to stop.</summary>
    public BatchBuffer? AwaitFree(CancellationToken stop)
    {
        lock (_gate)
        {
            while (_filled - _released == _slots.Length && !stop.IsCancellationRequested)
            {
                Monitor.Wait(_gate);
            }

            return stop.IsCancellationRequested ? null : _slots[(int)(_filled % _slots.Length)];
        }
    }

    /// <summary>The free slot has been filled.</summary>
    public void Publish(int count)
    {
        lock (_gate)
        {
            _counts[(int)(_filled % _slots.Length)] = count;
            _filled++;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>No more batches come, because of a failure or because there are none.</summary>
    public void End(ExceptionDispatchInfo? failure)
    {
        lock (_gate)
        {
            (_ended, _failure) = (true, failure);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Lets those who wait look at their tokens.</summary>
    public void Wake()
    {
        lock (_gate)
        {
            Monitor.PulseAll(_gate);
        }
    }
}
