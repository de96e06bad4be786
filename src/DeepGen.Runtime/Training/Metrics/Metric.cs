using System.Diagnostics.CodeAnalysis;

namespace DeepGen;

/// <summary>
/// A number about outputs and their targets, made of sums over samples: so it streams, and a checkpoint in the middle of an
/// epoch holds it as a few doubles.
/// </summary>
public abstract class Metric
{
    private double[]? _sums;
    private TargetSignature? _target;
    private TensorSignature? _output;

    /// <summary>What it is called in the progress line, in the report and where it is monitored.</summary>
    public abstract string Name { get; }

    /// <summary>Whether more is better.</summary>
    public virtual bool HigherIsBetter => false;

    /// <summary>The number of the loss whose output and target it looks at.</summary>
    public int Target { get; init; }

    /// <summary>The value over all samples since the last <see cref="Reset"/>; NaN if there were none.</summary>
    public abstract double Value { get; }

    /// <summary>The sums, all zero after <see cref="Reset"/>; only there once a network is known.</summary>
    [SuppressMessage("Naming", "CA1721", Justification = "They are what the metric is made of.")]
    protected internal Span<double> Sums => _sums ?? throw Unbound();

    /// <summary>What the loss wants to be given.</summary>
    protected TargetSignature Signature => _target ?? throw Unbound();

    /// <summary>The output the loss looks at.</summary>
    protected TensorSignature Output => _output ?? throw Unbound();

    /// <summary>Takes a batch into account.</summary>
    /// <param name="output">The output's values, samples one after another.</param>
    /// <param name="target">The target.</param>
    /// <param name="count">How many samples.</param>
    public abstract void Add(ReadOnlySpan<float> output, in Target target, int count);

    /// <summary>Forgets all samples.</summary>
    public void Reset() => Sums.Clear();

    /// <summary>How many sums it needs for such a target and output.</summary>
    /// <exception cref="ArgumentException">The metric says nothing about them; the message says why.</exception>
    protected abstract int CountSums(TargetSignature target, TensorSignature output);

    /// <summary>A copy of its own sums for a network of this signature.</summary>
    /// <exception cref="ArgumentException">The metric does not suit the network.</exception>
    public Metric For(IReadOnlyList<TargetSignature> targets, NetworkSignature signature)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(signature);
        if ((uint)Target >= (uint)targets.Count)
        {
            throw new ArgumentException($"the metric '{Name}' looks at target {Target}, but {signature.Name} has {targets.Count}, counted from 0");
        }

        var bound = (Metric)MemberwiseClone();
        bound._target = targets[Target];
        bound._output = signature.Outputs[bound._target.Output];
        bound._sums = new double[bound.CountSums(bound._target, bound._output)];
        return bound;
    }

    /// <summary>An error for <see cref="CountSums"/>.</summary>
    protected ArgumentException Unsuited(TargetSignature target, string wanted)
    {
        ArgumentNullException.ThrowIfNull(target);
        return new ArgumentException($"the metric '{Name}' needs {wanted}, but the loss {target.Loss} of '{target.Name}' has " +
            (target.Classes > 0 ? $"{target.Classes} classes" : $"values of shape {Shapes.Text(target.Shape)}"));
    }

    private InvalidOperationException Unbound() => new($"the metric '{Name}' belongs to no network yet: Fit and Evaluate take copies with {nameof(For)}");
}
