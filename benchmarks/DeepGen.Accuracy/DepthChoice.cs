using DeepGen.Data;
using DeepGen.Learning.Networks;

namespace DeepGen.Learning;

/// <summary>
/// How the row of 10 000 layers comes by its rate and its number of epochs: all pairs of some are tried on the first four fifths of
/// the training data, and the one that reads most of the last fifth, in the mean of two seeds, is taken. The test data are not read.
/// </summary>
internal static class DepthChoice
{
    /// <summary>What has been chosen so: 93.19 % of the part put aside.</summary>
    public const double Rate = 8e-5;

    public const int Epochs = 40;

    private static readonly double[] s_rates = [2e-5, 4e-5, 8e-5, 1.6e-4, 3.2e-4];

    private static readonly int[] s_epochs = [20, 40];

    public static void Try(Options options)
    {
        DataSet training = Sources.OptdigitsTraining(options.Folder);
        int put = training.Count / 5;
        (DataSet learnt, DataSet aside) = (training[..^put], training[^put..]);
        Console.WriteLine($"{"rate",-10} {"epochs",6}   {"share read of the part put aside"}");
        foreach (double rate in s_rates)
        {
            foreach (int epochs in s_epochs)
            {
                double[] shares = [Share(options), Share(options with { Seed = options.Seed + 1 })];
                Console.WriteLine($"{rate,-10} {epochs,6}   {shares.Average():P2} ({string.Join(", ", shares.Select(s => s.ToString("P2")))})");

                double Share(Options seeded)
                {
                    try
                    {
                        return Run.Accuracy(Learnt(learnt, rate, epochs, seeded), aside);
                    }
                    catch (TrainingDivergedException)
                    {
                        return 0;
                    }
                }
            }
        }
    }

    public static OptdigitsTenThousand Learnt(DataSet data, double rate, int epochs, Options options)
    {
        var network = new OptdigitsTenThousand(options.Seed);
        Run.Learn(network, data, epochs, 64, new Adam(rate) { ClipNorm = 1 }, options);
        return network;
    }
}
