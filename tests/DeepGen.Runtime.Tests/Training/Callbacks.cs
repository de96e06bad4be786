namespace DeepGen.Tests;

/// <summary>Does something after each step or epoch.</summary>
internal sealed class Hook : TrainingCallback
{
    public Action<TrainingRun>? AtBegin { get; init; }

    public Action<TrainingRun>? AtStep { get; init; }

    public Action<TrainingRun>? AtEpoch { get; init; }

    public override void Begin(TrainingRun run) => AtBegin?.Invoke(run);

    public override void StepEnd(TrainingRun run) => AtStep?.Invoke(run);

    public override void EpochEnd(TrainingRun run) => AtEpoch?.Invoke(run);
}

/// <summary>What a test throws where a process would be killed.</summary>
internal sealed class KilledException : Exception;
