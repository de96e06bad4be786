using System.Diagnostics;
using DeepGen.Runtime;

namespace DeepGen.Benchmarks;

/// <summary>
/// Predictions on one thread and on two, for works from below a microsecond to a millisecond or two: one after another, and with
/// pauses between them, in which threads fall asleep.
/// </summary>
internal static class ThreadTable
{
    private const int Rounds = 11;
    private static readonly TimeSpan s_pause = TimeSpan.FromMicroseconds(200);

    public static void Print()
    {
        Console.WriteLine($"{"",-36} {"one after another, us",24} {"",8} {"pauses of 200 us",24}");
        Console.WriteLine($"{"",-36} {"one",12} {"two",11} {"1 : 2",8} {"one",12} {"two",11} {"1 : 2",8}");
        var tiny = new TinyTanh(1);
        foreach (int batch in new[] { 2, 16, 64, 256, 1024, 4096 })
            Print($"4-16-16-2 tanh, batch {batch}", tiny, tiny.Predict, batch * 4, batch * 2);
        var perceptron = new LearningPerceptron(1);
        foreach (int batch in new[] { 2, 4, 8, 16, 32, 64 })
            Print($"784-256-128-10, batch {batch}", perceptron, perceptron.Predict, batch * 784, batch * 10);
        var convolutions = new LearningConvolutions(1);
        foreach (int batch in new[] { 2, 4, 8 })
            Print($"the README's network, batch {batch}", convolutions, convolutions.Predict, batch * 784, batch * 10);
        var wide = new FourWideLayers(1);
        foreach (int batch in new[] { 1, 2, 4, 8, 16, 32 })
            Print($"four layers of 1024, batch {batch}", wide, wide.Predict, batch * 1024, batch * 1024);
    }

    private delegate void Prediction(ReadOnlySpan<float> input, Span<float> output);

    private static void Print(string name, INetwork network, Prediction predict, int inputs, int outputs)
    {
        // No zeros, which layers with many samples would skip.
        var random = new Random(1);
        float[] input = [.. Enumerable.Range(0, inputs).Select(_ => random.NextSingle() - 0.5f)];
        float[] output = new float[outputs];
        int repetitions = 1;
        for (double seconds = 0; seconds < 0.003; repetitions *= 2)
            seconds = Mean(2 * repetitions, default) * 2 * repetitions;

        // Ways take turns: one thread and two, close and with pauses.
        var times = new double[4][];
        for (int way = 0; way < times.Length; way++)
            times[way] = new double[Rounds];
        for (int round = 0; round < Rounds; round++)
        {
            for (int way = 0; way < times.Length; way++)
            {
                network.Threads = 1 + (way & 1);
                bool pauses = way >= 2;
                Mean(5, default);
                times[way][round] = Mean(pauses ? 60 : repetitions, pauses ? s_pause : default);
            }
        }

        double[] medians = [.. times.Select(t => t.Order().ElementAt(Rounds / 2) * 1e6)];
        Console.WriteLine(
            $"{name,-36} {medians[0],12:F2} {medians[1],11:F2} {medians[0] / medians[1],8:F2} {medians[2],12:F2} {medians[3],11:F2} {medians[2] / medians[3],8:F2}");

        double Mean(int count, TimeSpan pause)
        {
            long ticks = 0;
            for (int i = 0; i < count; i++)
            {
                long rested = Stopwatch.GetTimestamp();
                while (Stopwatch.GetElapsedTime(rested) < pause)
                {
                }

                long start = Stopwatch.GetTimestamp();
                predict(input, output);
                ticks += Stopwatch.GetTimestamp() - start;
            }

            return ticks / (double)Stopwatch.Frequency / count;
        }
    }
}
