using System.Runtime.CompilerServices;
using DeepGen.Runtime;

namespace DeepGen;

/// <summary>
/// Adagrad (Duchi, Hazan and Singer 2011): g ← g + λw; s ← s + g²; w ← w - η/(1 + (t - 1)δ) · g / (√s + ε).
/// </summary>
public sealed class Adagrad : Optimizer
{
    private readonly UpdatePass<Rule> _pass = new();

    /// <param name="learningRate">η.</param>
    /// <param name="rateDecay">δ, by which the rate falls with every step.</param>
    /// <param name="weightDecay">λ.</param>
    /// <param name="initialSum">What s begins with.</param>
    /// <param name="epsilon">ε.</param>
    public Adagrad(double learningRate = 1e-2, double rateDecay = 0, double weightDecay = 0, double initialSum = 0, double epsilon = 1e-10)
        : base("adagrad", learningRate, weightDecay, "sum")
    {
        Require.NotNegative(rateDecay, nameof(rateDecay));
        Require.NotNegative(initialSum, nameof(initialSum));
        Require.NotNegative(epsilon, nameof(epsilon));
        (RateDecay, InitialSum, Epsilon) = (rateDecay, initialSum, epsilon);
    }

    /// <summary>By how much the rate falls with every step.</summary>
    public double RateDecay { get; }

    /// <summary>What the sum of squares begins with.</summary>
    public double InitialSum { get; }

    /// <summary>What keeps the quotient finite.</summary>
    public double Epsilon { get; }

    private protected override void Begin() => Buffer(0).Fill((float)InitialSum);

    private protected override UpdatePass Ready(in UpdateStep step, long number, double rate)
    {
        double fallen = rate / (1 + ((number - 1) * RateDecay));
        for (int i = 0; i < Ranges.Groups.Length; i++)
        {
            var group = Ranges.Groups[i];
            _pass.Rules(Ranges)[i] = new Rule((float)(group.WeightDecay ?? WeightDecay), (float)Epsilon, (float)(-fallen * group.RateFactor));
        }

        return _pass.Ready(step, Ranges, Memory(0));
    }

    internal readonly record struct Rule(float Decay, float Epsilon, float NegativeRate) : IUpdateRule
    {
        public int Buffers => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<T>(T g, ref T w, ref T sum, ref T b, ref T c)
            where T : struct, ILanes<T>
        {
            g = T.Fma(T.Broadcast(Decay), w, g);
            sum = T.Fma(g, g, sum);
            w = T.Fma(T.Broadcast(NegativeRate), g / (T.Sqrt(sum) + T.Broadcast(Epsilon)), w);
        }
    }
}
