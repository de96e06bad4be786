using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Check;

/// <summary>The forward half of a training step as one graph: the network as it is while training, and its losses.</summary>
/// <param name="Graph">
/// Inputs: those of the network; the targets, samples first, classes as numbers; the settings, of constant shape. Outputs: "loss",
/// one number, the mean over the batch; "output:name" for each output of the network; "update:path" for each parameter
/// that follows the batches, the new value of the whole slab.
/// </param>
/// <param name="Targets">In the order of the graph's inputs.</param>
/// <param name="Settings">In the order of the graph's inputs.</param>
/// <param name="TrainableParameters">
/// The paths of what has a gradient, in the order of the network's parameters: those that are trained and that the graph reads.
/// </param>
internal sealed record TrainingElaboration(
    Graph Graph,
    ImmutableArray<TargetSpec> Targets,
    ImmutableArray<SettingSpec> Settings,
    ImmutableArray<string> TrainableParameters)
{
    /// <summary>
    /// For each input of the network up to how many steps from a target its rows are read, null where all are; empty unless rows that no loss
    /// needs are left out.
    /// </summary>
    public ImmutableArray<int?> InputReach { get; init; } = ImmutableArray<int?>.Empty;
}

/// <summary>What a loss compares outputs with. A loss that the class defines may have any number of targets; others have one.</summary>
/// <param name="Name">For messages: "target", "target of 'score'", or the name of a parameter of the loss.</param>
/// <param name="Loss">The loss: "CrossEntropy", or the name of a method of the class.</param>
/// <param name="OutputIndex">The output the loss looks at, the first one where it looks at several.</param>
/// <param name="Classes">How many classes there are, where each number of the target is the number of a class; else 0.</param>
/// <param name="Shape">The sizes for one sample; empty for a single number, or a single class.</param>
internal sealed record TargetSpec(string Name, string Loss, int OutputIndex, int Classes, EquatableArray<Size> Shape)
{
    /// <summary>What the loss is multiplied with before the losses are added up.</summary>
    public float Weight { get; init; } = 1;

    /// <summary>The axis of the output's sample along which classes lie.</summary>
    public int ClassAxis { get; init; }

    /// <summary>Whether samples may have none.</summary>
    public bool IsMasked { get; init; }
}

internal enum SettingKind
{
    /// <summary>How far the worst case may be from the given inputs.</summary>
    Epsilon,

    /// <summary>The weight of the plain loss; that of the worst case's loss is 1 less this.</summary>
    PlainShare,

    /// <summary>Two whole numbers below 2²⁴, or two for each copy in a stack: which values are dropped.</summary>
    DropoutKeys,
}

/// <summary>A number, or some, that a step is told and that do not belong to a sample.</summary>
/// <param name="Length">How many numbers.</param>
internal sealed record SettingSpec(string Name, SettingKind Kind, int Length);
