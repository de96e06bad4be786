using System.Runtime.CompilerServices;

namespace DeepGen.Runtime;

/// <summary>The memory of one training step, for generated code. Valid during the call alone.</summary>
public unsafe struct StepFrame
{
    internal Feed Feed;
    internal float* ParametersStart;
    internal float* WeightsStart;
    internal float* KeptStart;
    internal float* ValuesStart;
    internal float* GradientsStart;
    internal float* SettingsStart;
    internal float** OutputStarts;
    internal nint* Iterations;
    internal SparseRows* DroppedStart;
    internal UpdatePass? Learner;
    internal int Threads;

    /// <summary>How many samples there is room for in what is kept of each.</summary>
    public nint Capacity { get; internal set; }

    /// <summary>How many samples there are.</summary>
    public nint Batch { get; internal set; }

    /// <summary>The parameters as the user knows them.</summary>
    public readonly ref float Parameters => ref Unsafe.AsRef<float>(ParametersStart);

    /// <summary>The weights in the kernels' order.</summary>
    public readonly ref float Weights => ref Unsafe.AsRef<float>(WeightsStart);

    /// <summary>What is kept of every sample from one stage to another.</summary>
    public readonly ref float Kept => ref Unsafe.AsRef<float>(KeptStart);

    /// <summary>What belongs to the batch as a whole.</summary>
    public readonly ref float Values => ref Unsafe.AsRef<float>(ValuesStart);

    /// <summary>A number for each parameter.</summary>
    public readonly ref float Gradients => ref Unsafe.AsRef<float>(GradientsStart);

    /// <summary>
    /// Changes some parameters that are prepared for the kernels next, if an optimiser is at work: then they are read once.
    /// </summary>
    /// <param name="start">The first number, among those of all parameters.</param>
    /// <param name="length">How many.</param>
    public readonly void Learn(int start, int length) => Learner?.Learn(start, start + length, 0);

    /// <summary>The same as soon as their gradients are computed.</summary>
    /// <param name="start">The first number, among those of all parameters.</param>
    /// <param name="length">How many.</param>
    /// <param name="aside">How far from their places the gradients lie.</param>
    public readonly void Learn(int start, int length, int aside) => Learner?.Learn(start, start + length, aside);

    /// <summary>
    /// Whether blocks of a gradient are learned one by one as they are computed: an optimiser is at work, and every thread has some. Then nobody reads them later.
    /// </summary>
    /// <param name="blocks">How many there are.</param>
    public readonly bool LearnsBlocks(int blocks) => Learner is not null && IsEnough(blocks, Threads);

    /// <summary>Whether there is at least one for every thread.</summary>
    internal static bool IsEnough(int blocks, int threads) => threads <= blocks;

    /// <summary>The settings of the step.</summary>
    public readonly ref float Settings => ref Unsafe.AsRef<float>(SettingsStart);

    /// <summary>The first value of an input or target of floats.</summary>
    public readonly ref float Float(int index) => ref Feed.Float(index);

    /// <summary>The first value of an input of integers.</summary>
    public readonly ref int Int(int index) => ref Feed.Int(index);

    /// <summary>A sparse matrix in one of its forms, by rows or by columns.</summary>
    public readonly ref readonly SparseRows Sparse(int index, int form) => ref Feed.Sparse(index, form);

    /// <summary>A sparse matrix of which entries have been dropped, by rows (0) or by columns (1).</summary>
    public readonly ref readonly SparseRows Dropped(int index, int side) => ref Unsafe.AsRef<SparseRows>(DroppedStart + (2 * index) + side);

    /// <summary>The first value of an output.</summary>
    public readonly ref float Output(int index) => ref Unsafe.AsRef<float>(OutputStarts[index]);

    /// <summary>The iteration of a loop around the stage, outermost first.</summary>
    public readonly nint Iteration(int depth) => Iterations[depth];
}

/// <summary>A stage, or what prepares the weights.</summary>
/// <param name="frame">The memory of the step.</param>
/// <param name="sums">The sums that grow in this part of the batch.</param>
/// <param name="workspace">Scratch memory at a multiple of 64 bytes; at first zeros, if the stage asked for them.</param>
/// <param name="first">The first sample; of a stage of the whole batch, the number of the part.</param>
/// <param name="count">How many samples; of a stage of the whole batch, how many parts there are.</param>
public delegate void StageBody(in StepFrame frame, ref float sums, ref float workspace, int first, int count);

/// <summary>A part of one of the steps of a stage.</summary>
/// <param name="frame">The memory of the step.</param>
/// <param name="workspace">Scratch memory of the chunk.</param>
/// <param name="own">Scratch memory of the part, as large.</param>
/// <param name="first">The first sample.</param>
/// <param name="count">How many samples.</param>
/// <param name="step">The number of the stage's step.</param>
/// <param name="part">The number of the part.</param>
/// <param name="parts">How many parts there are.</param>
public delegate void StageShareBody(in StepFrame frame, ref float workspace, ref float own, int first, int count, int step, int part, int parts);
