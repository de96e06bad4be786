namespace DeepGen;

/// <summary>What classification metrics ask of a target: how many classes, in how many places, and which one is true.</summary>
/// <param name="Classes">How many classes there are.</param>
/// <param name="Places">In how many places of a sample.</param>
/// <param name="Inner">How many of the places lie inside the axis of the classes.</param>
internal readonly record struct ClassTargets(int Classes, int Places, int Inner)
{
    public const string CrossEntropy = "CrossEntropy";
    public const string BinaryCrossEntropy = "BinaryCrossEntropy";

    /// <summary>No classes where the output is no scores of classes.</summary>
    public static ClassTargets Of(TargetSignature target, TensorSignature output)
    {
        int classes = target.Classes > 0 ? target.Classes
            : target.Loss == CrossEntropy && output.Shape.Length > target.ClassAxis && target.Length == output.Length ? output.Shape[target.ClassAxis] : 0;
        int inner = output.Shape.Skip(target.ClassAxis + 1).Aggregate(1, (n, size) => n * size);
        return classes > 1 && output.Length % (classes * inner) == 0 ? new ClassTargets(classes, output.Length / classes, inner) : default;
    }

    public ClassScores Scores(ReadOnlySpan<float> output, int index) => new(output, Classes, Inner, index);

    /// <summary>The true class of a place: as given, or the one with the largest share where shares are given.</summary>
    public int True(in Target target, int index) =>
        target.IsClasses ? target.Classes.Span[index] : Scores(target.Values.Span, index).Largest;
}
