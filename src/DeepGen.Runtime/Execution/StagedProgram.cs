using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace DeepGen.Runtime;

/// <summary>
/// A reading whose samples are computed from other samples, as nodes of a graph are: it goes from stage to stage. Calls at once
/// have memory of their own each; nothing is allocated once that has grown to the batch.
/// </summary>
public sealed unsafe class StagedProgram
{
    private readonly int _keptLength;
    private readonly int _valuesLength;
    private readonly TrainingStage[] _stages;
    private readonly Lock _gate = new();
    private readonly Stack<Call> _free = new();

    /// <summary>Called by generated code, once for a network and reading.</summary>
    /// <param name="keptLength">How many floats each sample keeps from one stage to another.</param>
    /// <param name="valuesLength">How many floats belong to the batch as a whole.</param>
    /// <param name="stages">What runs.</param>
    public StagedProgram(int keptLength, int valuesLength, TrainingStage[] stages)
    {
        (_keptLength, _valuesLength, _stages) = (keptLength, valuesLength, stages);
    }

    /// <summary>Runs the tensors of a call.</summary>
    public void Run(PreparedWeights weights, int threads, int batch, scoped in FeedBuilder tensors)
    {
        if (batch > 0)
        {
            tensors.Run(this, weights, threads, batch);
        }
    }

    internal void Execute(PreparedWeights weights, int threads, int batch, Feed feed)
    {
        var call = Rent();
        try
        {
            fixed (float* pinned = &weights.Start)
            {
                call.Memory.Prepare(batch);
                call.Memory.Frame.Feed = feed;
                call.Memory.Frame.WeightsStart = pinned;
                call.Runner.Run(_stages, call.Threads.Begin(threads, batch, Stopwatch.GetTimestamp()));
                call.Threads.End(Stopwatch.GetTimestamp());
            }
        }
        finally
        {
            lock (_gate)
            {
                _free.Push(call);
            }
        }
    }

    private Call Rent()
    {
        lock (_gate)
        {
            if (_free.TryPop(out var call))
            {
                return call;
            }
        }

        return new Call(new StepMemory(new StepSizes(_keptLength, _valuesLength, 0, 0, [], _stages)));
    }

    private sealed class Call(StepMemory memory)
    {
        public StepMemory Memory { get; } = memory;

        public StepRunner Runner { get; } = new(memory);

        public StepThreads Threads { get; } = new();
    }
}
