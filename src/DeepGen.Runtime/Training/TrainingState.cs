using DeepGen.Runtime;

namespace DeepGen;

/// <summary>
/// What training a network needs beside the network: the gradients and the outputs of the last batch, and the settings the
/// compiled step reads. For one thread at a time.
/// </summary>
public sealed class TrainingState
{
    private readonly CompiledStep? _step;
    private readonly float[][] _outputs;
    private readonly int[] _outputLengths;
    private bool _accumulate;
    private NeededRows? _needed;

    /// <summary>For networks whose gradients are written by hand: they fill the gradients and outputs themselves.</summary>
    /// <param name="parameters">What is trained.</param>
    /// <param name="outputs">How many outputs the network has.</param>
    public TrainingState(ParameterSet parameters, int outputs)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Parameters = parameters;
        Gradients = new GradientSet(parameters);
        _outputs = new float[outputs][];
        _outputLengths = new int[outputs];
        Array.Fill(_outputs, []);
    }

    /// <summary>Called by generated code.</summary>
    /// <param name="parameters">What is trained.</param>
    /// <param name="program">The compiled step.</param>
    public TrainingState(ParameterSet parameters, TrainingProgram program)
        : this(parameters, (program ?? throw new ArgumentNullException(nameof(program))).OutputLengths.Length)
    {
        _step = new CompiledStep(this, program);
    }

    /// <summary>What is trained.</summary>
    public ParameterSet Parameters { get; }

    /// <summary>
    /// The gradients of the last batch, or, with <see cref="Accumulate"/>, the sum of those since the last step. A step of Learn keeps none, unless its optimiser has to see
    /// all of them at once.
    /// </summary>
    public GradientSet Gradients { get; }

    /// <summary>
    /// Whether the next call of Gradients adds to the gradients there are, for batches too large for memory. Reset by
    /// <see cref="Step(Optimizer, int)"/>; <see cref="Optimizer.GradientScale"/> makes a mean of the sum.
    /// </summary>
    public bool Accumulate
    {
        get => _accumulate;
        set
        {
            _accumulate = value;
            MicroBatch = value ? MicroBatch + 1 : 0;
        }
    }

    /// <summary>The seed of everything random in a step: which values are dropped.</summary>
    public ulong Seed { get; set; }

    /// <summary>The number of the step, from 0: with the seed, it says which values are dropped.</summary>
    public long StepNumber { get; set; }

    /// <summary>For a certified network: how far the worst case may be from the given inputs.</summary>
    public float Epsilon { get; set; }

    /// <summary>For a certified network: the weight of the plain loss; that of the worst case's loss is 1 less this.</summary>
    public float PlainShare { get; set; } = 1;

    /// <summary>How many batches were added up before this one.</summary>
    internal int MicroBatch { get; private set; }

    /// <summary>The values of an output for the last batch, samples one after another.</summary>
    public ReadOnlySpan<float> Output(int index) =>
        _step is not null ? _step.Output(index) : _outputs[index].AsSpan(0, _outputLengths[index]);

    /// <summary>Changes the parameters as the optimiser does with these gradients, and counts the step.</summary>
    /// <param name="optimizer">How.</param>
    /// <param name="threads">How many threads may take part; the numbers do not depend on it.</param>
    /// <exception cref="InvalidOperationException">The last step was one of Learn, which kept no gradients.</exception>
    public void Step(Optimizer optimizer, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        optimizer.Step(Parameters, Gradients, threads);
        Accumulate = false;
        StepNumber++;
    }

    /// <summary>Takes a step of L-BFGS, which evaluates the loss several times, and counts it as one.</summary>
    /// <param name="optimizer">How.</param>
    /// <param name="evaluate">Computes the loss and its gradients, usually by Gradients on the same batch.</param>
    /// <param name="threads">How many threads may take part; the numbers do not depend on it.</param>
    /// <returns>The loss before the step.</returns>
    public float Step(Lbfgs optimizer, Func<float> evaluate, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        Accumulate = false;
        float loss = optimizer.Step(Parameters, Gradients, evaluate, threads);
        StepNumber++;
        return loss;
    }

    /// <summary>What is left of matrices where only some rows are needed, over the graph of the next step; called by generated code.</summary>
    public NeededRows Needed(NodeGraph graph, int batch)
    {
        _needed ??= new NeededRows(Compiled.Signatures);
        _needed.Over(graph, batch);
        return _needed;
    }

    /// <summary>A target as the compiled step reads it; called by generated code.</summary>
    /// <exception cref="ArgumentException">It does not fit; the message says what would.</exception>
    public ReadOnlySpan<float> Target(int index, Target target, int batch) => Compiled.Targets.Of(index, target, batch);

    /// <summary>Classes as the compiled step reads them; called by generated code.</summary>
    /// <exception cref="ArgumentException">They do not fit; the message says what would.</exception>
    public ReadOnlySpan<float> Target(int index, ReadOnlySpan<int> classes, int batch) => Compiled.Targets.Of(index, classes, batch);

    /// <summary>Values as the compiled step reads them; called by generated code.</summary>
    /// <exception cref="ArgumentException">They do not fit; the message says what would.</exception>
    public ReadOnlySpan<float> Target(int index, ReadOnlySpan<float> values, int batch) => Compiled.Targets.Of(index, values, batch);

    /// <summary>Runs the compiled step on inputs and targets; called by generated code.</summary>
    /// <returns>The mean loss.</returns>
    public float Run(int batch, int threads, scoped in FeedBuilder tensors)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        return tensors.Run(Compiled, threads, batch, null);
    }

    /// <summary>
    /// Runs the compiled step, and the optimiser within it: parameters change while their gradients are near, or where they are prepared
    /// for the next step, if the optimiser does not have to see all gradients first; then none are kept. The numbers are those of Gradients and <see cref="Step(Optimizer, int)"/>. A
    /// loss that is not finite changes no parameter and counts no step. Called by generated code.
    /// </summary>
    /// <returns>The mean loss.</returns>
    public float Learn(int batch, int threads, Optimizer optimizer, scoped in FeedBuilder tensors)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        bool isLocal = optimizer.IsLocal && !Accumulate;
        float loss = tensors.Run(Compiled, threads, batch, isLocal ? optimizer : null);
        if (!float.IsFinite(loss))
        {
            return loss;
        }

        if (isLocal)
        {
            StepNumber++;
        }
        else
        {
            Step(optimizer, threads);
        }

        return loss;
    }

    private CompiledStep Compiled => _step ?? throw new InvalidOperationException("this network's gradients are written by hand: there is no compiled step");

    /// <summary>Room for an output's values.</summary>
    internal Span<float> PrepareOutput(int index, int length)
    {
        if (_outputs[index].Length < length)
        {
            _outputs[index] = new float[length];
        }

        _outputLengths[index] = length;
        return _outputs[index].AsSpan(0, length);
    }
}
