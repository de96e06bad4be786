using Characters;
using DeepGen.Learning.Networks;

namespace DeepGen.Learning;

/// <summary>
/// Characters of Shakespeare, learnt as nanoGPT learns them without a graphics card: 2000 batches of 12 pieces of 64 characters,
/// AdamW with a rate that rises for 100 steps and falls to a tenth; the last tenth of the text is never learnt from.
/// </summary>
internal static class Shakespeare
{
    private const int Block = 64, BatchSize = 12, Steps = 2000, Vocabulary = 65;

    /// <summary>The mean loss of a character over all of the text that was not learnt from.</summary>
    public static double ValidationLoss(Options options)
    {
        int[] text = Ids(Sources.Shakespeare(options.Folder));
        int[] training = text[..(text.Length * 9 / 10)], validation = text[training.Length..];
        var network = new CharacterGpt(options.Seed) { Threads = options.Threads };
        Optimizer optimizer = new AdamW(1e-3, beta1: 0.9, beta2: 0.99, weightDecay: 0.1)
        {
            ClipNorm = 1,
            Schedule = new LinearWarmUp(100, 0.01).Then(new Cosine(Steps - 100, 0.1)),
        }.DecayMatricesOnly();

        var random = new Random((int)options.Seed);
        int[] ids = new int[BatchSize * Block], next = new int[BatchSize * Block];
        for (int step = 0; step < Steps; step++)
        {
            for (int sample = 0; sample < BatchSize; sample++)
                Copy(training, random.Next(training.Length - Block), ids, next, sample);
            float loss = network.Learn(ids, next, optimizer);
            if (options.Verbose && step % 100 == 99)
                Console.Error.WriteLine($"step {step + 1}: {loss:F3}");
        }

        return Loss(network, validation);
    }

    /// <summary>Of pieces of the text one after another.</summary>
    private static double Loss(CharacterGpt network, int[] text)
    {
        int pieces = (text.Length - 1) / Block;
        int[] ids = new int[pieces * Block], next = new int[pieces * Block];
        for (int piece = 0; piece < pieces; piece++)
            Copy(text, piece * Block, ids, next, piece);

        float[] scores = new float[ids.Length * Vocabulary];
        network.Predict(ids, scores);
        return Judgement.MeanLoss(scores, next, Vocabulary);
    }

    private static void Copy(int[] text, int start, int[] ids, int[] next, int sample)
    {
        text.AsSpan(start, Block).CopyTo(ids.AsSpan(sample * Block));
        text.AsSpan(start + 1, Block).CopyTo(next.AsSpan(sample * Block));
    }

    /// <summary>Each character's place among those that occur, in their order.</summary>
    private static int[] Ids(string text)
    {
        char[] characters = [.. text.Distinct().Order()];
        return characters.Length == Vocabulary
            ? [.. text.Select(c => Array.BinarySearch(characters, c))]
            : throw new InvalidDataException($"the text has {characters.Length} different characters, not {Vocabulary}");
    }
}
