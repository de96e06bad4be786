namespace DeepGen;

/// <summary>
/// Adam (Kingma and Ba 2015): g ← g + λw; m ← β₁m + (1 - β₁)g; v ← β₂v + (1 - β₂)g²; w ← w - η m̂ / (√v̂ + ε), where m̂ = m / (1 - β₁ᵗ)
/// and v̂ = v / (1 - β₂ᵗ). With AMSGrad v̂ is that of the greatest v so far.
/// </summary>
public sealed class Adam : Optimizer
{
    private readonly AdamStep _step;

    /// <param name="learningRate">η.</param>
    /// <param name="beta1">How much of the mean of gradients is kept.</param>
    /// <param name="beta2">How much of the mean of their squares is kept.</param>
    /// <param name="epsilon">ε.</param>
    /// <param name="weightDecay">λ, part of the gradient; see <see cref="AdamW"/> for decay by itself.</param>
    /// <param name="amsGrad">Whether the greatest mean of squares so far counts.</param>
    public Adam(
        double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0, bool amsGrad = false)
        : base("adam", learningRate, weightDecay, AdamStep.BufferNames(amsGrad)) => _step = new AdamStep(beta1, beta2, epsilon, amsGrad);

    /// <summary>How much of the mean of gradients is kept.</summary>
    public double Beta1 => _step.Beta1;

    /// <summary>How much of the mean of their squares is kept.</summary>
    public double Beta2 => _step.Beta2;

    /// <summary>What keeps the quotient finite.</summary>
    public double Epsilon => _step.Epsilon;

    /// <summary>Whether the greatest mean of squares so far counts.</summary>
    public bool AmsGrad => _step.AmsGrad;

    private protected override Runtime.UpdatePass Ready(in Runtime.UpdateStep step, long number, double rate) => _step.Ready(
        step, Ranges, number, rate, WeightDecay, decoupled: false, Memory(0), Memory(1), AmsGrad ? Memory(2) : null);
}
