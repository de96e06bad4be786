namespace DeepGen;

/// <summary>
/// Adam with weight decay of its own (Loshchilov and Hutter 2019): w ← (1 - ηλ)w, then the step of <see cref="Adam"/> without λ.
/// </summary>
public sealed class AdamW : Optimizer
{
    private readonly AdamStep _step;

    /// <param name="learningRate">η.</param>
    /// <param name="beta1">How much of the mean of gradients is kept.</param>
    /// <param name="beta2">How much of the mean of their squares is kept.</param>
    /// <param name="epsilon">ε.</param>
    /// <param name="weightDecay">λ.</param>
    /// <param name="amsGrad">Whether the greatest mean of squares so far counts.</param>
    public AdamW(
        double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 1e-2, bool amsGrad = false)
        : base("adamw", learningRate, weightDecay, AdamStep.BufferNames(amsGrad)) => _step = new AdamStep(beta1, beta2, epsilon, amsGrad);

    /// <summary>How much of the mean of gradients is kept.</summary>
    public double Beta1 => _step.Beta1;

    /// <summary>How much of the mean of their squares is kept.</summary>
    public double Beta2 => _step.Beta2;

    /// <summary>What keeps the quotient finite.</summary>
    public double Epsilon => _step.Epsilon;

    /// <summary>Whether the greatest mean of squares so far counts.</summary>
    public bool AmsGrad => _step.AmsGrad;

    private protected override Runtime.UpdatePass Ready(in Runtime.UpdateStep step, long number, double rate) => _step.Ready(
        step, Ranges, number, rate, WeightDecay, decoupled: true, Memory(0), Memory(1), AmsGrad ? Memory(2) : null);
}
