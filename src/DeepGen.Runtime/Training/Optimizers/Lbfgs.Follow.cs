using DeepGen.Runtime;

namespace DeepGen;

/// <content>One step: w ← w + td for several directions d, until nothing changes any more or enough was evaluated.</content>
public sealed partial class Lbfgs : StrongWolfe.ILine
{
    private AlignedBuffer? _weightsBefore;
    private AlignedBuffer? _gradient;
    private ParameterSet? _parameters;
    private GradientSet? _gradients;
    private Func<float>? _evaluate;
    private int _evaluations;

    /// <inheritdoc/>
    StrongWolfe.Point StrongWolfe.ILine.At(double step)
    {
        MoveTo(step);
        float loss = Evaluate();
        return new StrongWolfe.Point(step, loss, _flat.Dot(_gradients!.Memory, Direction));
    }

    /// <inheritdoc/>
    void StrongWolfe.ILine.Keep() => _flat.Set(_gradient!, 1, _gradients!.Memory);

    private void Follow(double loss)
    {
        if (_flat.Greatest(_gradient!) <= GradientTolerance)
        {
            return;
        }

        double rate = CurrentRate;
        for (int n = 1; n <= Iterations; n++)
        {
            ChooseDirection();
            _flat.Set(PreviousGradient, 1, _gradient!);
            double before = loss;
            _step = _iterations == 1 ? Math.Min(1, 1 / _flat.AbsoluteSum(_gradient!)) * rate : rate;
            double slope = _flat.Dot(_gradient!, Direction);
            if (!(slope <= -ChangeTolerance))
            {
                return;
            }

            _parameters!.Storage.CopyTo(_weightsBefore!.Span);
            try
            {
                loss = LineSearch ? Search(loss, slope) : Take(loss, isLast: n == Iterations);
            }
            catch
            {
                _parameters.Write(0, _weightsBefore.Span);
                throw;
            }

            if (_evaluations >= Evaluations || _flat.Greatest(_gradient!) <= GradientTolerance
                || _flat.Greatest(Direction) * Math.Abs(_step) <= ChangeTolerance || Math.Abs(loss - before) < ChangeTolerance)
            {
                return;
            }
        }
    }

    private void ChooseDirection()
    {
        if (++_iterations == 1)
        {
            _history.Clear();
            _flat.Set(Direction, -1, _gradient!);
        }
        else
        {
            _history.Learn(_flat, _step, Direction, _gradient!, PreviousGradient);
            _history.Solve(_flat, _gradient!, Direction);
        }
    }

    private double Search(double loss, double slope)
    {
        var best = _search.Search(new StrongWolfe.Point(0, loss, slope), _step, ChangeTolerance / _flat.Greatest(Direction));
        MoveTo(best.Step);
        _step = best.Step;
        return best.Value;
    }

    private double Take(double loss, bool isLast)
    {
        MoveTo(_step);
        if (isLast)
        {
            return loss;
        }

        loss = Evaluate();
        _flat.Set(_gradient!, 1, _gradients!.Memory);
        return loss;
    }

    private float Evaluate()
    {
        _evaluations++;
        return _evaluate!();
    }

    /// <summary>Parameters are where the direction began, and so many times the direction from there.</summary>
    private void MoveTo(double step)
    {
        lock (_parameters!.Gate)
        {
            _flat.Move(_parameters.Memory, _weightsBefore!, step, Direction);
            _parameters.Changed();
        }
    }

    private void Forget()
    {
        _iterations = 0;
        _history.Clear();
    }
}
