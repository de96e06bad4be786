using System.Runtime.CompilerServices;
using DeepGen.Runtime;

namespace DeepGen;

/// <summary>
/// The step that <see cref="Adam"/> and <see cref="AdamW"/> share: w ← sw - η/(1 - β₁ᵗ) · m / (√v/√(1 - β₂ᵗ) + ε), where decay is s = 1 - ηλ
/// or part of the gradient. Corrections are computed in double precision, once a step.
/// </summary>
internal sealed class AdamStep
{
    private readonly UpdatePass<Means>? _means;
    private readonly UpdatePass<Greatest>? _greatest;

    public AdamStep(double beta1, double beta2, double epsilon, bool amsGrad)
    {
        Require.Decay(beta1, nameof(beta1));
        Require.Decay(beta2, nameof(beta2));
        Require.NotNegative(epsilon, nameof(epsilon));
        (Beta1, Beta2, Epsilon) = (beta1, beta2, epsilon);
        _means = amsGrad ? null : new();
        _greatest = amsGrad ? new() : null;
    }

    public double Beta1 { get; }

    public double Beta2 { get; }

    public double Epsilon { get; }

    public bool AmsGrad => _greatest is not null;

    public static string[] BufferNames(bool amsGrad) => amsGrad ? ["exp_avg", "exp_avg_sq", "max_exp_avg_sq"] : ["exp_avg", "exp_avg_sq"];

    public UpdatePass Ready(
        in UpdateStep step, UpdateRanges ranges, long number, double rate, double weightDecay, bool decoupled, AlignedBuffer m, AlignedBuffer v, AlignedBuffer? most)
    {
        double correction1 = 1 - Math.Pow(Beta1, number);
        double correction2 = Math.Sqrt(1 - Math.Pow(Beta2, number));
        for (int i = 0; i < ranges.Groups.Length; i++)
        {
            var group = ranges.Groups[i];
            double eta = rate * group.RateFactor;
            double decay = group.WeightDecay ?? weightDecay;
            var constants = new Constants(
                decoupled ? 0 : (float)decay, decoupled ? (float)(1 - (eta * decay)) : 1, (float)(1 - Beta1), (float)Beta2, (float)(1 - Beta2),
                (float)(1 / correction2), (float)Epsilon, (float)(-eta / correction1));
            if (_means is not null)
            {
                _means.Rules(ranges)[i] = new Means(constants);
            }
            else
            {
                _greatest!.Rules(ranges)[i] = new Greatest(constants);
            }
        }

        return _means is not null ? _means.Ready(step, ranges, m, v) : _greatest!.Ready(step, ranges, m, v, most);
    }

    internal readonly record struct Constants(
        float Decay, float Shrink, float Take1, float Keep2, float Take2, float Correct2, float Epsilon, float NegativeRate)
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Remember<T>(T g, T w, ref T m, ref T v)
            where T : struct, ILanes<T>
        {
            g = T.Fma(T.Broadcast(Decay), w, g);
            m = Tiny.Flush(T.Fma(T.Broadcast(Take1), g - m, m));
            v = Tiny.Flush(T.Fma(T.Broadcast(Take2) * g, g, T.Broadcast(Keep2) * v));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Move<T>(T w, T m, T v)
            where T : struct, ILanes<T>
        {
            var root = T.Fma(T.Sqrt(v), T.Broadcast(Correct2), T.Broadcast(Epsilon));
            return T.Fma(T.Broadcast(NegativeRate), m / root, T.Broadcast(Shrink) * w);
        }
    }

    internal readonly record struct Means(Constants C) : IUpdateRule
    {
        public int Buffers => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<T>(T g, ref T w, ref T m, ref T v, ref T c)
            where T : struct, ILanes<T>
        {
            C.Remember(g, w, ref m, ref v);
            w = C.Move(w, m, v);
        }
    }

    internal readonly record struct Greatest(Constants C) : IUpdateRule
    {
        public int Buffers => 3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<T>(T g, ref T w, ref T m, ref T v, ref T most)
            where T : struct, ILanes<T>
        {
            C.Remember(g, w, ref m, ref v);
            most = T.Max(most, v);
            w = C.Move(w, m, most);
        }
    }
}
