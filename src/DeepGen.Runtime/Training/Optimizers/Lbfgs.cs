using System.Globalization;
using DeepGen.Runtime;

namespace DeepGen;

/// <summary>
/// Limited-memory BFGS (Liu and Nocedal 1989): the direction is -H∇f, where H is built from the last steps s and the changes y of the gradient
/// that they made; along it <see cref="StrongWolfe"/> looks for the step. For losses that do not change from batch to batch.
/// </summary>
public sealed partial class Lbfgs : Optimizer
{
    private readonly FlatAlgebra _flat = new();
    private readonly StrongWolfe _search;
    private readonly LbfgsHistory _history;
    private double _step;
    private long _iterations;

    /// <param name="learningRate">The first step tried along a direction.</param>
    /// <param name="iterations">How many directions one step follows at most.</param>
    /// <param name="evaluations">After how many evaluations of the loss no further direction is begun; 5/4 of the iterations if left out.</param>
    /// <param name="history">How many steps H is built from.</param>
    /// <param name="gradientTolerance">A gradient whose numbers are all this small is the end.</param>
    /// <param name="changeTolerance">So is a change of the loss or of all weights that is this small.</param>
    /// <param name="lineSearch">Whether to look for a step along the direction; if not, each goes as far as the learning rate says.</param>
    public Lbfgs(
        double learningRate = 1, int iterations = 20, int? evaluations = null, int history = 100, double gradientTolerance = 1e-7,
        double changeTolerance = 1e-9, bool lineSearch = true)
        : base("lbfgs", learningRate, 0, "direction", "previous_gradient")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(evaluations ?? 1, 1, nameof(evaluations));
        ArgumentOutOfRangeException.ThrowIfLessThan(history, 1);
        Require.NotNegative(gradientTolerance, nameof(gradientTolerance));
        Require.NotNegative(changeTolerance, nameof(changeTolerance));
        (Iterations, Evaluations, GradientTolerance, ChangeTolerance, LineSearch) =
            (iterations, evaluations ?? iterations * 5 / 4, gradientTolerance, changeTolerance, lineSearch);
        _history = new LbfgsHistory(history);
        _search = new StrongWolfe(this);
    }

    /// <summary>How many directions one step follows at most.</summary>
    public int Iterations { get; }

    /// <summary>After how many evaluations no further direction is begun.</summary>
    public int Evaluations { get; }

    /// <summary>How many steps H is built from.</summary>
    public int History => _history.Most;

    /// <summary>How small a gradient is the end.</summary>
    public double GradientTolerance { get; }

    /// <summary>How small a change is the end.</summary>
    public double ChangeTolerance { get; }

    /// <summary>Whether there is a search along the direction.</summary>
    public bool LineSearch { get; }

    internal override bool IsLocal => false;

    internal override IReadOnlyList<string> BufferNames => [.. base.BufferNames, .. _history.BufferNames];

    internal override IReadOnlyList<(string Name, double Value)> Scalars =>
        [("iterations", _iterations), ("step", _step), .. _history.Scalars];

    /// <summary>Not possible: one step needs the loss at several places.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override void Step(ParameterSet parameters, GradientSet gradients, int threads = 1) =>
        throw new NotSupportedException("L-BFGS needs the loss at several places: use the Step that takes a function which evaluates loss and gradients");

    /// <summary>Not possible: the directions of all parameters are one.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override Optimizer Group(string pattern, double? weightDecay = null, double rateFactor = 1) =>
        throw new NotSupportedException("L-BFGS has no groups of parameters: its direction is one for all of them");

    /// <summary>Not possible: there is no weight decay.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override Optimizer DecayMatricesOnly() =>
        throw new NotSupportedException("L-BFGS has no weight decay: add it to the loss");

    /// <summary>Takes one step of several directions. If the function throws, parameters are as they were before the direction under way.</summary>
    /// <param name="parameters">What changes; always the same ones.</param>
    /// <param name="gradients">Where the function leaves the gradients.</param>
    /// <param name="evaluate">Computes the loss for the parameters there are, and replaces the gradients.</param>
    /// <param name="threads">How many threads may take part in what is not the function.</param>
    /// <returns>The loss before the step.</returns>
    /// <exception cref="NotFiniteNumberException">The loss or a gradient is not finite before the step; nothing has changed.</exception>
    public float Step(ParameterSet parameters, GradientSet gradients, Func<float> evaluate, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(gradients);
        ArgumentNullException.ThrowIfNull(evaluate);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        if (ClipNorm is not null || ClipValue is not null || GradientScale != 1)
        {
            throw new InvalidOperationException("L-BFGS needs gradients as they are: ClipNorm, ClipValue and GradientScale cannot be used with it");
        }

        Attach(parameters);
        gradients.MustBelongTo(parameters);
        _flat.Use(Ranges, threads);
        (_parameters, _gradients, _evaluate, _evaluations) = (parameters, gradients, evaluate, 0);
        float loss = Evaluate();
        if (!float.IsFinite(loss))
        {
            throw new NotFiniteNumberException($"the loss is {loss.ToString(CultureInfo.InvariantCulture)} before the step; no parameter was changed", loss);
        }

        if (!double.IsFinite(_flat.Dot(gradients.Memory, gradients.Memory)))
        {
            throw new NotFiniteNumberException(gradients.ExplainNotFinite());
        }

        _flat.Set(_gradient!, 1, gradients.Memory);
        try
        {
            Follow(loss);
        }
        catch
        {
            Forget();
            throw;
        }
        finally
        {
            _evaluate = null;
        }

        Steps++;
        return loss;
    }

    internal override Span<float> Buffer(int index) => index < 2 ? base.Buffer(index) : _history.Buffer(index - 2).Span;

    internal override void SetScalar(string name, double value)
    {
        switch (name)
        {
            case "iterations": _iterations = (long)value; break;
            case "step": _step = value; break;
            default:
                if (!_history.SetScalar(name, value, PreviousGradient.Length))
                {
                    base.SetScalar(name, value);
                }

                break;
        }
    }

    private protected override void Begin()
    {
        _weightsBefore = new AlignedBuffer(Direction.Length);
        _gradient = new AlignedBuffer(Direction.Length);
    }

    private protected override UpdatePass Ready(in UpdateStep step, long number, double rate) => throw new NotSupportedException();

    private AlignedBuffer Direction => Memory(0);

    private AlignedBuffer PreviousGradient => Memory(1);
}
