using System.Runtime.CompilerServices;
using DeepGen.Runtime;

namespace DeepGen;

/// <summary>
/// RMSprop (Hinton 2012): g ← g + λw; v ← αv + (1 - α)g²; w ← w - ηg / (√v + ε). Centred: a ← αa + (1 - α)g, and v - a² in place of v. With
/// momentum: m ← μm + g / (√v + ε); w ← w - ηm.
/// </summary>
public sealed class RmsProp : Optimizer
{
    private readonly UpdatePass<Rule> _pass = new();

    /// <param name="learningRate">η.</param>
    /// <param name="alpha">How much of the mean of squares is kept.</param>
    /// <param name="epsilon">ε.</param>
    /// <param name="weightDecay">λ.</param>
    /// <param name="momentum">μ, at least 0 and less than 1; 0 remembers no direction.</param>
    /// <param name="centered">Whether the variance of gradients is the measure, in place of their mean square.</param>
    public RmsProp(
        double learningRate = 1e-2, double alpha = 0.99, double epsilon = 1e-8, double weightDecay = 0, double momentum = 0, bool centered = false)
        : base("rmsprop", learningRate, weightDecay, Names(momentum > 0, centered))
    {
        Require.Decay(alpha, nameof(alpha));
        Require.NotNegative(epsilon, nameof(epsilon));
        Require.Decay(momentum, nameof(momentum));
        (Alpha, Epsilon, Momentum, IsCentered) = (alpha, epsilon, momentum, centered);
    }

    /// <summary>How much of the mean of squares is kept.</summary>
    public double Alpha { get; }

    /// <summary>What keeps the quotient finite.</summary>
    public double Epsilon { get; }

    /// <summary>How much of the direction is kept.</summary>
    public double Momentum { get; }

    /// <summary>Whether the variance of gradients is the measure.</summary>
    public bool IsCentered { get; }

    private protected override UpdatePass Ready(in UpdateStep step, long number, double rate)
    {
        for (int i = 0; i < Ranges.Groups.Length; i++)
        {
            var group = Ranges.Groups[i];
            _pass.Rules(Ranges)[i] = new Rule(
                (float)(group.WeightDecay ?? WeightDecay), (float)Alpha, (float)(1 - Alpha), (float)Epsilon, (float)Momentum,
                (float)(-rate * group.RateFactor), Momentum > 0, IsCentered);
        }

        return _pass.Ready(step, Ranges, Memory(0), BufferNames.Count > 1 ? Memory(1) : null, BufferNames.Count > 2 ? Memory(2) : null);
    }

    private static string[] Names(bool momentum, bool centered) =>
        ["square_avg", .. momentum ? ["momentum_buffer"] : Array.Empty<string>(), .. centered ? ["grad_avg"] : Array.Empty<string>()];

    internal readonly record struct Rule(
        float Decay, float Keep, float Take, float Epsilon, float Momentum, float NegativeRate, bool HasMomentum, bool IsCentered) : IUpdateRule
    {
        public int Buffers => 1 + (HasMomentum ? 1 : 0) + (IsCentered ? 1 : 0);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<T>(T g, ref T w, ref T v, ref T second, ref T third)
            where T : struct, ILanes<T>
        {
            g = T.Fma(T.Broadcast(Decay), w, g);
            v = Tiny.Flush(T.Fma(T.Broadcast(Take) * g, g, T.Broadcast(Keep) * v));
            var square = v;
            if (IsCentered)
            {
                var old = HasMomentum ? third : second;
                var mean = Tiny.Flush(T.Fma(T.Broadcast(Take), g - old, old));
                if (HasMomentum)
                {
                    third = mean;
                }
                else
                {
                    second = mean;
                }

                // Rounding alone could make a variance negative; NaN comes through, being the second operand.
                square = T.Max(T.Zero, T.Fma(-mean, mean, v));
            }

            var move = g / (T.Sqrt(square) + T.Broadcast(Epsilon));
            if (HasMomentum)
            {
                second = Tiny.Flush(T.Fma(T.Broadcast(Momentum), second, move));
                move = second;
            }

            w = T.Fma(T.Broadcast(NegativeRate), move, w);
        }
    }
}
