using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DeepGen.Runtime;

/// <summary>
/// Runs a kernel over the samples of a batch, in chunks. Samples are dealt out to threads in a fixed way and no sum crosses
/// them, so results do not depend on the number of threads. Nothing is allocated once every thread has had its workspace.
/// </summary>
public sealed unsafe class BatchProgram
{
    /// <summary>Scratch memory up to this many floats is taken from the stack, which costs nothing: 16 KiB.</summary>
    private const int StackFloats = 4096;

    private readonly int _chunk;
    private readonly long _work;
    private readonly ChunkBody _body;
    private readonly SingleBody? _single;
    private readonly WorkspacePool? _workspaces;

    /// <summary>Called by generated code, once for a network and reading.</summary>
    /// <param name="chunk">How many samples the kernel takes at a time.</param>
    /// <param name="workspaceLength">How many floats of scratch memory it needs.</param>
    /// <param name="zeroed">Whether it reads zeros where it never wrote: the borders of images.</param>
    /// <param name="work">Multiply-adds for each sample, by which threads are dealt out.</param>
    /// <param name="body">The kernel.</param>
    public BatchProgram(int chunk, int workspaceLength, bool zeroed, int work, ChunkBody body)
        : this(chunk, workspaceLength, zeroed, work, body, null)
    {
    }

    private BatchProgram(int chunk, int workspaceLength, bool zeroed, int work, ChunkBody body, SingleBody? single)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(chunk, 1);
        _single = single;
        _work = work;
        _chunk = chunk;
        _body = body;
        _workspaces = zeroed || workspaceLength > StackFloats ? new WorkspacePool(workspaceLength) : null;
    }

    /// <summary>The same with a kernel for one sample, of a small program with one input and one output.</summary>
    /// <param name="chunk">How many samples the kernel takes at a time.</param>
    /// <param name="workspaceLength">How many floats of scratch memory it needs.</param>
    /// <param name="zeroed">Whether it reads zeros where it never wrote.</param>
    /// <param name="work">Multiply-adds for each sample.</param>
    /// <param name="singleLength">How many floats of scratch memory the kernel for one sample needs.</param>
    /// <param name="body">The kernel.</param>
    public static BatchProgram WithSingle<T>(int chunk, int workspaceLength, bool zeroed, int work, int singleLength, ChunkBody body)
        where T : struct, ISingleSample
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(singleLength, SingleSample.Floats);
        return new BatchProgram(chunk, workspaceLength, zeroed, work, body, SingleSample.Body<T>());
    }

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
        if (threads > 1 && batch > 1 && (threads = WorkerPool.Worth(threads, _work * batch)) > 1)
        {
            RunParts(weights, threads, batch, feed);
        }
        else
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

    /// <summary>Part p of n has the samples from p/n to (p + 1)/n of all; the caller does those for which no worker is free.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void RunParts(PreparedWeights weights, int threads, int batch, Feed feed)
    {
        // Parts begin at multiples of a tile's height where there are samples enough for that.
        const int TileRows = 8;
        int parts = Math.Min(threads, batch);
        int granule = batch >= TileRows * parts ? TileRows : 1;
        int granules = ((batch - 1) / granule) + 1;
        int Start(int part) => (int)Math.Min(batch, (long)part * granules / parts * granule);

        fixed (float* pinned = &weights.Start)
        {
            bool mayWake = WorkerPool.MayWake(_work * batch);
            Worker? posted = null;
            Exception? failure = null;
            int own = parts;
            while (own > 1 && WorkerPool.TryClaim(parts - 1, mayWake, out var worker))
            {
                own--;
                worker.Next = posted;
                worker.Post(new Worker.Job(this, feed, pinned, Start(own), Start(own + 1)));
                posted = worker;
            }

            try
            {
                RunPart(feed, ref *pinned, 0, Start(own));
            }
            catch (Exception e)
            {
                failure = e;
            }

            Worker.JoinAll(posted, failure);
            WorkerPool.End();
        }
    }

    private struct Pair
    {
        public float* Input;
        public float* Output;
    }
}
