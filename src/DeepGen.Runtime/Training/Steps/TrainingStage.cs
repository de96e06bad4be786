namespace DeepGen.Runtime;

/// <summary>A step of a training program; the next one begins when it is through.</summary>
public abstract class TrainingStage
{
    private protected TrainingStage()
    {
    }

    /// <summary>Samples one by one.</summary>
    /// <param name="chunk">How many samples the body takes at a time.</param>
    /// <param name="fewest">How many samples a part of the batch has at least, if threads have one each: what each part costs does not count then.</param>
    /// <param name="work">Multiply-adds for each sample, about: little work is not worth waking another thread.</param>
    /// <param name="workspaceLength">How many floats of scratch memory it needs.</param>
    /// <param name="sumsStart">Where in the values the sums go that grow in it.</param>
    /// <param name="sumsLength">How many floats they are.</param>
    /// <param name="body">The kernels.</param>
    /// <param name="steps">How many steps it has that threads can share, where there are fewer samples than give each of them a chunk.</param>
    /// <param name="share">A part of such a step.</param>
    public static TrainingStage Samples(
        int chunk, int fewest, int work, int workspaceLength, int sumsStart, int sumsLength, StageBody body, int steps = 1, StageShareBody? share = null) =>
        new SampleStage(chunk, fewest, work, new WorkspacePool(workspaceLength), sumsStart, sumsLength, body, steps, share);

    /// <summary>What belongs to the batch as a whole.</summary>
    /// <param name="workspaceLength">How many floats of scratch memory it needs.</param>
    /// <param name="isShared">Whether threads may share it.</param>
    /// <param name="body">The kernels.</param>
    public static TrainingStage Whole(int workspaceLength, bool isShared, StageBody body) =>
        new WholeStage(new WorkspacePool(workspaceLength), isShared, body);

    /// <summary>Stages that are gone through a number of times.</summary>
    public static TrainingStage Loop(int count, params TrainingStage[] body) => new LoopStage(count, body);
}

internal sealed class SampleStage(int chunk, int fewest, int work, WorkspacePool workspaces, int sumsStart, int sumsLength, StageBody body, int steps, StageShareBody? share)
    : TrainingStage
{
    public int Chunk { get; } = chunk;

    public int Fewest { get; } = fewest;

    public int Work { get; } = work;

    public WorkspacePool Workspaces { get; } = workspaces;

    public int SumsStart { get; } = sumsStart;

    public int SumsLength { get; } = sumsLength;

    public StageBody Body { get; } = body;

    public int Steps { get; } = steps;

    public StageShareBody? Share { get; } = share;
}

internal sealed class WholeStage(WorkspacePool workspaces, bool isShared, StageBody body) : TrainingStage
{
    public WorkspacePool Workspaces { get; } = workspaces;

    public bool IsShared { get; } = isShared;

    public StageBody Body { get; } = body;
}

internal sealed class LoopStage(int count, TrainingStage[] body) : TrainingStage
{
    public int Count { get; } = count;

    public TrainingStage[] Body { get; } = body;
}
