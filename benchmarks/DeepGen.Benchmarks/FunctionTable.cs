namespace DeepGen.Benchmarks;

/// <summary>Nanoseconds a number of the elementary functions, in the loops that are generated for them.</summary>
internal static class FunctionTable
{
    private const int Rounds = 21;
    private const int Length = 4096;

    public static void Print()
    {
        Workload[] table =
        [
            Row("tanh", new OnlyTanh(1).Predict), Row("sigmoid", new OnlySigmoid(1).Predict), Row("silu", new OnlySilu(1).Predict),
            Row("gelu", new OnlyGelu(1).Predict), Row("softplus", new OnlySoftplus(1).Predict), Row("softmax", new OnlySoftmax(1).Predict),
        ];
        Workload.MeasureInTurns(table, Rounds);
        Console.WriteLine($"{Length} numbers of one sample, one thread; nanoseconds a number, median (min-max)");
        foreach (var row in table)
        {
            double[] all = [.. row.Seconds.Select(s => s * 1e9 / Length).Order()];
            Console.WriteLine($"{row.Name,-10} {all[Rounds / 2]:F3} ({all[0]:F3}-{all[^1]:F3})");
        }
    }

    private static Workload Row(string name, Prediction predict)
    {
        float[] x = [.. Enumerable.Range(0, Length).Select(i => (i * 7919 % 2001 / 250f) - 4)], y = new float[Length];
        return new Workload(name, Length, count =>
        {
            for (int i = 0; i < count; i++)
                predict(x, y);
        });
    }

    private delegate void Prediction(ReadOnlySpan<float> input, Span<float> output);
}

[Network, Input(4096)]
[Tanh]
public sealed partial class OnlyTanh;

[Network, Input(4096)]
[Sigmoid]
public sealed partial class OnlySigmoid;

[Network, Input(4096)]
[Silu]
public sealed partial class OnlySilu;

[Network, Input(4096)]
[Gelu]
public sealed partial class OnlyGelu;

[Network, Input(4096)]
[Softplus]
public sealed partial class OnlySoftplus;

[Network, Input(4096)]
[Softmax]
public sealed partial class OnlySoftmax;
