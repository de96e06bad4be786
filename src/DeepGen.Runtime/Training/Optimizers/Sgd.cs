using System.Runtime.CompilerServices;
using DeepGen.Runtime;

namespace DeepGen;

/// <summary>
/// Gradient descent: g ← g + λw; m ← μm + (1 - d)g, at the first step m ← g; w ← w - ηm, or with Nesterov's look ahead w - η(g + μm).
/// </summary>
public sealed class Sgd : Optimizer
{
    private readonly UpdatePass<Plain>? _plain;
    private readonly UpdatePass<WithMomentum>? _withMomentum;

    /// <param name="learningRate">η.</param>
    /// <param name="momentum">μ, at least 0 and less than 1; 0 remembers nothing.</param>
    /// <param name="dampening">d.</param>
    /// <param name="nesterov">Whether to look ahead; needs momentum, and no dampening.</param>
    /// <param name="weightDecay">λ.</param>
    public Sgd(double learningRate = 1e-3, double momentum = 0, double dampening = 0, bool nesterov = false, double weightDecay = 0)
        : base("sgd", learningRate, weightDecay, momentum > 0 ? ["momentum_buffer"] : [])
    {
        Require.Decay(momentum, nameof(momentum));
        Require.NotNegative(dampening, nameof(dampening));
        if (nesterov && (momentum == 0 || dampening != 0))
        {
            throw new ArgumentException("Nesterov's look ahead needs momentum, and no dampening", nameof(nesterov));
        }

        (Momentum, Dampening, Nesterov) = (momentum, dampening, nesterov);
        _plain = momentum == 0 ? new() : null;
        _withMomentum = momentum > 0 ? new() : null;
    }

    /// <summary>How much of the direction is kept.</summary>
    public double Momentum { get; }

    /// <summary>How much less a new gradient counts.</summary>
    public double Dampening { get; }

    /// <summary>Whether the gradient counts as if the momentum had been followed already.</summary>
    public bool Nesterov { get; }

    private protected override UpdatePass Ready(in UpdateStep step, long number, double rate)
    {
        for (int i = 0; i < Ranges.Groups.Length; i++)
        {
            var group = Ranges.Groups[i];
            float eta = (float)(rate * group.RateFactor);
            float decay = (float)(group.WeightDecay ?? WeightDecay);
            if (_plain is not null)
            {
                _plain.Rules(Ranges)[i] = new Plain(-eta, decay);
            }
            else
            {
                // Before the first step the memory is zero: keeping nothing of it and taking the whole gradient starts it.
                _withMomentum!.Rules(Ranges)[i] = new WithMomentum(
                    -eta, decay, number == 1 ? 0 : (float)Momentum, number == 1 ? 1 : (float)(1 - Dampening), (float)Momentum, Nesterov);
            }
        }

        return _plain is not null ? _plain.Ready(step, Ranges) : _withMomentum!.Ready(step, Ranges, Memory(0));
    }

    internal readonly record struct Plain(float NegativeRate, float Decay) : IUpdateRule
    {
        public int Buffers => 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<T>(T g, ref T w, ref T a, ref T b, ref T c)
            where T : struct, ILanes<T> => w = T.Fma(T.Broadcast(NegativeRate), T.Fma(T.Broadcast(Decay), w, g), w);
    }

    internal readonly record struct WithMomentum(float NegativeRate, float Decay, float Keep, float Take, float Ahead, bool Nesterov) : IUpdateRule
    {
        public int Buffers => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<T>(T g, ref T w, ref T m, ref T b, ref T c)
            where T : struct, ILanes<T>
        {
            g = T.Fma(T.Broadcast(Decay), w, g);
            m = Tiny.Flush(T.Fma(T.Broadcast(Keep), m, T.Broadcast(Take) * g));
            w = T.Fma(T.Broadcast(NegativeRate), Nesterov ? T.Fma(T.Broadcast(Ahead), m, g) : m, w);
        }
    }
}
