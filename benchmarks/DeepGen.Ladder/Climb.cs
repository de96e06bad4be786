using DeepGen.Benchmarks;
using DeepGen.Ladder.Convolution;
using DeepGen.Ladder.Gemm;
using DeepGen.Ladder.Pooling;
using DeepGen.Ladder.Softmax;
using DeepGen.Runtime;

namespace DeepGen.Ladder;

/// <summary>Checks every rung of a ladder, then times all of them side by side.</summary>
internal static class Climb
{
    private const int Rounds = 15;
    private const long PeakSteps = 1 << 16;

    // Ten times what the fastest rungs err by; a wrong index errs by about 1.
    private const double GreatestError = 1e-5;

    /// <summary>The ladders of these names, for the lanes that this processor has.</summary>
    public static bool All<L>(string[] names)
        where L : struct, ILanes<L>
    {
        bool right = true;
        foreach (string name in names)
        {
            Steps[] ladders = name switch
            {
                "gemm" => [GemmSteps<L>.Make()],
                "convolution" => [ConvolutionSteps<L>.Make()],
                "pooling" => PoolingSteps<L>.Make(),
                "softmax" => [SoftmaxSteps<L>.Make()],
                _ => throw new ArgumentException($"There is no ladder '{name}'; there are gemm, convolution, pooling and softmax."),
            };
            foreach (Steps steps in ladders)
                right &= One(steps);
        }

        return right;
    }

    private static bool One(Steps steps)
    {
        float sink = 0;
        var peak = new Workload("peak", PeakLoop.Flops(PeakSteps), count => Repeat(count, () => sink += PeakLoop.Run(PeakSteps)));
        Workload[] rungs = [.. steps.Rungs.Select(r => new Workload(r.Name, steps.Operations, count => Repeat(count, r.Run)))];
        Workload[] all = [peak, .. rungs];
        Workload.MeasureInTurns(all, Rounds);

        Console.WriteLine();
        Console.WriteLine($"{steps.Title}; peak {Median(peak.Seconds.Select(peak.GigaflopsOf)):F1} GFLOP/s{(float.IsFinite(sink) ? "" : "?")}");
        Console.WriteLine($"{"",-43} {"median µs",9} {"least",9} {"most",9} {"GFLOP/s",7} {"peak",6} {"error",8}");
        bool right = true;
        for (int i = 0; i < rungs.Length; i++)
        {
            double[] microseconds = [.. rungs[i].Seconds.Select(s => s * 1e6)];
            double share = Median(rungs[i].Seconds.Zip(peak.Seconds, (mine, best) => rungs[i].GigaflopsOf(mine) / peak.GigaflopsOf(best)));
            double error = steps.Error(steps.Rungs[i]);
            bool fits = error <= GreatestError;
            right &= fits;
            Console.WriteLine($"{i + 1}. {rungs[i].Name,-40} {Median(microseconds),9:F1} {microseconds.Min(),9:F1} {microseconds.Max(),9:F1} {rungs[i].GigaflopsOf(Median(rungs[i].Seconds)),7:F1} {share,6:P0} {error,8:E1}{(fits ? "" : "  WRONG")}");
            Console.WriteLine($"     {steps.Rungs[i].Next}");
        }

        return right;
    }

    private static void Repeat(int count, Action run)
    {
        for (int i = 0; i < count; i++)
            run();
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
