using DeepGen.Compiled.Tests.Support;
using DeepGen.Compiled.Tests.Training;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Compiled.Tests.Networks;

/// <summary>Convolutions in tiles, in networks drawn for them.</summary>
public sealed class TiledNetworkTests
{
    private const int ManySamples = 70;

    public static TheoryData<int> Groups => [.. Enumerable.Range(0, NetworkGroup.Tiled.Count)];

    [Theory]
    [MemberData(nameof(Groups))]
    public void They_compute_what_they_mean(int group) => NetworkGroup.Tiled[group].Check(network => Agreement.Difference(network, 1, 2, 5));

    [Theory]
    [MemberData(nameof(Groups))]
    public void Their_gradients_are_those_of_the_graph(int group) =>
        NetworkGroup.Tiled[group].Check(network => new TrainedNetwork(network, 3).Difference());

    [Theory]
    [MemberData(nameof(Groups))]
    public void Threads_and_other_samples_change_no_bit(int group) =>
        NetworkGroup.Tiled[group].Check(network => SameBits.OfPredict(network, ManySamples));

    [Theory]
    [MemberData(nameof(Groups))]
    public void Nothing_is_read_or_written_beyond_what_was_passed(int group) => NetworkGroup.Tiled[group].Check(GuardedCall.OfPredict);

    [Theory]
    [MemberData(nameof(Groups))]
    public void Predicting_allocates_nothing(int group) => NetworkGroup.Tiled[group].Check(AllocationOf.Predict);

    [Fact]
    public void Many_of_them_do_have_tiles()
    {
        int tiled = 0;
        foreach (NetworkGroup group in NetworkGroup.Tiled)
        {
            group.Check(network =>
            {
                tiled += Operations(network.Graph).Any(op => op is Convolution { Tile: not 0 }) ? 1 : 0;
                return null;
            });
        }

        Assert.True(2 * tiled > NetworkGroup.Tiled.Sum(g => g.Networks.Count), $"only {tiled} have");
    }

    private static IEnumerable<Primitive> Operations(Graph graph) =>
        graph.Nodes.SelectMany(n => n.Op is Repeat repeat ? Operations(repeat.Body) : [n.Op]);
}
