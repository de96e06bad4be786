using System.Diagnostics;
using System.Globalization;
using DeepGen;
using KeyTone;
using KeyTone.Networks;

const int FramesALine = 100;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
try
{
    if (Options.Parse(args) is not { } options)
    {
        Console.WriteLine(Options.Help);
        return 0;
    }

    Console.WriteLine(ToneNet.Summary);
    Console.WriteLine();
    var network = new ToneNet((ulong)options.Seed) { Threads = options.Threads };
    Lesson.Teach(network, options);
    network.Threads = 1;

    // A microphone would give a frame at a time; so does this.
    var sound = Sound.Draw(new Random(options.Seed + 1_000_000), options.Frames);
    StreamState state = network.NewState();
    Span<float> scores = stackalloc float[4];
    network.Step(sound.Samples.AsSpan(0, Sound.FrameLength), scores, network.NewState());   // the first call compiles
    var said = new Heard[options.Frames];
    long ticks = 0;
    for (int frame = 0; frame < options.Frames; frame++)
    {
        ReadOnlySpan<float> samples = sound.Samples.AsSpan(frame * Sound.FrameLength, Sound.FrameLength);
        long before = Stopwatch.GetTimestamp();
        network.Step(samples, scores, state);
        ticks += Stopwatch.GetTimestamp() - before;
        said[frame] = Likeliest(scores);
    }

    Console.WriteLine();
    Console.WriteLine($"New sound, a sign for each {1000 * Sound.FrameLength / Sound.Rate} ms: / rises, \\ falls, - stays, . is nothing");
    for (int start = 0; start < options.Frames; start += FramesALine)
    {
        int end = Math.Min(options.Frames, start + FramesALine);
        Console.WriteLine($"{(double)start * Sound.FrameLength / Sound.Rate,5:F1} s  there   {Line(sound.Frames[start..end])}");
        Console.WriteLine($"         heard   {Line(said[start..end])}");
    }

    double right = said.Zip(sound.Frames).Count(p => p.First == p.Second) / (double)options.Frames;
    Console.WriteLine();
    Console.WriteLine($"Right: {right:P1} of {options.Frames} frames, {Stopwatch.GetElapsedTime(0, ticks).TotalMicroseconds / options.Frames:F2} µs for each");
    return 0;
}
catch (FormatException error)
{
    Console.Error.WriteLine(error.Message);
    return 2;
}

static Heard Likeliest(ReadOnlySpan<float> scores)
{
    int best = 0;
    for (int i = 1; i < scores.Length; i++)
        best = scores[i] > scores[best] ? i : best;
    return (Heard)best;
}

static string Line(Heard[] frames) => string.Concat(frames.Select(f => f switch { Heard.Rising => '/', Heard.Falling => '\\', Heard.Beep => '-', _ => '.' }));
