using DeepGen.Data;

namespace DeepGen;

/// <summary>How a training goes. What is left out has a default that is worth trying first.</summary>
public sealed class FitOptions
{
    /// <summary>How often every sample is seen.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>How many samples a step learns from.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>
    /// In how many pieces a step's gradients are computed, one after another: less memory, and the same step but for rounding. The
    /// batch size must be a multiple of it.
    /// </summary>
    public int MicroBatches { get; init; } = 1;

    /// <summary>Whether every epoch has an order of its own, drawn by the seed.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>What is done to the first input of each training sample in each epoch, if anything.</summary>
    public Augmentation? Augmentation { get; init; }

    /// <summary>Data that are not learnt from but measured after every epoch.</summary>
    public IDataSource? Validation { get; init; }

    /// <summary>The share of a data set in memory that is put aside, by the seed, as validation data; 0 for none.</summary>
    public double ValidationFraction { get; init; }

    /// <summary>The rule of the steps; left out, Adam with its usual settings.</summary>
    public Optimizer? Optimizer { get; init; }

    /// <summary>How the learning rate changes; given to the optimiser. A plateau schedule is told <see cref="Monitor"/> after each epoch.</summary>
    public Schedule? Schedule { get; init; }

    /// <summary>
    /// The value that schedules are told and callbacks watch unless they name another; left out, the validation loss, or the
    /// training loss where there is none.
    /// </summary>
    public string? Monitor { get; init; }

    /// <summary>Everything random follows from it: the order of samples, what is dropped, and augmentation.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How many threads take part; weights do not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>
    /// The decay of a running average of the weights, 0.999 for instance, which is validated and which the network has in the end; null for none.
    /// </summary>
    public double? WeightAverage { get; init; }

    /// <summary>What is measured besides the loss; left out, accuracy for classes and MAE and RMSE for values.</summary>
    public IReadOnlyList<Metric>? Metrics { get; init; }

    /// <summary>What else is done during the training.</summary>
    public IReadOnlyList<TrainingCallback> Callbacks { get; init; } = [];

    /// <summary>The file that holds everything needed to go on; written after every epoch, and when the training is cancelled.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>Writes the checkpoint after every so many steps as well; 0 for not.</summary>
    public int CheckpointEvery { get; init; }

    /// <summary>
    /// Whether to go on from <see cref="Checkpoint"/> if that file exists: the same command, started again after whatever
    /// stopped it, ends with the weights of an uninterrupted run.
    /// </summary>
    public bool Resume { get; init; }

    /// <summary>A checkpoint to go on from, which must exist; comes before <see cref="Resume"/>.</summary>
    public string? ResumeFrom { get; init; }

    /// <summary>For a network trained with bounds: when it is trained for what. Left out, the settings of its Training stay as they are.</summary>
    public CertifiedSchedule? Certified { get; init; }

    /// <summary>Told after every step.</summary>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>Where a line of progress is drawn; null for nowhere. The console's own error stream unless said otherwise.</summary>
    public TextWriter? Console { get; init; } = System.Console.Error;

    /// <summary>An HTML file to be written at the end with curves, confusion matrix, calibration and the worst mistakes.</summary>
    public string? Report { get; init; }

    /// <summary>A folder for TensorBoard's event files; the same as a <see cref="TensorBoardLog"/> among the callbacks.</summary>
    public string? TensorBoard { get; init; }

    /// <summary>Says what makes no sense.</summary>
    internal void Check()
    {
        AtLeast(Epochs, 0, nameof(Epochs));
        AtLeast(BatchSize, 1, nameof(BatchSize));
        AtLeast(MicroBatches, 1, nameof(MicroBatches));
        AtLeast(Threads, 1, nameof(Threads));
        AtLeast(CheckpointEvery, 0, nameof(CheckpointEvery));
        if (!(ValidationFraction is >= 0 and < 1))
        {
            throw new ArgumentException($"{nameof(ValidationFraction)} is {ValidationFraction}, but must be at least 0 and less than 1");
        }

        if (ValidationFraction > 0 && Validation is not null)
        {
            throw new ArgumentException($"{nameof(Validation)} and {nameof(ValidationFraction)} cannot both be given");
        }

        if (BatchSize % MicroBatches != 0)
        {
            throw new ArgumentException($"{nameof(BatchSize)} is {BatchSize}, which is no multiple of {nameof(MicroBatches)}, {MicroBatches}");
        }

        if (Checkpoint is null && (CheckpointEvery > 0 || Resume))
        {
            throw new ArgumentException($"{(Resume ? nameof(Resume) : nameof(CheckpointEvery))} needs {nameof(Checkpoint)}, the file's path");
        }
    }

    private static void AtLeast(int value, int least, string name)
    {
        if (value < least)
        {
            throw new ArgumentException($"{name} is {value}, but must be at least {least}");
        }
    }
}
