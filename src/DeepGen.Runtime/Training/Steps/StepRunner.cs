namespace DeepGen.Runtime;

/// <summary>Goes through the stages of a training step. Allocates nothing once buffers have grown to the batch.</summary>
internal sealed class StepRunner
{
    private readonly StepMemory _memory;
    private readonly SampleWork _samples;
    private readonly ChunkWork _chunks;
    private readonly SumWork _sums;
    private readonly SharedWork _whole;

    public StepRunner(StepMemory memory)
    {
        _memory = memory;
        _samples = new SampleWork(memory);
        _chunks = new ChunkWork(memory);
        _sums = new SumWork(memory);
        _whole = new SharedWork(memory);
    }

    public void Run(ReadOnlySpan<TrainingStage> stages, int threads) => Run(stages, threads, 0);

    /// <summary>One of the stages, by itself.</summary>
    public void Run(TrainingStage stage, int threads) => Run(new ReadOnlySpan<TrainingStage>(in stage), threads, 0);

    private unsafe void Run(ReadOnlySpan<TrainingStage> stages, int threads, int depth)
    {
        foreach (var stage in stages)
        {
            switch (stage)
            {
                case SampleStage shared when _chunks.TryRun(shared, threads):
                    break;
                case SampleStage samples:
                    _samples.Run(samples, threads);
                    _sums.Run(samples, threads);
                    break;
                case WholeStage whole:
                    _whole.Run(whole, threads);
                    break;
                case LoopStage loop:
                    for (nint i = 0; i < loop.Count; i++)
                    {
                        _memory.Frame.Iterations[depth] = i;
                        Run(loop.Body, threads, depth + 1);
                    }

                    break;
            }
        }
    }
}
