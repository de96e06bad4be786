using DeepGen.Compiled.Tests.Support;
using DeepGen.Compiled.Tests.Training;
using DeepGen.Generator.Ir;

namespace DeepGen.Compiled.Tests.Networks;

/// <summary>Networks drawn over graphs that are drawn as well.</summary>
public sealed class OverGraphTests
{
    private const int ManyNodes = 150;

    public static TheoryData<int> Groups => [.. Enumerable.Range(0, NetworkGroup.OverGraphs.Count)];

    [Theory]
    [MemberData(nameof(Groups))]
    public void They_compute_what_they_mean(int group) => NetworkGroup.OverGraphs[group].Check(network => Agreement.Difference(network, 1, 2, 7, 40));

    [Theory]
    [MemberData(nameof(Groups))]
    public void Their_gradients_are_those_of_the_graph(int group) => NetworkGroup.OverGraphs[group].Check(network =>
        new TrainedNetwork(network, 3).Difference() ?? new TrainedNetwork(network, 30, seed: 2).Difference());

    [Theory]
    [MemberData(nameof(Groups))]
    public void Two_threads_compute_the_same_bits(int group) => NetworkGroup.OverGraphs[group].Check(network =>
    {
        var trained = new TrainedNetwork(network, ManyNodes);
        float[][] inputs = network.Inputs(ManyNodes, 1);
        float[] Predicted() => [.. network.Predict(inputs, ManyNodes)[0], .. network.Certify([inputs[0], inputs[0]], ManyNodes).SelectMany(b => b)];
        float[] Trained() =>
        [
            trained.Network.Gradients(trained.Batch),
            .. trained.Network.Parameters.SelectMany(p => trained.Network.Training.Gradients.Of(p).ToArray()),
        ];

        // A step moves running statistics, on which predictions depend and steps do not.
        float[] gradients = Trained();
        network.Network.Threads = 2;
        float[] again = Trained();
        network.Network.Threads = 1;
        float[] predicted = Predicted();
        network.Network.Threads = 2;
        return SameBits.Are(gradients, again) && SameBits.Are(predicted, Predicted()) ? null : "bits differ";
    });

    [Theory]
    [MemberData(nameof(Groups))]
    public void Nothing_is_read_or_written_beyond_what_was_passed(int group) => NetworkGroup.OverGraphs[group].Check(GuardedCall.Difference);

    [Theory]
    [MemberData(nameof(Groups))]
    public void Predicting_allocates_nothing(int group) => NetworkGroup.OverGraphs[group].Check(AllocationOf.Predict);

    [Fact]
    public void Many_of_them_attend()
    {
        int attending = 0;
        foreach (NetworkGroup group in NetworkGroup.OverGraphs)
        {
            group.Check(network =>
            {
                attending += network.Elaboration.Rows.Any(r => r.Layer == "Gat") ? 1 : 0;
                return null;
            });
        }

        Assert.True(2 * attending > NetworkGroup.OverGraphs.Sum(g => g.Networks.Count), $"only {attending} do");
    }
}
