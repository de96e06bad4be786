using System.Collections.Immutable;

namespace DeepGen;

/// <summary>What one loss of a network wants to be given.</summary>
/// <param name="Name">The name of the target, for messages: "target", or "target of 'score'".</param>
/// <param name="Loss">The loss: "CrossEntropy", "MeanSquaredError", or the name of a method of the class.</param>
/// <param name="Output">The number of the output it looks at.</param>
/// <param name="Classes">How many classes there are where targets are numbers of classes; 0 where they are values.</param>
/// <param name="Shape">The sizes of one sample's values; empty where targets are numbers of classes.</param>
public sealed record TargetSignature(string Name, string Loss, int Output, int Classes, ImmutableArray<int> Shape)
{
    /// <summary>What the loss is multiplied with before the losses are added up.</summary>
    public float Weight { get; init; } = 1;

    /// <summary>The axis of the output's sample along which the classes lie, where targets are of classes.</summary>
    public int ClassAxis { get; init; }

    /// <summary>Whether samples may have no target: a class of −1, or a value that is not a number. They count for nothing.</summary>
    public bool IsMasked { get; init; }

    /// <summary>The input that says how many rows of it a sample has, its first size being the most; empty where all have as many.</summary>
    public string Lengths { get; init; } = "";

    /// <summary>The least class that may be given: −1 where that stands for none.</summary>
    internal int LeastClass => IsMasked ? -1 : 0;

    /// <summary>How many numbers a sample's target has.</summary>
    public int Length => Shape.Aggregate(1, (n, size) => checked(n * size));
}
