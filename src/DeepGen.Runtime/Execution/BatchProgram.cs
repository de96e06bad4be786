using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DeepGen.Runtime;

/// <summary>
/// Runs a kernel over the samples of a batch, in chunks. No sum crosses samples, so results do not depend on the number of
/// threads, nor on who does a part. Nothing is allocated once every thread has had its workspace.
/// </summary>
public sealed unsafe class BatchProgram
{
    /// <summary>Scratch memory up to this many floats is taken from the stack, which costs nothing: 16 KiB.</summary>
    private const int StackFloats = 4096;

    private readonly int _chunk;
    private readonly int _fewest;
    private readonly long _work;
    private readonly Pace _pace;
    private readonly ChunkBody _body;
    private readonly SingleBody? _single;
    private readonly ShareBody? _share;
    private readonly int _steps;
    private readonly WorkspacePool? _workspaces;

    /// <summary>Called by generated code, once for a network and reading.</summary>
    /// <param name="chunk">How many samples the kernel takes at a time.</param>
    /// <param name="fewest">How many samples a part of the batch has at least, if threads have one each.</param>
    /// <param name="workspaceLength">How many floats of scratch memory it needs.</param>
    /// <param name="zeroed">Whether it reads zeros where it never wrote: the borders of images.</param>
    /// <param name="work">Multiply-adds for each sample, by which threads are dealt out.</param>
    /// <param name="body">The kernel.</param>
    public BatchProgram(int chunk, int fewest, int workspaceLength, bool zeroed, int work, ChunkBody body)
        : this(chunk, fewest, workspaceLength, zeroed, work, body, null, null, 1)
    {
    }

    private BatchProgram(int chunk, int fewest, int workspaceLength, bool zeroed, int work, ChunkBody body, SingleBody? single, ShareBody? share, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(chunk, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(fewest, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        (_single, _share, _steps) = (single, share, steps);
        _work = work;
        _pace = new Pace(work);
        _chunk = chunk;
        _fewest = fewest;
        _body = body;
        _workspaces = zeroed || share is not null || workspaceLength > StackFloats ? new WorkspacePool(workspaceLength) : null;
    }

    /// <summary>The same with a kernel for one sample, of a small program with one input and one output.</summary>
    /// <param name="chunk">How many samples the kernel takes at a time.</param>
    /// <param name="fewest">How many samples a part of the batch has at least, if threads have one each.</param>
    /// <param name="workspaceLength">How many floats of scratch memory it needs.</param>
    /// <param name="zeroed">Whether it reads zeros where it never wrote.</param>
    /// <param name="work">Multiply-adds for each sample.</param>
    /// <param name="singleLength">How many floats of scratch memory the kernel for one sample needs.</param>
    /// <param name="body">The kernel.</param>
    public static BatchProgram WithSingle<T>(int chunk, int fewest, int workspaceLength, bool zeroed, int work, int singleLength, ChunkBody body)
        where T : struct, ISingleSample
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(singleLength, SingleSample.Floats);
        return new BatchProgram(chunk, fewest, workspaceLength, zeroed, work, body, SingleSample.Body<T>(), null, 1);
    }

    /// <summary>The same of wide layers, whose steps threads can share: where there are fewer samples than give each of them a chunk.</summary>
    /// <param name="chunk">How many samples the kernel takes at a time.</param>
    /// <param name="fewest">How many samples a part of the batch has at least, if threads have one each.</param>
    /// <param name="workspaceLength">How many floats of scratch memory it needs.</param>
    /// <param name="zeroed">Whether it reads zeros where it never wrote.</param>
    /// <param name="work">Multiply-adds for each sample.</param>
    /// <param name="steps">How many steps there are.</param>
    /// <param name="body">The kernel.</param>
    /// <param name="share">A part of a step of it.</param>
    public static BatchProgram WithShares(int chunk, int fewest, int workspaceLength, bool zeroed, int work, int steps, ChunkBody body, ShareBody share) =>
        new(chunk, fewest, workspaceLength, zeroed, work, body, null, share, steps);

    /// <summary>Runs one input to one output, once both are found to fit: the whole of a plain prediction.</summary>
    /// <remarks>What comes before one sample of a small program must be short, since the sample is; no value lies in a register across a call.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Run(
        PreparedWeights weights, int threads, ReadOnlySpan<float> input, int inputLength, string inputName, Span<float> output, int outputLength, string outputName)
    {
        if (_single is { } single && input.Length == inputLength && output.Length == outputLength && !input.Overlaps(output) && weights.Current is { } current)
        {
            single(ref current.Start, ref MemoryMarshal.GetReference(input), ref MemoryMarshal.GetReference(output));
        }
        else
        {
            RunChecked(weights, threads, input, inputLength, inputName, output, outputLength, outputName);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void RunChecked(
        PreparedWeights weights, int threads, ReadOnlySpan<float> input, int inputLength, string inputName, Span<float> output, int outputLength, string outputName)
    {
        int batch = Arguments.Batch(input.Length, inputLength, inputName);
        Arguments.Output(output.Length, batch, outputLength, outputName);
        Arguments.Apart(input, output, inputName, outputName);
        Run(weights, threads, batch, input, output);
    }

    /// <summary>Runs one input to one output.</summary>
    public void Run(PreparedWeights weights, int threads, int batch, ReadOnlySpan<float> input, Span<float> output)
    {
        if (batch == 1 && _single is { } single)
        {
            single(ref weights.Start, ref MemoryMarshal.GetReference(input), ref MemoryMarshal.GetReference(output));
        }
        else
        {
            RunPinned(weights, threads, batch, input, output);
        }
    }

    /// <summary>Apart, since pinning locals cost even a call that does not reach them.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void RunPinned(PreparedWeights weights, int threads, int batch, ReadOnlySpan<float> input, Span<float> output)
    {
        fixed (float* a = input, b = output)
        {
            var pinned = new Pair { Input = a, Output = b };
            Run(weights, threads, batch, new Feed((void**)&pinned));
        }
    }

    /// <summary>Runs up to sixteen tensors.</summary>
    public void Run(PreparedWeights weights, int threads, int batch, scoped in FeedBuilder tensors) =>
        tensors.Run(this, weights, threads, batch);

    /// <summary>Runs any number of inputs to any number of outputs.</summary>
    public void Run(
        PreparedWeights weights, int threads, int batch, ReadOnlySpan<ReadOnlyMemory<float>> inputs, ReadOnlySpan<Memory<float>> outputs)
    {
        const int Few = 64;
        int count = inputs.Length + outputs.Length;
        fixed (nint* pinned = count <= Few ? stackalloc nint[Few] : new nint[count])
        {
            Run(weights, threads, batch, inputs, outputs, new Feed((void**)pinned), 0);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Run(PreparedWeights weights, int threads, int batch, Feed feed)
    {
        if (threads <= 1 || WorkerPool.IsLittle(_work * batch) || !TryShare(weights, threads, batch, feed))
        {
            RunPart(feed, ref weights.Start, 0, batch);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void RunPart(Feed feed, ref float weights, int first, int end)
    {
        if (_workspaces is { } workspaces)
        {
            RunRented(workspaces, feed, ref weights, first, end);
        }
        else
        {
            RunOnStack(feed, ref weights, first, end);
        }
    }

    private void RunRented(WorkspacePool workspaces, Feed feed, ref float weights, int first, int end)
    {
        var workspace = workspaces.Rent();
        try
        {
            for (; first < end; first += _chunk)
            {
                _body(in feed, ref weights, ref workspace.Start, first, Math.Min(_chunk, end - first));
            }
        }
        finally
        {
            workspace.Return();
        }
    }

    /// <summary>Small programs need no rented memory, and none of the interlocked instructions that renting takes.</summary>
    [SkipLocalsInit]
    private void RunOnStack(Feed feed, ref float weights, int first, int end)
    {
        const int Alignment = 64;
        byte* scratch = stackalloc byte[(StackFloats * sizeof(float)) + (2 * Alignment)];
        ref float workspace = ref Unsafe.AsRef<float>((void*)(((nint)scratch + Alignment - 1) & -Alignment));
        for (; first < end; first += _chunk)
        {
            _body(in feed, ref weights, ref workspace, first, Math.Min(_chunk, end - first));
        }
    }

    /// <summary>Pins one tensor a level, for only locals can pin without allocating.</summary>
    private void Run(
        PreparedWeights weights,
        int threads,
        int batch,
        ReadOnlySpan<ReadOnlyMemory<float>> inputs,
        ReadOnlySpan<Memory<float>> outputs,
        Feed feed,
        int index)
    {
        if (index == inputs.Length + outputs.Length)
        {
            Run(weights, threads, batch, feed);
            return;
        }

        fixed (float* values = index < inputs.Length ? inputs[index].Span : outputs[index - inputs.Length].Span)
        {
            feed.Pinned[index] = values;
            Run(weights, threads, batch, inputs, outputs, feed, index + 1);
        }
    }

    /// <summary>Does parts until nobody has to begin one.</summary>
    internal void RunParts(Feed feed, ref float weights, BatchParts parts, Shares shares, int thread)
    {
        long start = Stopwatch.GetTimestamp();
        int samples = 0;
        while (shares.TryTake(thread, out int part))
        {
            RunPart(feed, ref weights, parts.Start(part), parts.Start(part + 1));
            samples += parts.Start(part + 1) - parts.Start(part);
        }

        if (samples > 0)
        {
            _pace.See(parts.Batch, samples, Stopwatch.GetTimestamp() - start);
        }
    }

    /// <summary>Does parts of a step until nobody has to begin one.</summary>
    internal void RunParts(Feed feed, ref float weights, ChunkStep* step, Shares shares, int thread)
    {
        long start = Stopwatch.GetTimestamp();
        var own = _workspaces!.Rent();
        try
        {
            while (shares.TryTake(thread, out int part))
            {
                _share!(in feed, ref weights, ref *step->Workspace, ref own.Start, step->First, step->Count, step->Step, part, step->Parts);
            }
        }
        finally
        {
            own.Return();
        }

        Interlocked.Add(ref step->Ticks, Stopwatch.GetTimestamp() - start);
    }

    /// <summary>Whether threads shared the steps or the samples.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryShare(PreparedWeights weights, int threads, int batch, Feed feed)
    {
        int ofSteps = _share is not null && BatchParts.AreFew(batch, threads) ? WorkerPool.Worth(threads, _work * batch / _steps) : 1;
        int ofSamples = batch > 1 && ofSteps <= 1 ? BatchParts.Threads(batch, WorkerPool.Worth(threads, _work * batch), _fewest) : 1;
        if (ofSteps <= 1 && ofSamples <= 1)
        {
            return false;
        }

        bool mayWake = WorkerPool.MayWake(_pace.Of(batch));
        if (!mayWake && !WorkerPool.IsAnyAwake())
        {
            // Nobody would come, and a batch takes longer in parts than as one.
            long start = Stopwatch.GetTimestamp();
            RunPart(feed, ref weights.Start, 0, batch);
            _pace.See(batch, batch, Stopwatch.GetTimestamp() - start);
            WorkerPool.End();
        }
        else if (ofSteps > 1)
        {
            ShareSteps(weights, ofSteps, batch, feed, mayWake);
        }
        else
        {
            ShareSamples(weights, ofSamples, batch, feed, mayWake);
        }

        return true;
    }

    private void ShareSteps(PreparedWeights weights, int threads, int batch, Feed feed, bool mayWake)
    {
        var memory = stackalloc Shares.Share[threads];
        var workspace = _workspaces!.Rent();
        try
        {
            fixed (float* pinned = &weights.Start, scratch = &workspace.Start)
            {
                var step = new ChunkStep { Workspace = scratch, Parts = threads };
                for (; step.First < batch; step.First += _chunk)
                {
                    step.Count = Math.Min(_chunk, batch - step.First);
                    for (step.Step = 0; step.Step < _steps; step.Step++)
                    {
                        var shares = new Shares(memory, step.Parts, threads, isBackwards: false);
                        Worker.Share(new Worker.Job(this, feed, pinned, &step, shares), threads, mayWake);
                    }
                }

                _pace.See(batch, batch, step.Ticks);
            }
        }
        finally
        {
            workspace.Return();
        }
    }

    private void ShareSamples(PreparedWeights weights, int threads, int batch, Feed feed, bool mayWake)
    {
        var parts = BatchParts.ForThreads(batch, threads, _fewest);
        var memory = stackalloc Shares.Share[threads];
        var shares = new Shares(memory, parts.Count, threads, isBackwards: false);
        fixed (float* pinned = &weights.Start)
        {
            Worker.Share(new Worker.Job(this, feed, pinned, parts, shares), threads, mayWake);
        }
    }

    /// <summary>The step of a chunk that threads share, on the stack of whoever waits for it.</summary>
    internal struct ChunkStep
    {
        public float* Workspace;
        public int First;
        public int Count;
        public int Step;
        public int Parts;

        /// <summary>How long all of them took, added up.</summary>
        public long Ticks;
    }

    private struct Pair
    {
        public float* Input;
        public float* Output;
    }
}
