using System.Globalization;
using DeepGen;
using DeepGen.Benchmarks;
using DeepGen.Runtime;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

Action? table = args switch
{
    ["threads"] => ThreadTable.Print,
    ["batches"] => BatchesTable.Print,
    ["rows"] => RowsTable.Print,
    ["zeros"] => ZerosTable.Print,
    ["images"] => ImagesTable.Print,
    ["pools"] => PoolsTable.Print,
    ["functions"] => FunctionTable.Print,
    _ => null,
};
if (table is not null)
{
    Console.WriteLine(Machine.Describe());
    table();
    return 0;
}

if (args is [var model, .. var rest] && rest.Length < 2 && int.TryParse(rest.FirstOrDefault("128"), out int tokens) && tokens is >= 1 and <= 1024
    && LanguageSteps.Print(model, tokens))
{
    return 0;
}

if (args is ["graphs", ..] && args.Length <= 2)
{
    Console.WriteLine(Machine.Describe());
    GraphTable.Print(args.ElementAtOrDefault(1));
    return 0;
}

if (args.Length > 0)
{
    Console.Error.WriteLine("DeepGen.Benchmarks measures layers and steps; 'threads': predictions of all sizes on one thread and on two;");
    Console.Error.WriteLine("'batches': a perceptron, few samples at a time and more;");
    Console.Error.WriteLine("'rows': dense layers over samples of few rows; 'zeros': a wide layer over values of which some are zeros;");
    Console.Error.WriteLine("'functions': tanh and others, nanoseconds a number; 'images': large images, by bands of rows; 'pools': pools behind convolutions;");
    Console.Error.WriteLine("'gpt' or 'llama', and how many tokens (128, up to 1024): steps of training at full size;");
    Console.Error.WriteLine("'graphs [FOLDER]': steps over a graph of Cora's size, or over Cora in a folder as samples/Citations reads it.");
    return 2;
}

const int Rounds = 21;

var peak = Workload.Peak;
Workload[] layers =
[
    Workload.Prediction(new WideDense(1).Predict, "Dense(256) on 784, batch 64", 64, 784, 256, 2.0 * 784 * 256),
    Workload.Prediction(new ConvolutionInside(1).Predict, "Conv2D 3x3 32 to 64 on 14x14, batch 32, interleaved", 32, 32 * 14 * 14, 64, 2.0 * 9 * 32 * 64 * 14 * 14),
    Workload.Prediction(new ConvolutionAlone(1).Predict, "the same, channels first in and out", 32, 32 * 14 * 14, 64 * 14 * 14, 2.0 * 9 * 32 * 64 * 14 * 14),
];
Workload[] tiny =
[
    Workload.Prediction(new TinyTanh(1).Predict, "4-16-16-2 tanh, batch 1", 1, 4, 2, 2.0 * ((4 * 16) + (16 * 16) + (16 * 2))),
    Workload.Prediction(new TinySoftmax(1).Predict, "20-16-5 softmax, batch 1", 1, 20, 5, 2.0 * ((20 * 16) + (16 * 5))),
    Workload.Prediction(new TinySoftmax(1).Predict, "20-16-5 softmax, batch 64", 64, 20, 5, 2.0 * ((20 * 16) + (16 * 5))),
];
Pair[] training =
[
    Training(new LearningPerceptron(1), new LearningPerceptron(1), "a step of Adam, 784-256-128-10, batch 64", 784),
    Training(new LearningConvolutions(1), new LearningConvolutions(1), "a step of Adam, the README's network, batch 64", 784),
];
Workload[] all = [peak, .. layers, .. tiny, .. training.SelectMany(p => new[] { p.One, p.Two })];

Console.WriteLine(Machine.Describe());
Console.WriteLine($"Kernels: {InstructionSet.Name}; one thread but where two are said; {Rounds} rounds, every workload once a round.");
Workload.MeasureInTurns(all, Rounds);

Console.WriteLine();
Console.WriteLine($"{"",-52} {"median",10} {"min",8} {"max",8}   share of peak   allocated");
Print(peak, "GFLOP/s", peak.GigaflopsOf);
foreach (var layer in layers)
    Print(layer, "GFLOP/s", layer.GigaflopsOf, Median([.. layer.Seconds.Zip(peak.Seconds, (mine, best) => layer.GigaflopsOf(mine) / peak.GigaflopsOf(best))]));
foreach (var network in tiny)
    Print(network, "ns", seconds => seconds * 1e9);
foreach (var pair in training)
{
    Print(pair.One, "us", seconds => seconds * 1e6);
    Print(pair.Two, "us", seconds => seconds * 1e6);
    Console.WriteLine($"{"  one thread over two",-52} {Median([.. pair.One.Seconds.Zip(pair.Two.Seconds, (one, two) => one / two)]),10:F2}");
}

return 0;

static Pair Training<T>(T one, T two, string name, int inputs)
    where T : ITrainable<T>
{
    const int Batch = 64;
    float[] input = new float[Batch * inputs];
    int[] classes = new int[Batch];
    for (int i = 0; i < input.Length; i++)
        input[i] = i * 7919 % 2001 / 2000f;
    for (int i = 0; i < Batch; i++)
        classes[i] = i % 10;
    var batch = new Batch(Batch, [input], [new Target(classes)]);
    two.Threads = 2;
    return new Pair(Step(one, name), Step(two, "the same on two threads"));

    Workload Step(T network, string title)
    {
        var optimizer = new Adam(1e-4);
        return new Workload(title, 0, count =>
        {
            for (int i = 0; i < count; i++)
            {
                network.Gradients(batch);
                network.Training.Step(optimizer, network.Threads);
            }
        });
    }
}

static double Median(double[] values)
{
    Array.Sort(values);
    return values[values.Length / 2];
}

static void Print(Workload workload, string unit, Func<double, double> figure, double? share = null)
{
    double[] figures = [.. workload.Seconds.Select(figure)];
    Console.WriteLine($"{workload.Name,-52} {Median(figures),10:F1} {figures.Min(),8:F1} {figures.Max(),8:F1} {unit,-8}{(share is { } s ? $"{s,6:P0}" : ""),6} {workload.AllocatedBytes,10} bytes");
}

/// <summary>The same work on one thread and on two.</summary>
internal sealed record Pair(Workload One, Workload Two);
