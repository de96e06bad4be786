using DeepGen;

namespace Digits;

/// <summary>How a network is trained and judged, for data of some size.</summary>
internal sealed record Recipe(int Epochs, float Epsilon, Schedule Schedule, CertifiedSchedule? Hardening)
{
    /// <summary>The rate falls along half a cosine, from 0.001 to nothing.</summary>
    public static Recipe Plain(Options options, long samples)
    {
        int epochs = options.Epochs ?? 5;
        return new Recipe(epochs, options.Epsilon ?? 0.002f, new Cosine(Schedule.StepsIn(epochs, samples, options.Batch)), null);
    }

    /// <summary>
    /// The shares of the published schedule for MNIST, whose 60 000 steps are 2000 of warm-up and 10 000 in which epsilon grows, with
    /// a rate that falls to a tenth at steps 15 000 and 25 000 (Gowal et al. 2018).
    /// </summary>
    public static Recipe Certified(Options options, long samples)
    {
        int epochs = options.Epochs ?? 10;
        float epsilon = options.Epsilon ?? 0.1f;
        long steps = Schedule.StepsIn(epochs, samples, options.Batch);
        return new Recipe(epochs, epsilon, new MultiStep([steps * 15 / 60, steps * 25 / 60]), new CertifiedSchedule(epsilon, steps * 2 / 60, steps * 10 / 60));
    }
}
