using System.Diagnostics;
using DeepGen.Models;
using DeepGen.Runtime;

namespace DeepGen.Benchmarks;

/// <summary>Steps of training of the ready-made language models at their full size: whether they fit and learn, and what they take.</summary>
internal static class LanguageSteps
{
    private const int Steps = 5;

    private delegate float Learning(ReadOnlySpan<int> tokens, ReadOnlySpan<int> next, Optimizer optimizer, int size);

    /// <summary>False if there is no such model.</summary>
    public static bool Print(string model, int tokens)
    {
        switch (model)
        {
            case "gpt":
                var gpt = new Gpt(seed: 1) { Threads = Environment.ProcessorCount };
                Print(gpt, 50257, tokens, (x, y, optimizer, size) => gpt.Learn(x, y, optimizer, T: size));
                return true;
            case "llama":
                var llama = new Llama(seed: 1) { Threads = Environment.ProcessorCount };
                Print(llama, 49152, tokens, (x, y, optimizer, size) => llama.Learn(x, y, optimizer, T: size));
                return true;
            default:
                return false;
        }
    }

    private static void Print(INetwork network, int vocabulary, int tokens, Learning learn)
    {
        // Each token is a function of the one before it, so that there is something to learn.
        int[] text = new int[tokens + 1];
        for (int i = 0; i < tokens; i++)
            text[i + 1] = (int)((text[i] * 7919L + 12345) % vocabulary);
        Console.WriteLine(Machine.Describe());
        Console.WriteLine($"{network.GetType().Name}: {network.Parameters.Sum(p => (long)p.Length) / 1e6:F1} million parameters; AdamW, one text of {tokens} tokens, again and again");
        var optimizer = new AdamW(3e-4);
        for (int step = 1; step <= Steps; step++)
        {
            long start = Stopwatch.GetTimestamp();
            float loss = learn(text.AsSpan(0, tokens), text.AsSpan(1), optimizer, tokens);
            Console.WriteLine($"step {step}: loss {loss:F4}, {Stopwatch.GetElapsedTime(start).TotalSeconds:F2} s");
        }

        Console.WriteLine($"at most {Process.GetCurrentProcess().PeakWorkingSet64 / 1e9:F2} GB of memory");
    }
}
