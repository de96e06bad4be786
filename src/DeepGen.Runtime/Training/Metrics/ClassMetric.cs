namespace DeepGen;

/// <summary>A metric over the scores of classes; what has no target does not count.</summary>
public abstract class ClassMetric : Metric
{
    private ClassTargets _classes;

    private protected ClassMetric()
    {
    }

    /// <summary>How many classes there are.</summary>
    public int Classes => _classes.Classes;

    /// <inheritdoc/>
    public sealed override void Add(ReadOnlySpan<float> output, in Target target, int count)
    {
        for (int i = 0; i < count * _classes.Places; i++)
        {
            int truth = _classes.True(target, i);
            if (truth >= 0)
            {
                Add(_classes.Scores(output, i), truth);
            }
        }
    }

    private protected abstract void Add(ClassScores scores, int truth);

    private protected abstract int CountSums(int classes);

    private protected virtual int LeastClasses => 2;

    /// <inheritdoc/>
    protected sealed override int CountSums(TargetSignature target, TensorSignature output)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(output);
        _classes = ClassTargets.Of(target, output);
        return Classes >= LeastClasses ? CountSums(Classes) : throw Unsuited(target, $"at least {LeastClasses} classes");
    }
}
