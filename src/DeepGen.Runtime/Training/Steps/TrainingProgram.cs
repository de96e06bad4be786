using System.Collections.Immutable;

namespace DeepGen.Runtime;

/// <summary>What a compiled training step consists of; one for a class of networks.</summary>
public sealed class TrainingProgram
{
    /// <summary>How many floats each sample keeps from one stage to another.</summary>
    public required int KeptLength { get; init; }

    /// <summary>How many floats belong to the batch as a whole.</summary>
    public required int ValuesLength { get; init; }

    /// <summary>How many floats the prepared weights take.</summary>
    public required int WeightsLength { get; init; }

    /// <summary>Where in the values the mean loss is found.</summary>
    public required int LossPlace { get; init; }

    /// <summary>The number of the stage after which the loss is known.</summary>
    public required int LossStage { get; init; }

    /// <summary>Where gradients lie among the numbers of all parameters, and the stage after which each is known.</summary>
    public required ImmutableArray<GradientPlace> Gradients { get; init; }

    /// <summary>The parameters that an optimiser changes where they are prepared, see <see cref="StepFrame.Learn(int, int)"/>, in their order.</summary>
    public ImmutableArray<ParameterPlace> LearnedInPrepare { get; init; } = [];

    /// <summary>The parameters that an optimiser changes where their gradients are computed, see <see cref="StepFrame.LearnsBlocks"/>, in their order.</summary>
    public ImmutableArray<BlockPlace> LearnedInStep { get; init; } = [];

    /// <summary>From the parameters to the weights.</summary>
    public required ImmutableArray<TrainingStage> Prepare { get; init; }

    /// <summary>From a batch to its loss, gradients and outputs.</summary>
    public required ImmutableArray<TrainingStage> Step { get; init; }

    /// <summary>How many values a sample of each output has.</summary>
    public required ImmutableArray<int> OutputLengths { get; init; }

    /// <summary>What the losses are given.</summary>
    public required ImmutableArray<TargetSignature> Targets { get; init; }

    /// <summary>The settings that the step reads, one after another.</summary>
    public required ImmutableArray<TrainingSetting> Settings { get; init; }

    /// <summary>Sparse matrices of which entries are dropped before the stages begin.</summary>
    public ImmutableArray<TrainingDrop> Drops { get; init; } = [];

    /// <summary>Statistics whose new values stand in the place of their gradients.</summary>
    public required ImmutableArray<string> Updates { get; init; }
}

/// <summary>A gradient's place.</summary>
/// <param name="Start">Its first number, among those of all parameters.</param>
/// <param name="Length">How many numbers.</param>
/// <param name="Stage">The number of the stage after which they are known.</param>
public readonly record struct GradientPlace(int Start, int Length, int Stage);

/// <summary>Some numbers among those of all parameters.</summary>
/// <param name="Start">The first.</param>
/// <param name="Length">How many.</param>
public readonly record struct ParameterPlace(int Start, int Length);

/// <summary>A parameter of which threads may have some blocks each.</summary>
/// <param name="Start">Its first number, among those of all parameters.</param>
/// <param name="Length">How many numbers.</param>
/// <param name="Blocks">How many blocks.</param>
public readonly record struct BlockPlace(int Start, int Length, int Blocks);

/// <summary>A sparse matrix of which entries are dropped.</summary>
/// <param name="Matrix">Its place among what is fed.</param>
/// <param name="Setting">The first of the two numbers that choose the entries, among all settings.</param>
/// <param name="Rate">The share of entries that are dropped.</param>
public readonly record struct TrainingDrop(int Matrix, int Setting, float Rate);

/// <summary>What a setting is.</summary>
public enum TrainingSettingKind
{
    /// <summary>How far the worst case may be.</summary>
    Epsilon,

    /// <summary>The weight of the plain loss.</summary>
    PlainShare,

    /// <summary>Two numbers that choose what is dropped, for each copy of a layer.</summary>
    DropoutKeys,
}

/// <summary>A setting of a training step.</summary>
/// <param name="Name">Its name; that of the layer, for keys.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Length">How many numbers.</param>
public readonly record struct TrainingSetting(string Name, TrainingSettingKind Kind, int Length);
