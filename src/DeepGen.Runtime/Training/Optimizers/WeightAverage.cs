using System.Runtime.CompilerServices;
using DeepGen.Runtime;

namespace DeepGen;

/// <summary>
/// The running average of weights over steps: a ← a + (1 - d)(w - a), begun with the weights there are. It often predicts better
/// than the weights of the last step. What training does not change, such as running statistics, is taken as it is.
/// </summary>
public sealed class WeightAverage
{
    private readonly UpdatePass<Rule> _pass = new();
    private readonly ParameterSet _parameters;
    private readonly UpdateRanges _ranges;
    private readonly AlignedBuffer _average;

    /// <param name="parameters">The weights.</param>
    /// <param name="decay">d: the average reaches about 1 / (1 - d) steps back.</param>
    /// <param name="warmUp">Whether d is at most (1 + t) / (10 + t) after t updates, so that the first weights are soon forgotten.</param>
    public WeightAverage(ParameterSet parameters, double decay = 0.999, bool warmUp = false)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Require.Decay(decay, nameof(decay));
        _parameters = parameters;
        _ranges = new UpdateRanges(parameters, []);
        _average = new AlignedBuffer(parameters.Storage.Length);
        parameters.Storage.CopyTo(_average.Span);
        (Decay, WarmUp) = (decay, warmUp);
    }

    /// <summary>How much of the average is kept.</summary>
    public double Decay { get; }

    /// <summary>Whether less is kept at first.</summary>
    public bool WarmUp { get; }

    /// <summary>How many updates there were.</summary>
    public long Updates { get; internal set; }

    /// <summary>Whether the network has the averaged weights at present.</summary>
    public bool IsApplied { get; private set; }

    /// <summary>The averages, laid out as the parameters are; for checkpoints.</summary>
    internal Span<float> Values
    {
        get
        {
            MustNotBeApplied();
            return _average.Span;
        }
    }

    /// <summary>Takes in the weights after a step.</summary>
    /// <exception cref="InvalidOperationException">The averaged weights are applied.</exception>
    public void Update(int threads = 1)
    {
        MustNotBeApplied();
        double decay = WarmUp ? Math.Min(Decay, (1.0 + Updates) / (10.0 + Updates)) : Decay;
        _pass.Rules(_ranges)[0] = new Rule((float)(1 - decay));
        _pass.Ready(new UpdateStep(_average, _parameters.Memory, 1, float.PositiveInfinity), _ranges).Run(threads);
        for (int i = 0; i < _parameters.Count; i++)
        {
            var parameter = _parameters[i];
            if (!parameter.Trainable)
            {
                parameter.Values.CopyTo(parameter.Destination(_average.Span));
            }
        }

        Updates++;
    }

    /// <summary>Gives the network the averaged weights and keeps its own until <see cref="Restore"/>.</summary>
    /// <exception cref="InvalidOperationException">It has them already.</exception>
    public void Apply()
    {
        MustNotBeApplied();
        Exchange();
        IsApplied = true;
    }

    /// <summary>Gives the network back the weights it had before <see cref="Apply"/>.</summary>
    /// <exception cref="InvalidOperationException">The averaged weights are not applied.</exception>
    public void Restore()
    {
        if (!IsApplied)
        {
            throw new InvalidOperationException("there is nothing to restore: the averaged weights are not applied");
        }

        Exchange();
        IsApplied = false;
    }

    /// <summary>Writes the averaged weights to the parameters of another network of the same class.</summary>
    /// <exception cref="ArgumentException">It has other parameters.</exception>
    public void CopyTo(ParameterSet destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        if (!destination.Select(p => (p.Name, p.Offset, p.Length)).SequenceEqual(_parameters.Select(p => (p.Name, p.Offset, p.Length))))
        {
            throw new ArgumentException("the destination has other parameters than the network whose weights were averaged", nameof(destination));
        }

        destination.Write(0, IsApplied ? _parameters.Storage : _average.Span);
    }

    private void Exchange()
    {
        lock (_parameters.Gate)
        {
            var weights = _parameters.Mutable;
            var average = _average.Span;
            for (int i = 0; i < weights.Length; i++)
            {
                (weights[i], average[i]) = (average[i], weights[i]);
            }

            _parameters.Changed();
        }
    }

    private void MustNotBeApplied()
    {
        if (IsApplied)
        {
            throw new InvalidOperationException("the network has the averaged weights at present: call Restore first");
        }
    }

    /// <summary>The average is what changes, and the weights are in the place of gradients.</summary>
    internal readonly record struct Rule(float Take) : IUpdateRule
    {
        public int Buffers => 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<T>(T weight, ref T average, ref T a, ref T b, ref T c)
            where T : struct, ILanes<T> => average = T.Fma(T.Broadcast(Take), weight - average, average);
    }
}
