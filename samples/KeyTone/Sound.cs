namespace KeyTone;

/// <summary>What can be heard, in the order of the network's classes.</summary>
internal enum Heard
{
    Nothing,
    Rising,
    Falling,
    Beep,
}

/// <summary>Sound drawn from a seed: tones of three kinds among noise, 8000 samples a second, in frames of 32 (4 ms).</summary>
internal sealed record Sound(float[] Samples, Heard[] Frames)
{
    public const int FrameLength = 32, Rate = 8000;

    /// <summary>A tone sounds at least this long and at most twice as long, in frames; the pauses between as well.</summary>
    private const int ShortestTone = 16;

    public static Sound Draw(Random random, int frames)
    {
        var samples = new float[frames * FrameLength];
        var heard = new Heard[frames];
        int frame = random.Next(ShortestTone);
        while (frame < frames)
        {
            int length = random.Next(ShortestTone, 2 * ShortestTone);
            var kind = (Heard)random.Next(1, 4);
            int end = Math.Min(frames, frame + length);
            Add(samples, kind, frame * FrameLength, length * FrameLength, random);
            heard.AsSpan(frame, end - frame).Fill(kind);
            frame = end + random.Next(ShortestTone, 2 * ShortestTone);
        }

        double noise = 0.05 + (0.15 * random.NextDouble());
        for (int i = 0; i < samples.Length; i++)
            samples[i] += (float)(noise * ((2 * random.NextDouble()) - 1));
        return new Sound(samples, heard);
    }

    /// <summary>A tone of 500 to 1500 Hz; a chirp ends twice as high as it begins, or half as high.</summary>
    private static void Add(float[] samples, Heard kind, int start, int length, Random random)
    {
        double loudness = 0.3 + (0.5 * random.NextDouble());
        double low = 500 + (500 * random.NextDouble());
        double phase = 2 * Math.PI * random.NextDouble();
        for (int i = 0; i < length && start + i < samples.Length; i++)
        {
            double done = (double)i / length;
            double frequency = low * kind switch { Heard.Rising => 1 + done, Heard.Falling => 2 - done, _ => 1.5 };
            phase += 2 * Math.PI * frequency / Rate;
            samples[start + i] += (float)(loudness * Math.Sin(phase));
        }
    }
}
