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
