using System.Runtime.InteropServices;
using DeepGen.Compiled.Tests.Networks;
using DeepGen.Compiled.Tests.Support;
using DeepGen.Compiled.Tests.Training;
using DeepGen.Generator.Ir;

namespace DeepGen.Compiled.Tests.Ragged;

/// <summary>Networks of any layers over sequences of lengths of their own.</summary>
public sealed class RandomRaggedTests
{
    private const int Samples = 5;

    public static TheoryData<int> Groups => [.. Enumerable.Range(0, NetworkGroup.Ragged.Count)];

    [Fact]
    public void They_are_declared_soundly() => Assert.Empty(NetworkGroup.Ragged.SelectMany(g => g.Networks).Where(n => !CompiledSource.IsSound(n.Text, n.Name)).Select(n => n.Text));

    [Theory]
    [MemberData(nameof(Groups))]
    public void They_compute_what_they_mean(int group) => NetworkGroup.Ragged[group].Check(network => AtSizes(network, () => Agreement.Difference(network, 1, 3)));

    [Theory]
    [MemberData(nameof(Groups))]
    public void Each_sample_is_what_it_is_alone(int group) => NetworkGroup.Ragged[group].Check((source, name) =>
    {
        RunningNetwork ragged = source.Create(name), plain = source.Create(name + "Plain");
        return AtSizes(ragged, () => Alone(ragged, plain));
    });

    [Theory]
    [MemberData(nameof(Groups))]
    public void Their_gradients_are_those_of_the_graph(int group) => NetworkGroup.Ragged[group].Check(network =>
        network.Network is ITrainable ? new TrainedNetwork(network, 3).Difference() : null);

    [Theory]
    [MemberData(nameof(Groups))]
    public void Two_threads_compute_the_same_bits(int group) => NetworkGroup.Ragged[group].Check(network =>
    {
        float[][] inputs = network.Inputs(67, 1);
        float[] One()
        {
            float[] y = network.Predict(inputs, 67)[0];
            if (network.Network is not ITrainable)
            {
                return y;
            }

            var trained = new TrainedNetwork(network, 67);
            float loss = trained.Network.Gradients(trained.Batch);
            return [.. y, loss, .. network.Network.Parameters.SelectMany(p => trained.Network.Training.Gradients.Of(p).ToArray())];
        }

        float[] alone = One();
        network.Network.Threads = 2;
        return MemoryMarshal.AsBytes<float>(alone).SequenceEqual(MemoryMarshal.AsBytes<float>(One())) ? null : "they differ";
    });

    [Theory]
    [MemberData(nameof(Groups))]
    public void Bounds_hold_for_them(int group) => NetworkGroup.Ragged[group].Check(network => AtSizes(network, () =>
    {
        const float Reach = 0.01f;
        float[][] inputs = network.Inputs(Samples, 6);
        (float[] x, float[] lengths) = (inputs[0], inputs[1]);
        float[][] bounds = network.Certify([[.. x.Select(v => v - Reach)], [.. x.Select(v => v + Reach)], lengths], Samples);
        var random = new Random(1);
        return Enumerable.Range(0, 10)
            .Select(_ => network.Predict([[.. x.Select(v => v + (0.99f * Reach * ((2 * random.NextSingle()) - 1)))], lengths], Samples)[0])
            .Any(y => y.Where((v, i) => !(bounds[0][i] <= v && v <= bounds[1][i])).Any()) ? "an output is outside" : null;
    }));

    [Theory]
    [MemberData(nameof(Groups))]
    public void Predicting_allocates_nothing(int group) => NetworkGroup.Ragged[group].Check(network =>
    {
        // As floats: whole numbers would have to be made of them here.
        ReadOnlyMemory<float>[] inputs = RunningNetwork.Memories(network.Inputs(Samples, 1));
        Memory<float>[] outputs = RunningNetwork.Targets(network.Outputs(Samples));
        long before = 0;
        for (int call = 0; call < 3; call++)
        {
            before = GC.GetAllocatedBytesForCurrentThread();
            network.Network.Predict(inputs, outputs);
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return allocated == 0 ? null : $"{allocated} bytes are allocated";
    });

    private static string? AtSizes(RunningNetwork network, Func<string?> difference)
    {
        int longest = network.Sizes["T"];
        foreach (int size in new[] { longest, 1, (longest + 1) / 2 })
        {
            network.Resize("T", size);
            if (difference() is { } wrong)
            {
                return $"T = {size}: {wrong}";
            }
        }

        return null;
    }

    /// <summary>What lies beyond a sample's end is no number, and must not matter.</summary>
    private static string? Alone(RunningNetwork ragged, RunningNetwork plain)
    {
        int steps = ragged.Sizes["T"];
        float[][] inputs = ragged.Inputs(Samples, 3);
        int width = inputs[0].Length / Samples / steps;
        bool hasSteps = ragged.Graph.Outputs[0].Node.Shape.Any(s => s.IsOpen);
        for (int i = 0; i < inputs[0].Length; i++)
        {
            inputs[0][i] = i / width % steps < inputs[1][i / width / steps] ? inputs[0][i] : float.NaN;
        }

        float[] y = ragged.Predict(inputs, Samples)[0];
        int size = y.Length / Samples;
        for (int sample = 0; sample < Samples; sample++)
        {
            int length = (int)inputs[1][sample];
            plain.Resize("T", length);
            float[] alone = plain.Predict([inputs[0].AsSpan(sample * steps * width, length * width).ToArray()], 1)[0];
            float[] own = y.AsSpan(sample * size, size).ToArray();
            double scale = Math.Max(1e-3, alone.Max(Math.Abs));
            if (alone.Where((v, i) => !(Math.Abs(v - own[i]) <= 1e-5 * scale)).Any() || own[alone.Length..].Any(v => v != 0))
            {
                return $"sample {sample} of {length} steps: {string.Join(" ", own)} instead of {string.Join(" ", alone)}{(hasSteps ? ", then zeros" : "")}";
            }
        }

        return null;
    }
}
