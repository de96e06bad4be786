namespace DeepGen;

/// <summary>What classification metrics ask of a target: how many classes, in how many places, and which one is true.</summary>
internal readonly record struct ClassTargets(int Classes, int Places)
{
    public const string CrossEntropy = "CrossEntropy";
    public const string BinaryCrossEntropy = "BinaryCrossEntropy";

    /// <summary>No classes where the output is no scores of classes.</summary>
    public static ClassTargets Of(TargetSignature target, TensorSignature output)
    {
        int classes = target.Classes > 0 ? target.Classes
            : target.Loss == CrossEntropy && output.Shape.Length > 0 && target.Length == output.Length ? output.Shape[0] : 0;
        return classes > 1 && output.Length % classes == 0 ? new ClassTargets(classes, output.Length / classes) : default;
    }

    public ClassScores Scores(ReadOnlySpan<float> output, int index) => new(output, Classes, Places, index);

    /// <summary>The true class of a place: as given, or the one with the largest share where shares are given.</summary>
    public int True(in Target target, int index) =>
        target.IsClasses ? target.Classes.Span[index] : Scores(target.Values.Span, index).Largest;
}
