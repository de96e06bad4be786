using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace DeepGen.Data;

/// <summary>A thread for each epoch: stream → window → batch → augmentation → ring, of which the caller takes.</summary>
internal sealed class StreamedReader : BatchReader
{
    private readonly StreamedData _data;
    private readonly BatchOptions _options;
    private readonly BatchRing _ring;
    private readonly ShuffleWindow _window;
    private readonly Augmenter? _augmenter;
    private Thread? _thread;
    private CancellationTokenSource? _stop;
    private CancellationTokenRegistration _wake;
    private CancellationToken _cancellation;

    public StreamedReader(StreamedData data, BatchOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        (_data, _options) = (data, options);
        _ring = new BatchRing(data.Layout, options.Size, options.Prefetch + 1);
        _window = new ShuffleWindow(data.Layout, options.Shuffle ? options.ShuffleWindow : 1);
        _augmenter = Augmenter.For(data.Layout, options);
    }

    public override ReadOnlySpan<long> Samples => _ring.Samples;

    public override void Start(int epoch, int skip = 0, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        ArgumentOutOfRangeException.ThrowIfNegative(skip);
        Stop();
        _ring.Start();
        _cancellation = cancellation;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var stop = _stop.Token;
        _wake = stop.Register(_ring.Wake);
        _thread = new Thread(() => Fill(epoch, skip, stop)) { IsBackground = true, Name = "DeepGen data" };
        _thread.Start();
    }

    public override bool Next([MaybeNullWhen(false)] out Batch batch) => _ring.Next(_cancellation, out batch);

    protected override void Dispose(bool disposing)
    {
        Stop();
        _ring.Start();
        _ring.End(null);
    }

    private void Fill(int epoch, int skip, CancellationToken stop)
    {
        ExceptionDispatchInfo? failure = null;
        try
        {
            using var stream = _data.Open(epoch, stop);
            _window.Start(new CounterRandom(_options.Seed, "window").Derived(epoch));
            bool more = true;
            for (long left = (long)skip * _options.Size; more && left > 0 && !stop.IsCancellationRequested; left--)
            {
                more = _window.Draw(stream);
            }

            while (more && _ring.AwaitFree(stop) is { } buffer)
            {
                more = FillBatch(stream, buffer, epoch, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Nobody waits for more; a caller who cancelled is told by Next.
        }
        catch (Exception e)
        {
            failure = ExceptionDispatchInfo.Capture(e);
        }

        _ring.End(failure);
    }

    /// <summary>Whether there may be another batch.</summary>
    private bool FillBatch(IEnumerator<Sample> stream, BatchBuffer buffer, int epoch, CancellationToken stop)
    {
        int count = 0;
        while (count < buffer.Size && !stop.IsCancellationRequested && _window.Draw(stream))
        {
            _window.Drawn.CopyTo(buffer, count);
            buffer.Samples[count++] = _window.Place;
        }

        if (stop.IsCancellationRequested)
        {
            return false;
        }

        bool full = count == buffer.Size;
        if (!full && _data.Count is { } announced && announced != _window.Read)
        {
            throw new InvalidOperationException($"a stream of {announced} samples was announced, it ended after {_window.Read}");
        }

        if (full || (count > 0 && !_options.DropLast))
        {
            _augmenter?.Run(buffer, count, epoch);
            _ring.Publish(count);
        }

        return full;
    }

    private void Stop()
    {
        if (_thread is not null)
        {
            _stop!.Cancel();
            _thread.Join();
            _wake.Dispose();
            _stop.Dispose();
            _thread = null;
        }
    }
}
