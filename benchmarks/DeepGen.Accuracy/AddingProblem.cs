using DeepGen.Data;
using DeepGen.Learning.Networks;

namespace DeepGen.Learning;

/// <summary>
/// The adding problem (Hochreiter and Schmidhuber 1997): each step has a number in [0, 1) and a mark, one mark is set in each half
/// of the sequence, and the sum of the marked numbers is asked for. Always to say 1 has a mean squared error of 1/6.
/// </summary>
internal static class AddingProblem
{
    public const int Steps = 100;
    private const int Batches = 2000, Size = 64, Tested = 4096;

    /// <summary>The mean squared error on sequences never seen.</summary>
    public static double Error(Options options)
    {
        var random = new Random((int)(options.Seed % int.MaxValue));
        var network = new Adding(options.Seed) { Threads = options.Threads };
        var optimizer = new Adam(5e-3) { ClipNorm = 1, Schedule = new Cosine(Batches) };
        for (int step = 0; step < Batches; step++)
        {
            float loss = network.Learn(Draw(random, Size), optimizer);
            if (options.Verbose && step % 100 == 0)
                Console.Error.WriteLine($"step {step}: {loss:f4}");
        }

        var test = Draw(random, Tested);
        float[] sums = new float[Tested];
        network.Predict(test.Inputs[0].Span, sums);
        return sums.Zip(test.Targets[0].Values.ToArray(), (y, t) => Math.Pow(y - t, 2)).Average();
    }

    private static Batch Draw(Random random, int count)
    {
        float[] sequences = new float[count * Steps * 2], sums = new float[count];
        for (int i = 0; i < count; i++)
        {
            Span<float> sequence = sequences.AsSpan(i * Steps * 2, Steps * 2);
            for (int t = 0; t < Steps; t++)
                sequence[2 * t] = random.NextSingle();

            foreach (int marked in new[] { random.Next(Steps / 2), random.Next(Steps / 2, Steps) })
            {
                sequence[(2 * marked) + 1] = 1;
                sums[i] += sequence[2 * marked];
            }
        }

        return new Batch(count, [sequences], [new Target(sums)]);
    }
}
