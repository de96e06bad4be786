using DeepGen.Generator.Check;

namespace DeepGen.Compiled.Tests.Support;

/// <summary>Runs a compiled network beside its oracle.</summary>
internal static class Agreement
{
    /// <summary>The largest difference allowed, as a share of the output's largest value.</summary>
    public const double Tolerance = 1e-5;

    public static void Check(CompiledSource source, string name, params int[] batches)
    {
        INetwork network = source.Create(name, 7);
        Randomise(network, 11);
        Elaboration elaboration = source.Elaborate(name);
        foreach (int batch in batches)
        {
            Check(network, elaboration, batch, source);
        }
    }

    private static void Check(INetwork network, Elaboration elaboration, int batch, CompiledSource source)
    {
        float[][] inputs = Inputs(elaboration, batch, 3);
        double[][] expected = Oracle.Evaluate(elaboration, network, batch, inputs);
        float[][] actual = Predict(network, inputs, expected.Select(e => e.Length));
        for (int o = 0; o < expected.Length; o++)
        {
            double scale = Math.Max(expected[o].Select(Math.Abs).DefaultIfEmpty(0).Max(), 1e-3);
            for (int i = 0; i < expected[o].Length; i++)
            {
                double difference = Math.Abs(actual[o][i] - expected[o][i]) / scale;
                Assert.True(
                    difference <= Tolerance,
                    $"batch {batch}, output {o}, value {i}: {actual[o][i]} instead of {expected[o][i]} (off by {difference:g3} of the scale)\n{source.Declared.SyntaxTrees.First()}\n");
            }
        }
    }

    public static float[][] Inputs(Elaboration elaboration, int batch, int seed)
    {
        var random = new Random(seed);
        return elaboration.Forward!.Inputs
            .Select(n => Enumerable.Range(0, checked((int)n.Shape.ConstantLength * batch)).Select(_ => (float)((random.NextDouble() * 2) - 1)).ToArray())
            .ToArray();
    }

    public static float[][] Predict(INetwork network, float[][] inputs, IEnumerable<int> outputLengths)
    {
        float[][] outputs = outputLengths.Select(l => new float[l]).ToArray();
        network.Predict(
            inputs.Select(i => new ReadOnlyMemory<float>(i)).ToArray(),
            outputs.Select(o => new Memory<float>(o)).ToArray());
        return outputs;
    }

    /// <summary>Fresh normalisation statistics are 0 and 1, which would hide a mistake: give everything values of its own.</summary>
    public static void Randomise(INetwork network, int seed)
    {
        var random = new Random(seed);
        foreach (Parameter parameter in network.Parameters)
        {
            bool positive = parameter.Name.EndsWith("running_var", StringComparison.Ordinal);
            float[] values = parameter.Values.ToArray();
            for (int i = 0; i < values.Length; i++)
            {
                bool constant = parameter.Shape.Length == 1;
                values[i] = positive ? 0.5f + random.NextSingle() : constant ? values[i] + (0.4f * (random.NextSingle() - 0.5f)) : values[i];
            }

            parameter.Write(values);
        }
    }
}
