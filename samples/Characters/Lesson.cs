using System.Diagnostics;
using Characters.Networks;
using DeepGen;

namespace Characters;

/// <summary>Learns from one batch after another, and says now and then how it goes.</summary>
internal static class Lesson
{
    private const int Batch = 12, Said = 100, WarmUp = 50;
    private const float Rate = 2e-3f;

    /// <returns>How many batches it learnt from: fewer than asked for when it was stopped.</returns>
    public static int Learn(CharacterGpt network, Corpus corpus, int piece, int steps, TextWriter said, CancellationToken stop)
    {
        Optimizer optimizer = new AdamW(Rate, beta1: 0.9, beta2: 0.99, weightDecay: 0.1)
        {
            ClipNorm = 1,
            Schedule = steps > 2 * WarmUp ? new LinearWarmUp(WarmUp, 0.01).Then(new Cosine(steps - WarmUp, 0.1)) : null,
        }.DecayMatricesOnly();
        int[] tokens = new int[Batch * piece], next = new int[Batch * piece];
        long start = Stopwatch.GetTimestamp();
        double sum = 0;
        for (int step = 1; step <= steps; step++)
        {
            if (stop.IsCancellationRequested)
                return step - 1;
            corpus.Draw(tokens, next);
            sum += network.Learn(tokens, next, optimizer);
            if (step % Said == 0 || step == steps)
            {
                double count = step % Said == 0 ? Said : step % Said;
                said.WriteLine($"step {step,5} of {steps}   loss {sum / count:F3}   {Stopwatch.GetElapsedTime(start).TotalSeconds,5:F1} s");
                sum = 0;
            }
        }

        return steps;
    }

    /// <summary>The mean loss of a character of the text that was not learnt from.</summary>
    public static double Judge(CharacterGpt network, Corpus corpus)
    {
        var (tokens, next) = corpus.Validation();
        int kinds = Corpus.Tokenizer.Vocabulary;
        float[] scores = new float[tokens.Length * kinds];
        network.Predict(tokens, scores);
        return Judgement.MeanLoss(scores, next, kinds);
    }
}
