using System.Runtime.CompilerServices;
using DeepGen.Runtime;

namespace DeepGen;

/// <summary>
/// Lion (Chen and others 2023): w ← w - η(sign(β₁m + (1 - β₁)g) + λw); then m ← β₂m + (1 - β₂)g. Every number moves equally far.
/// </summary>
public sealed class Lion : Optimizer
{
    private readonly UpdatePass<Rule> _pass = new();

    /// <param name="learningRate">η; a third to a tenth of what Adam would be given.</param>
    /// <param name="beta1">How much the remembered direction counts in a step.</param>
    /// <param name="beta2">How much of it is kept.</param>
    /// <param name="weightDecay">λ.</param>
    public Lion(double learningRate = 1e-4, double beta1 = 0.9, double beta2 = 0.99, double weightDecay = 0)
        : base("lion", learningRate, weightDecay, "exp_avg")
    {
        Require.Decay(beta1, nameof(beta1));
        Require.Decay(beta2, nameof(beta2));
        (Beta1, Beta2) = (beta1, beta2);
    }

    /// <summary>How much the remembered direction counts in a step.</summary>
    public double Beta1 { get; }

    /// <summary>How much of the direction is kept.</summary>
    public double Beta2 { get; }

    private protected override UpdatePass Ready(in UpdateStep step, long number, double rate)
    {
        for (int i = 0; i < Ranges.Groups.Length; i++)
        {
            var group = Ranges.Groups[i];
            double eta = rate * group.RateFactor;
            _pass.Rules(Ranges)[i] = new Rule(
                (float)Beta1, (float)(1 - Beta1), (float)Beta2, (float)(1 - Beta2), (float)(1 - (eta * (group.WeightDecay ?? WeightDecay))), (float)-eta);
        }

        return _pass.Ready(step, Ranges, Memory(0));
    }

    internal readonly record struct Rule(float Keep1, float Take1, float Keep2, float Take2, float Shrink, float NegativeRate) : IUpdateRule
    {
        public int Buffers => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<T>(T g, ref T w, ref T m, ref T b, ref T c)
            where T : struct, ILanes<T>
        {
            var direction = T.Fma(T.Broadcast(Take1), g, T.Broadcast(Keep1) * m);
            w = T.Fma(T.Broadcast(NegativeRate), Sign(direction), T.Broadcast(Shrink) * w);

            // Not flushed when tiny: here the sign counts however small the number is.
            m = T.Fma(T.Broadcast(Take2), g, T.Broadcast(Keep2) * m);
        }

        /// <summary>-1, 0, 1 or NaN.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static T Sign<T>(T x)
            where T : struct, ILanes<T>
        {
            var one = T.Broadcast(1);
            return T.Select(T.LessThan(T.Zero, x), one, T.Select(T.LessThan(x, T.Zero), -one, x));
        }
    }
}
