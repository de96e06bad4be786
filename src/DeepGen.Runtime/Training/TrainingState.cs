namespace DeepGen;

/// <summary>
/// What training a network needs beside the network: the gradients and the outputs of the last batch, and the settings the
/// compiled step reads. For one thread at a time.
/// </summary>
public sealed class TrainingState
{
    private readonly float[][] _outputs;

    /// <summary>Called by generated code.</summary>
    /// <param name="parameters">What is trained.</param>
    /// <param name="outputs">How many outputs the network has.</param>
    public TrainingState(ParameterSet parameters, int outputs)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Parameters = parameters;
        Gradients = new GradientSet(parameters);
        _outputs = new float[outputs][];
        Array.Fill(_outputs, []);
    }

    /// <summary>What is trained.</summary>
    public ParameterSet Parameters { get; }

    /// <summary>The gradients of the last batch, or, with <see cref="Accumulate"/>, the sum of those since then.</summary>
    public GradientSet Gradients { get; }

    /// <summary>Whether the next call of Gradients adds to the gradients there are. Reset by <see cref="Step(Optimizer, int)"/>.</summary>
    public bool Accumulate { get; set; }

    /// <summary>The seed of everything random in a step: which values are dropped.</summary>
    public ulong Seed { get; set; }

    /// <summary>The number of the step, from 0: with the seed, it says which values are dropped.</summary>
    public long StepNumber { get; set; }

    /// <summary>For a certified network: how far the worst case may be from the given inputs.</summary>
    public float Epsilon { get; set; }

    /// <summary>For a certified network: the weight of the plain loss; that of the worst case's loss is 1 less this.</summary>
    public float PlainShare { get; set; } = 1;

    /// <summary>The values of an output for the last batch, samples one after another.</summary>
    public ReadOnlySpan<float> Output(int index) => _outputs[index].AsSpan(0, OutputLengths[index]);

    /// <summary>Changes the parameters as the optimiser does with these gradients, and counts the step.</summary>
    /// <param name="optimizer">How.</param>
    /// <param name="threads">How many threads may take part; the numbers do not depend on it.</param>
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

    internal int[] OutputLengths => field ??= new int[_outputs.Length];

    /// <summary>Room for an output's values.</summary>
    internal Span<float> PrepareOutput(int index, int length)
    {
        if (_outputs[index].Length < length)
        {
            _outputs[index] = new float[length];
        }

        OutputLengths[index] = length;
        return _outputs[index].AsSpan(0, length);
    }
}
