using System.IO.Enumeration;
using DeepGen.Runtime;

namespace DeepGen;

/// <summary>
/// A rule that changes parameters by their gradients, in one pass over all that are trainable; others are never touched. What it
/// remembers from step to step lies in buffers laid out as the parameters are.
/// </summary>
public abstract class Optimizer
{
    private readonly List<ParameterGroup> _groups = [];
    private readonly FlatSums _sums = new();
    private readonly string[] _bufferNames;
    private AlignedBuffer[] _buffers = [];
    private ParameterSet? _parameters;
    private UpdateRanges? _ranges;

    private protected Optimizer(string kind, double learningRate, double weightDecay, params string[] bufferNames)
    {
        Require.NotNegative(learningRate, nameof(learningRate));
        Require.NotNegative(weightDecay, nameof(weightDecay));
        Kind = kind;
        LearningRate = (float)learningRate;
        WeightDecay = weightDecay;
        _bufferNames = bufferNames;
    }

    /// <summary>How far a step goes; a <see cref="Schedule"/> multiplies it.</summary>
    public float LearningRate { get; set; }

    /// <summary>What the learning rate is multiplied with from step to step; 1 if there is none.</summary>
    public Schedule? Schedule { get; set; }

    /// <summary>The learning rate of the next step.</summary>
    public float CurrentRate => Schedule is null ? LearningRate : (float)(LearningRate * Schedule.Factor(Steps));

    /// <summary>The weight decay of parameters no group says otherwise about.</summary>
    public double WeightDecay { get; }

    /// <summary>What gradients are multiplied with before anything else: 1/n after n micro-batches were added up.</summary>
    public float GradientScale { get; set; } = 1;

    /// <summary>
    /// The longest gradient, all trainable parameters being one vector; a longer one is shortened to it. Null does not measure.
    /// </summary>
    public float? ClipNorm { get; set; }

    /// <summary>The greatest absolute value of a gradient, after <see cref="ClipNorm"/>; null for none.</summary>
    public float? ClipValue { get; set; }

    /// <summary>Whether to look for NaN and infinity in the gradients before a step, as is always done with <see cref="ClipNorm"/>.</summary>
    public bool RequireFinite { get; set; }

    /// <summary>The length of the last gradient, before clipping; NaN if neither <see cref="ClipNorm"/> nor <see cref="RequireFinite"/> asked for it.</summary>
    public double LastNorm { get; private set; } = double.NaN;

    /// <summary>How many steps were taken.</summary>
    public long Steps { get; internal set; }

    /// <summary>The name of the rule, for checkpoints.</summary>
    internal string Kind { get; }

    /// <summary>What is remembered for every parameter; the buffers of these names hold it.</summary>
    internal virtual IReadOnlyList<string> BufferNames => _bufferNames;

    /// <summary>What is remembered besides buffers and <see cref="Steps"/>.</summary>
    internal virtual IReadOnlyList<(string Name, double Value)> Scalars => [];

    /// <summary>
    /// Gives parameters of their own settings, by name: <c>*</c> stands for any letters, <c>?</c> for one. The first group
    /// whose pattern fits counts.
    /// </summary>
    /// <param name="pattern">The dotted names, for instance <c>encoder.*</c> or <c>*.bias</c>.</param>
    /// <param name="weightDecay">Their weight decay; that of the optimiser if left out.</param>
    /// <param name="rateFactor">What the learning rate is multiplied with for them; 0 keeps them as they are.</param>
    /// <returns>This optimiser.</returns>
    public virtual Optimizer Group(string pattern, double? weightDecay = null, double rateFactor = 1)
    {
        ArgumentException.ThrowIfNullOrEmpty(pattern);
        Require.NotNegative(weightDecay ?? 0, nameof(weightDecay));
        Require.NotNegative(rateFactor, nameof(rateFactor));
        return Add(new ParameterGroup(
            $"pattern '{pattern}'", p => FileSystemName.MatchesSimpleExpression(pattern, p.Name, ignoreCase: false), weightDecay, rateFactor, true));
    }

    /// <summary>No weight decay for parameters with fewer than two axes: biases, and the gains of normalisations.</summary>
    /// <returns>This optimiser.</returns>
    public virtual Optimizer DecayMatricesOnly() => Add(new ParameterGroup("vectors", p => p.Shape.Length < 2, 0, 1, false));

    /// <summary>Takes one step. The same gradients give the same parameters for any number of threads.</summary>
    /// <param name="parameters">What changes; always the same ones.</param>
    /// <param name="gradients">By what; they stay as they are.</param>
    /// <param name="threads">How many threads may take part.</param>
    /// <exception cref="NotFiniteNumberException">A gradient that was to be measured is NaN or infinite; nothing has changed.</exception>
    /// <exception cref="ArgumentException">A group's pattern fits no parameter, or the gradients are not those of the parameters; nothing has changed.</exception>
    public virtual void Step(ParameterSet parameters, GradientSet gradients, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(gradients);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        Attach(parameters);
        gradients.MustBelongTo(parameters);
        float scale = GradientScale * Measure(gradients, threads);
        lock (parameters.Gate)
        {
            Ready(parameters, gradients, scale).Run(threads);
            parameters.Changed();
        }

        Steps++;
    }

    /// <summary>
    /// Whether some parameters may be changed before all gradients are known: not where their length has to be measured first.
    /// </summary>
    internal virtual bool IsLocal => ClipNorm is null && !RequireFinite;

    /// <summary>
    /// The next step, to be taken part by part as gradients become known; with <see cref="CountStep"/> at its end it is
    /// <see cref="Step"/> to the last bit.
    /// </summary>
    internal UpdatePass Begin(ParameterSet parameters, GradientSet gradients) => Ready(parameters, gradients, GradientScale);

    /// <summary>The step is taken.</summary>
    internal void CountStep()
    {
        LastNorm = double.NaN;
        Steps++;
    }

    /// <summary>What changes the parameters as the rule says.</summary>
    /// <param name="step">The numbers and what to do with gradients first.</param>
    /// <param name="number">The number of the step, from 1.</param>
    /// <param name="rate">The learning rate, before that of the group.</param>
    private protected abstract UpdatePass Ready(in UpdateStep step, long number, double rate);

    private UpdatePass Ready(ParameterSet parameters, GradientSet gradients, float scale) => Ready(
        new UpdateStep(parameters.Memory, gradients.Memory, scale, ClipValue ?? float.PositiveInfinity), Steps + 1, CurrentRate);

    /// <summary>Allocates the buffers, as zeros or whatever the rule begins with. The second time it does nothing.</summary>
    /// <exception cref="InvalidOperationException">It belongs to other parameters already.</exception>
    internal void Attach(ParameterSet parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (_parameters is not null && _parameters != parameters)
        {
            throw new InvalidOperationException("this optimiser belongs to the parameters of its first step; other parameters need an optimiser of their own");
        }

        _ranges ??= new UpdateRanges(parameters, _groups);
        if (_parameters is null)
        {
            _parameters = parameters;
            _buffers = Allocate(_bufferNames.Length, parameters.Storage.Length);
            Begin();
        }
    }

    /// <summary>The numbers of one of <see cref="BufferNames"/>, laid out as the parameters; to be read and restored.</summary>
    internal virtual Span<float> Buffer(int index) => _buffers[index].Span;

    /// <summary>Restores one of <see cref="Scalars"/>. Those come before the buffers, since they may say how many there are.</summary>
    /// <exception cref="ArgumentException">This optimiser has none of that name.</exception>
    internal virtual void SetScalar(string name, double value) =>
        throw new ArgumentException($"the optimiser '{Kind}' has no value named '{name}'", nameof(name));

    /// <summary>Fills the fresh buffers where zeros are not what the rule begins with.</summary>
    private protected virtual void Begin()
    {
    }

    /// <summary>What a step changes; known once attached.</summary>
    internal UpdateRanges Ranges => _ranges!;

    private protected AlignedBuffer Memory(int index) => _buffers[index];

    private static AlignedBuffer[] Allocate(int count, int length)
    {
        var buffers = new AlignedBuffer[count];
        for (int i = 0; i < count; i++)
        {
            buffers[i] = new AlignedBuffer(length);
        }

        return buffers;
    }

    private Optimizer Add(ParameterGroup group)
    {
        _groups.Add(group);
        _ranges = null;
        return this;
    }

    /// <summary>What shortens the gradient to the longest allowed.</summary>
    private float Measure(GradientSet gradients, int threads)
    {
        if (ClipNorm is null && !RequireFinite)
        {
            LastNorm = double.NaN;
            return 1;
        }

        double norm = Math.Abs(GradientScale) * Math.Sqrt(_sums.Dot(gradients.Memory, gradients.Memory, Ranges, threads));
        LastNorm = norm;
        if (!double.IsFinite(norm))
        {
            throw new NotFiniteNumberException(gradients.ExplainNotFinite(), norm);
        }

        // The millionth belongs to the definition: a gradient of just the allowed length is shortened a little.
        return ClipNorm is { } most ? (float)Math.Min(1, most / (norm + 1e-6)) : 1;
    }
}
