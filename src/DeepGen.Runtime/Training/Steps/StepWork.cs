using System.Numerics;
using System.Runtime.CompilerServices;

namespace DeepGen.Runtime;

/// <summary>
/// A stage of samples, chunk by chunk. If sums grow in it, each part of the batch has an area of its own for them; if none do,
/// samples are dealt out to threads as a prediction's are. Every other stage goes through the
/// parts from the last to the first: what the one before it has read or left last is still in the cache.
/// </summary>
internal sealed class SampleWork(StepMemory memory) : PartedWork
{
    private SampleStage? _stage;
    private BatchParts _parts;

    public void Run(SampleStage stage, int threads)
    {
        _stage = stage;
        IsBackwards = !IsBackwards;
        long work = stage.Work * (long)memory.Frame.Batch;
        _parts = stage.SumsLength > 0 ? memory.PartsOf(stage) : BatchParts.ForThreads((int)memory.Frame.Batch, WorkerPool.Worth(threads, work), stage.Fewest);
        Run(_parts.Count, threads, work);
    }

    protected override unsafe void RunPart(int part)
    {
        var stage = _stage!;
        float* sums = memory.SumsOf(stage, part);
        new Span<float>(sums, stage.SumsLength).Clear();
        var workspace = stage.Workspaces.Rent();
        try
        {
            int end = _parts.Start(part + 1);
            for (int first = _parts.Start(part); first < end; first += stage.Chunk)
            {
                stage.Body(in memory.Frame, ref *sums, ref workspace.Start, first, Math.Min(stage.Chunk, end - first));
            }
        }
        finally
        {
            workspace.Return();
        }
    }
}

/// <summary>A stage of samples of which there are too few for every thread to have a chunk: its steps are shared one after another.</summary>
internal sealed class ChunkWork(StepMemory memory) : PartedWork
{
    private SampleStage? _stage;
    private Workspace? _workspace;
    private int _first;
    private int _count;
    private int _step;
    private int _parts;

    /// <summary>Whether it was one whose steps are worth sharing.</summary>
    public bool TryRun(SampleStage stage, int threads)
    {
        int batch = (int)memory.Frame.Batch;
        if (stage.Share is null || !BatchParts.AreFew(batch, threads) || (_parts = WorkerPool.Worth(threads, stage.Work * (long)batch / stage.Steps)) <= 1)
        {
            return false;
        }

        (_stage, _workspace) = (stage, stage.Workspaces.Rent());
        try
        {
            for (_first = 0; _first < batch; _first += stage.Chunk)
            {
                _count = Math.Min(stage.Chunk, batch - _first);
                for (_step = 0; _step < stage.Steps; _step++)
                {
                    Run(_parts, _parts, stage.Work * (long)_count);
                }
            }
        }
        finally
        {
            _workspace.Return();
        }

        return true;
    }

    protected override void RunPart(int part)
    {
        var own = _stage!.Workspaces.Rent();
        try
        {
            _stage.Share!(in memory.Frame, ref _workspace!.Start, ref own.Start, _first, _count, _step, part, _parts);
        }
        finally
        {
            own.Return();
        }
    }
}

/// <summary>Adds up the areas in which sums grew, in the order of the parts.</summary>
internal sealed class SumWork(StepMemory memory) : PartedWork
{
    private const int Block = 4096;

    /// <summary>Fewer blocks are added up sooner than another thread would begin.</summary>
    private const int FewBlocks = 8;

    private SampleStage? _stage;
    private int _areas;

    public void Run(SampleStage stage, int threads)
    {
        if (stage.SumsLength == 0)
        {
            return;
        }

        _stage = stage;
        _areas = memory.PartsOf(stage).Count;
        int blocks = (stage.SumsLength + Block - 1) / Block;
        Run(blocks, blocks < FewBlocks ? 1 : threads);
    }

    protected override unsafe void RunPart(int part)
    {
        int start = part * Block;
        int length = Math.Min(Block, _stage!.SumsLength - start);
        float* target = memory.Frame.ValuesStart + _stage.SumsStart + start;
        new ReadOnlySpan<float>(memory.SumsOf(_stage, 0) + start, length).CopyTo(new Span<float>(target, length));
        for (int area = 1; area < _areas; area++)
        {
            Add(target, memory.SumsOf(_stage, area) + start, length);
        }
    }

    private static unsafe void Add(float* target, float* more, int length)
    {
        int i = 0;
        for (; i <= length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var sum = Unsafe.ReadUnaligned<Vector<float>>(target + i) + Unsafe.ReadUnaligned<Vector<float>>(more + i);
            Unsafe.WriteUnaligned(target + i, sum);
        }

        for (; i < length; i++)
        {
            target[i] += more[i];
        }
    }
}

/// <summary>A stage of the whole batch, whose kernels are told which part of their loops to do.</summary>
internal sealed class SharedWork(StepMemory memory) : PartedWork
{
    private WholeStage? _stage;
    private int _parts;

    public void Run(WholeStage stage, int threads)
    {
        _stage = stage;
        _parts = stage.IsShared ? threads : 1;
        Run(_parts, threads);
    }

    protected override void RunPart(int part)
    {
        var workspace = _stage!.Workspaces.Rent();
        try
        {
            _stage.Body(in memory.Frame, ref workspace.Start, ref workspace.Start, part, _parts);
        }
        finally
        {
            workspace.Return();
        }
    }
}
