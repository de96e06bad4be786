using System.Runtime.InteropServices;
using DeepGen.Compiled.Tests.Networks;
using DeepGen.Compiled.Tests.Support;

namespace DeepGen.Compiled.Tests.Training;

/// <summary>Networks of any layers in any order, trained: what no one would think of writing has the right gradients too.</summary>
public sealed class RandomTrainingTests
{
    private const int ManySamples = 67;

    public static TheoryData<int> Groups => [.. Enumerable.Range(0, NetworkGroup.Trained.Count)];

    [Theory]
    [MemberData(nameof(Groups))]
    public void Their_gradients_are_those_of_the_graph(int group) => NetworkGroup.Trained[group].Check(network =>
        IsTrained(network) ? new TrainedNetwork(network, 3).Difference() ?? new TrainedNetwork(network, 17, seed: 2).Difference() : null);

    [Theory]
    [MemberData(nameof(Groups))]
    public void Two_threads_compute_the_same_bits(int group) => NetworkGroup.Trained[group].Check(network =>
    {
        if (!IsTrained(network))
        {
            return null;
        }

        var trained = new TrainedNetwork(network, ManySamples);
        float alone = trained.Network.Gradients(trained.Batch);
        float[] gradients = All(trained);
        trained.Network.Threads = 2;
        float together = trained.Network.Gradients(trained.Batch);
        return alone.Equals(together) && MemoryMarshal.AsBytes<float>(gradients).SequenceEqual(MemoryMarshal.AsBytes<float>(All(trained))) ? null : "they differ";
    });

    [Theory]
    [MemberData(nameof(Groups))]
    public void A_step_allocates_nothing(int group) => NetworkGroup.Trained[group].Check(network =>
    {
        if (!IsTrained(network))
        {
            return null;
        }

        var trained = new TrainedNetwork(network, 9);
        var optimizer = new Adam(1e-3);
        for (int i = 0; i < 2; i++)
        {
            trained.Network.Gradients(trained.Batch);
            trained.Network.Training.Step(optimizer);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        trained.Network.Gradients(trained.Batch);
        trained.Network.Training.Step(optimizer);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return allocated == 0 ? null : $"{allocated} bytes are allocated";
    });

    [Theory]
    [MemberData(nameof(Groups))]
    public void Most_of_them_have_something_to_train(int group)
    {
        int trained = 0;
        NetworkGroup.Trained[group].Check(network =>
        {
            trained += IsTrained(network) ? 1 : 0;
            return null;
        });
        Assert.InRange(trained, NetworkGroup.Trained[group].Networks.Count / 2, int.MaxValue);
    }

    /// <summary>A network without parameters is told that it cannot be trained.</summary>
    private static bool IsTrained(RunningNetwork network) => network.Network is ITrainable;

    private static float[] All(TrainedNetwork trained) => [.. trained.Network.Parameters.SelectMany(p => trained.Network.Training.Gradients.Of(p).ToArray())];
}
