using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace DeepGen.Data;

/// <summary>
/// A ring of prefetch + 1 batches between a thread that fills them and the caller, who holds one. Batch b lies in slot b mod n; a
/// slot is filled again only when its batch has been given back: filled - released never exceeds n.
/// </summary>
internal sealed class StreamedReader : BatchReader
{
    private readonly StreamedData _data;
    private readonly BatchOptions _options;
    private readonly BatchBuffer[] _ring;
    private readonly int[] _counts;
    private readonly ShuffleWindow _window;
    private readonly Augmenter? _augmenter;
    private readonly object _gate = new();
    private Thread? _thread;
    private CancellationTokenSource? _stop;
    private CancellationTokenRegistration _wake;
    private CancellationToken _cancellation;
    private ExceptionDispatchInfo? _failure;
    private long _filled;
    private long _released;
    private bool _holds;
    private bool _ended = true;

    public StreamedReader(StreamedData data, BatchOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        (_data, _options) = (data, options);
        _ring = new BatchBuffer[options.Prefetch + 1];
        for (int slot = 0; slot < _ring.Length; slot++)
        {
            _ring[slot] = new BatchBuffer(data.Layout, options.Size);
        }

        _counts = new int[_ring.Length];
        _window = new ShuffleWindow(data.Layout, options.Shuffle ? options.ShuffleWindow : 1);
        _augmenter = Augmenter.For(data.Layout, options);
    }

    public override ReadOnlySpan<long> Samples => _holds ? _ring[Held].Samples.AsSpan(0, _counts[Held]) : [];

    private int Held => (int)(_released % _ring.Length);

    public override void Start(int epoch, int skip = 0, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        ArgumentOutOfRangeException.ThrowIfNegative(skip);
        Stop();
        (_filled, _released, _holds, _ended, _failure, _cancellation) = (0, 0, false, false, null, cancellation);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var token = _stop.Token;
        _wake = token.Register(Wake);
        _thread = new Thread(() => Fill(epoch, skip, token)) { IsBackground = true, Name = "DeepGen data" };
        _thread.Start();
    }

    public override bool Next([MaybeNullWhen(false)] out Batch batch)
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
                _cancellation.ThrowIfCancellationRequested();
                if (_filled > _released)
                {
                    _holds = true;
                    batch = _ring[Held].Take(_counts[Held]);
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

    protected override void Dispose(bool disposing) => Stop();

    private void Fill(int epoch, int skip, CancellationToken stop)
    {
        try
        {
            using var stream = _data.Open(epoch, stop);
            _window.Start(new CounterRandom(_options.Seed, "window").Derived(epoch));
            bool more = true;
            for (long left = (long)skip * _options.Size; more && left > 0 && !stop.IsCancellationRequested; left--)
            {
                more = _window.Draw(stream);
            }

            while (more && TryAwaitSlot(stop, out int slot))
            {
                more = FillBatch(stream, slot, epoch, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Nobody waits for more; a caller who cancelled is told by Next.
        }
        catch (Exception e)
        {
            _failure = ExceptionDispatchInfo.Capture(e);
        }

        lock (_gate)
        {
            _ended = true;
            Monitor.PulseAll(_gate);
        }
    }

    private bool FillBatch(IEnumerator<Sample> stream, int slot, int epoch, CancellationToken stop)
    {
        var buffer = _ring[slot];
        int count = 0;
        while (count < buffer.Size && !stop.IsCancellationRequested && _window.Draw(stream))
        {
            _window.Drawn.CopyTo(buffer, count);
            buffer.Samples[count++] = _window.Place;
        }

        bool full = count == buffer.Size;
        if (stop.IsCancellationRequested)
        {
            return false;
        }

        if (!full && _data.Count is { } announced && announced != _window.Read)
        {
            throw new InvalidOperationException($"a stream of {announced} samples was announced, it ended after {_window.Read}");
        }

        if (full || (count > 0 && !_options.DropLast))
        {
            _augmenter?.Run(buffer, count, epoch);
            lock (_gate)
            {
                _counts[slot] = count;
                _filled++;
                Monitor.PulseAll(_gate);
            }
        }

        return full;
    }

    private bool TryAwaitSlot(CancellationToken stop, out int slot)
    {
        lock (_gate)
        {
            while (_filled - _released == _ring.Length && !stop.IsCancellationRequested)
            {
                Monitor.Wait(_gate);
            }

            slot = (int)(_filled % _ring.Length);
            return !stop.IsCancellationRequested;
        }
    }

    private void Wake()
    {
        lock (_gate)
        {
            Monitor.PulseAll(_gate);
        }
    }

    private void Stop()
    {
        if (_thread is null)
        {
            return;
        }

        _stop!.Cancel();
        _thread.Join();
        _wake.Dispose();
        _stop.Dispose();
        _thread = null;
        _holds = false;
        (_filled, _released) = (0, 0);
    }
}
