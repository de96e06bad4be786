using DeepGen;
using KeyTone.Networks;

namespace KeyTone;

/// <summary>Learns from sound that is drawn for every batch anew, whole sequences at a time.</summary>
internal static class Lesson
{
    private const int Batch = 16, Frames = 200, Lines = 7;

    public static void Teach(ToneNet network, Options options)
    {
        var random = new Random(options.Seed);
        var optimizer = new Adam(5e-3);
        float[] sound = new float[Batch * Frames * Sound.FrameLength];
        int[] heard = new int[Batch * Frames];
        double loss = 0;
        int every = Math.Max(1, options.Steps / Lines), since = 0;
        for (int step = 1; step <= options.Steps; step++)
        {
            for (int b = 0; b < Batch; b++)
            {
                var drawn = Sound.Draw(random, Frames);
                drawn.Samples.CopyTo(sound, b * drawn.Samples.Length);
                for (int f = 0; f < Frames; f++)
                    heard[(b * Frames) + f] = (int)drawn.Frames[f];
            }

            loss += network.Learn(sound, heard, optimizer);
            since++;
            if (step % every == 0 || step == options.Steps)
            {
                Console.WriteLine($"step {step,5} of {options.Steps}, loss {loss / since:F3}");
                (loss, since) = (0, 0);
            }
        }
    }
}
