using System.Runtime.InteropServices;
using DeepGen.Compiled.Tests.Support;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;

namespace DeepGen.Compiled.Tests.Networks;

/// <summary>Networks of any layers in any order, which no one would think of writing.</summary>
public sealed class RandomNetworkTests
{
    /// <summary>More than a chunk has samples, and not a multiple of any tile's height.</summary>
    private const int ManySamples = 131;

    public static TheoryData<int> Groups => [.. Enumerable.Range(0, NetworkGroup.All.Count)];

    [Fact]
    public void They_are_declared_in_sound_words() => Assert.Empty(NetworkGroup.All.Concat(NetworkGroup.Trained).Concat(NetworkGroup.Tiled).Concat(NetworkGroup.Banded).Concat(NetworkGroup.Ragged).Concat(NetworkGroup.OverGraphs).SelectMany(g => g.Wrong()));

    [Theory]
    [MemberData(nameof(Groups))]
    public void They_compute_what_they_mean(int group) => NetworkGroup.All[group].Check(network => Agreement.Difference(network, 1, 2, 3, 7));

    [Theory]
    [MemberData(nameof(Groups))]
    public void Large_batches_too(int group) =>
        NetworkGroup.All[group].Check(network => Agreement.Difference(network, 64), network => network.Graph.Nodes.Length % 3 == 0);

    [Theory]
    [MemberData(nameof(Groups))]
    public void Two_threads_compute_the_same_bits(int group) => NetworkGroup.All[group].Check(network =>
    {
        float[][] inputs = network.Inputs(ManySamples, 1);
        float[][] alone = network.Predict(inputs, ManySamples);
        network.Network.Threads = 2;
        return Same(alone, network.Predict(inputs, ManySamples));
    });

    [Theory]
    [MemberData(nameof(Groups))]
    public void A_sample_has_the_same_bits_in_every_batch(int group) => NetworkGroup.All[group].Check(network =>
    {
        float[][] inputs = network.Inputs(ManySamples, 2);
        float[][] together = network.Predict(inputs, ManySamples);
        return new[] { 0, 5, 64, ManySamples - 1 }
            .Select(sample => Same(Sample(together, sample), network.Predict(Sample(inputs, sample), 1)))
            .FirstOrDefault(d => d is not null);
    });

    [Theory]
    [MemberData(nameof(Groups))]
    public void Predicting_allocates_nothing(int group) => NetworkGroup.All[group].Check(AllocationOf.Predict);

    [Theory]
    [MemberData(nameof(Groups))]
    public void A_trace_shows_the_values_inside(int group) => NetworkGroup.All[group].Check(network =>
    {
        const int Batch = 3;
        float[][] inputs = network.Inputs(Batch, 4);
        Graph traced = BatchFirst.Of(Tracing.Run(network.Graph));
        IReadOnlyList<NamedTensor> values = network.Trace(inputs);
        Assert.Equal(traced.Outputs.Select(o => o.Name), values.Select(v => v.Name));
        return Agreement.Difference(traced, network, inputs, [.. values.Select(v => v.Values)], Batch);
    });

    [Theory]
    [MemberData(nameof(Groups))]
    public void Nothing_is_read_or_written_beyond_what_was_passed(int group) => NetworkGroup.All[group].Check(GuardedCall.Difference);

    private static float[][] Sample(float[][] tensors, int sample) =>
        [.. tensors.Select(t => t.AsSpan(t.Length / ManySamples * sample, t.Length / ManySamples).ToArray())];

    private static string? Same(float[][] expected, float[][] actual) => expected
        .Select((e, o) => MemoryMarshal.AsBytes(e.AsSpan()).SequenceEqual(MemoryMarshal.AsBytes(actual[o].AsSpan())) ? null : $"output {o} differs")
        .FirstOrDefault(d => d is not null);
}
