using DeepGen.Compiled.Tests.Support;
using DeepGen.Compiled.Tests.Training;

namespace DeepGen.Compiled.Tests.Networks;

/// <summary>What holds of every network of convolutions, however its kernels were chosen.</summary>
public sealed class DrawnConvolutionTests
{
    /// <param name="Groups">The networks.</param>
    /// <param name="Batches">Of how many samples predictions are compared.</param>
    /// <param name="Trained">Of how many gradients are.</param>
    /// <param name="Many">How many are predicted on several threads.</param>
    private sealed record Kind(IReadOnlyList<NetworkGroup> Groups, int[] Batches, int Trained, int Many);

    private static readonly Dictionary<string, Kind> s_kinds = new()
    {
        ["in tiles"] = new(NetworkGroup.Tiled, [1, 2, 5], 3, 70),
        ["by bands"] = new(NetworkGroup.Banded, [1, 2], 2, 34),
        ["with pools"] = new(NetworkGroup.Pooled, [1, 2], 2, 5),
        ["of few last columns"] = new(NetworkGroup.OddColumns, [1, 2], 2, 11),
    };

    public static TheoryData<string, int> All
    {
        get
        {
            var all = new TheoryData<string, int>();
            foreach ((string name, Kind kind) in s_kinds)
            {
                for (int group = 0; group < kind.Groups.Count; group++)
                    all.Add(name, group);
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void They_compute_what_they_mean(string kind, int group) =>
        Group(kind, group).Check(network => Agreement.Difference(network, s_kinds[kind].Batches));

    [Theory]
    [MemberData(nameof(All))]
    public void Their_gradients_are_those_of_the_graph(string kind, int group) =>
        Group(kind, group).Check(network => new TrainedNetwork(network, s_kinds[kind].Trained).Difference());

    [Theory]
    [MemberData(nameof(All))]
    public void Threads_and_other_samples_change_no_bit(string kind, int group) =>
        Group(kind, group).Check(network => SameBits.OfPredict(network, s_kinds[kind].Many));

    [Theory]
    [MemberData(nameof(All))]
    public void Nothing_is_read_or_written_beyond_what_was_passed(string kind, int group) => Group(kind, group).Check(GuardedCall.OfPredict);

    [Theory]
    [MemberData(nameof(All))]
    public void Predicting_allocates_nothing(string kind, int group) => Group(kind, group).Check(AllocationOf.Predict);

    private static NetworkGroup Group(string kind, int group) => s_kinds[kind].Groups[group];
}
