using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DeepGen.Runtime;

/// <summary>The compiled training step of one network: weights are prepared when parameters have changed, then the stages run.</summary>
internal sealed class CompiledStep
{
    private readonly TrainingState _state;
    private readonly TrainingProgram _program;
    private readonly StepMemory _memory;
    private readonly StepRunner _runner;
    private readonly StepThreads _threads = new();
    private readonly Parameter[] _updated;
    private readonly DroppedMatrix[] _dropped;
    private float[]? _total;
    private UpdatePlan? _planAlone;
    private UpdatePlan? _planTogether;
    private int _preparedVersion = -1;

    public unsafe CompiledStep(TrainingState state, TrainingProgram program)
    {
        _state = state;
        _program = program;
        _memory = new StepMemory(new StepSizes(
            program.KeptLength, program.ValuesLength, program.WeightsLength, program.Settings.Sum(s => s.Length), program.OutputLengths, program.Step));
        _runner = new StepRunner(_memory);
        _updated = [.. state.Parameters.Where(p => program.Updates.Any(u => IsCopy(p.Name, u)))];
        Targets = new TargetFeed(program.Targets);
        var headers = _memory.DropHeaders(program.Drops.Length);
        _dropped = [.. program.Drops.Select((drop, i) => new DroppedMatrix(drop.Rate, headers + (2 * i)))];
    }

    public TargetFeed Targets { get; }

    public System.Collections.Immutable.ImmutableArray<TargetSignature> Signatures => _program.Targets;

    public ReadOnlySpan<float> Output(int index) => _memory.Output(index);

    /// <param name="feed">Inputs and targets.</param>
    /// <param name="threads">How many threads may take part.</param>
    /// <param name="batch">How many samples.</param>
    /// <param name="optimizer">Changes parameters as soon as their gradients are known; null if nobody does.</param>
    public unsafe float Run(Feed feed, int threads, int batch, Optimizer? optimizer)
    {
        int most = threads;
        threads = _threads.Begin(threads, batch, Stopwatch.GetTimestamp());
        _memory.Prepare(batch);
        StepSettings.Fill(_memory.Settings, _program.Settings, _state);
        ref var frame = ref _memory.Frame;
        frame.Feed = feed;
        frame.Threads = threads;
        for (int i = 0; i < _dropped.Length; i++)
        {
            var drop = _program.Drops[i];
            var key = (_memory.Settings[drop.Setting], _memory.Settings[drop.Setting + 1]);
            _dropped[i].Draw(in feed.Sparse(drop.Matrix, 0), in feed.Sparse(drop.Matrix, 1), batch, key, threads);
        }

        frame.ParametersStart = (float*)Unsafe.AsPointer(ref _state.Parameters.Start);
        if (_state.Accumulate)
        {
            _total ??= new float[_state.Gradients.Storage.Length];
            _state.Gradients.Storage.CopyTo(_total);
        }

        frame.GradientsStart = (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(_state.Gradients.Renew()));

        int version = _state.Parameters.Version;
        if (version != _preparedVersion)
        {
            _runner.Run(_program.Prepare.AsSpan(), threads);
            _preparedVersion = version;
        }

        if (optimizer is null)
        {
            _runner.Run(_program.Step.AsSpan(), threads);
            TakeStatistics();
        }
        else
        {
            lock (_state.Parameters.Gate)
            {
                RunAndLearn(optimizer, threads, most);
            }
        }

        float loss = frame.ValuesStart[_program.LossPlace];
        if (_state.Accumulate)
        {
            AddTotal(_state.Gradients.Storage);
        }

        _threads.End(Stopwatch.GetTimestamp());
        return loss;
    }

    private unsafe bool LossIsFinite => float.IsFinite(_memory.Frame.ValuesStart[_program.LossPlace]);

    /// <summary>
    /// If the loss is a number, parameters are changed where their gradients are computed or where they are prepared for the next step, so that they
    /// are read once; those that cannot be, after the stage that completes their gradients, while these are near the core.
    /// </summary>
    private void RunAndLearn(Optimizer optimizer, int threads, int most)
    {
        optimizer.Attach(_state.Parameters);
        var plan = Plan(optimizer.Ranges, threads, most);
        var pass = optimizer.Begin(_state.Parameters, _state.Gradients);
        try
        {
            for (int stage = 0; stage < _program.Step.Length; stage++)
            {
                _runner.Run(_program.Step[stage], threads);
                if (stage >= _program.LossStage && LossIsFinite)
                {
                    _memory.Frame.Learner = pass;
                    plan.After(stage, pass, threads);
                }
            }

            TakeStatistics();
            if (!LossIsFinite)
            {
                return;
            }

            _runner.Run(_program.Prepare.AsSpan(), threads);
        }
        finally
        {
            _memory.Frame.Learner = null;
        }

        optimizer.CountStep();
        _state.Gradients.Forget();
        _state.Parameters.Changed();
        _preparedVersion = _state.Parameters.Version;
    }

    /// <summary>The plans for one thread and for as many as there may be are made together: later steps allocate nothing.</summary>
    private UpdatePlan Plan(UpdateRanges ranges, int threads, int most)
    {
        if (_planTogether?.Ranges != ranges || _planTogether.Threads != most)
        {
            _planTogether = new UpdatePlan(_program, ranges, most);
            _planAlone = most == 1 ? _planTogether : new UpdatePlan(_program, ranges, 1);
        }

        return threads == 1 ? _planAlone! : _planTogether;
    }

    /// <summary>
    /// Running statistics take the values that the step left in the place of their gradients; not those of a batch whose loss is
    /// no number, which would stay with them.
    /// </summary>
    private void TakeStatistics()
    {
        if (_updated.Length == 0)
        {
            return;
        }

        lock (_state.Parameters.Gate)
        {
            foreach (var parameter in _updated)
            {
                var computed = _state.Gradients.Of(parameter);
                if (LossIsFinite)
                {
                    computed.CopyTo(parameter.Destination(_state.Parameters.Mutable));
                }

                computed.Clear();
            }

            _state.Parameters.Changed();
        }
    }

    private void AddTotal(Span<float> gradients)
    {
        for (int i = 0; i < gradients.Length; i++)
        {
            gradients[i] += _total![i];
        }
    }

    /// <summary>Whether a name is that of a copy in a slab: each star of the path stands for a number.</summary>
    private static bool IsCopy(string name, string path)
    {
        string[] parts = name.Split('.');
        string[] pattern = path.Split('.');
        return parts.Length == pattern.Length && pattern.Zip(parts).All(p => p.First == "*" || p.First == p.Second);
    }
}
