namespace DeepGen;

/// <summary>
/// How the training of a certified network hardens: the plain loss alone for a while, then epsilon grows from 0 and the share of
/// the plain loss falls from 1, both in a straight line, and after that they stay (Gowal et al. 2018).
/// </summary>
public sealed class CertifiedSchedule
{
    /// <param name="epsilon">How far the worst case is from the inputs in the end.</param>
    /// <param name="warmUpSteps">Steps with the plain loss alone.</param>
    /// <param name="rampSteps">Steps in which epsilon and the share change.</param>
    public CertifiedSchedule(float epsilon, long warmUpSteps, long rampSteps)
    {
        if (!(epsilon >= 0 && float.IsFinite(epsilon)))
        {
            throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, "epsilon must be a finite number that is not negative");
        }

        ArgumentOutOfRangeException.ThrowIfNegative(warmUpSteps);
        ArgumentOutOfRangeException.ThrowIfNegative(rampSteps);
        Epsilon = epsilon;
        WarmUpSteps = warmUpSteps;
        RampSteps = rampSteps;
    }

    /// <summary>How far the worst case is from the inputs in the end.</summary>
    public float Epsilon { get; }

    /// <summary>Steps with the plain loss alone.</summary>
    public long WarmUpSteps { get; }

    /// <summary>Steps in which epsilon and the share change.</summary>
    public long RampSteps { get; }

    /// <summary>The share of the plain loss in the end, between 0 and 1.</summary>
    public float PlainShare
    {
        get;
        init
        {
            if (!(value is >= 0 and <= 1))
            {
                throw new ArgumentOutOfRangeException(nameof(value), value, "a share is between 0 and 1");
            }

            field = value;
        }
    } = 0.5f;

    /// <summary>Sets what a step trains for. A function of the step's number alone, so that it needs no state.</summary>
    public void Apply(TrainingState training, long step)
    {
        ArgumentNullException.ThrowIfNull(training);
        double ramp = step < WarmUpSteps ? 0 : RampSteps == 0 ? 1 : Math.Min(1, (double)(step - WarmUpSteps) / RampSteps);
        training.Epsilon = (float)(ramp * Epsilon);
        training.PlainShare = (float)(1 - (ramp * (1 - PlainShare)));
    }
}
