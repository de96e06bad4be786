using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using DeepGen.SideBySide.Networks;

// What a deployed program does: one prediction, and the end. Prints the first output, and the milliseconds since Main.
// With a second argument it writes the weights and the input that all programs of benchmarks/deployment.sh are given.
long start = Stopwatch.GetTimestamp();
string weights = Path.Combine(args[0], "weights.safetensors"), inputs = Path.Combine(args[0], "input.f32");
var network = new Mlp(seed: 1);
if (args.Length > 1)
{
    float[] drawn = new float[784];
    for (int i = 0; i < drawn.Length; i++)
        drawn[i] = (i * 7919 % 2001 / 1000f) - 1;
    File.WriteAllBytes(inputs, MemoryMarshal.AsBytes<float>(drawn));
    File.WriteAllText(Path.Combine(args[0], "input.shape"), "784");
    network.Save(weights);
    return;
}

network.Load(weights);
float[] output = new float[10];
network.Predict(MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(inputs)), output);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{output[0]:F6} {Stopwatch.GetElapsedTime(start).TotalMilliseconds:F3}"));
