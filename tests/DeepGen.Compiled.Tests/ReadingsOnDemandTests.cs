using System.Reflection;
using DeepGen.Compiled.Tests.Support;

namespace DeepGen.Compiled.Tests;

public sealed class ReadingsOnDemandTests
{
    /// <summary>Else the native compiler would have to take in the code of all of them.</summary>
    [Fact]
    public void A_reading_is_made_when_it_is_first_wanted()
    {
        RunningNetwork network = CompiledSource.Load("[Network, Input(4), Certify, Train(Loss.CrossEntropy)] [Dense(3)] public sealed partial class N;").Create("N");
        float[][] inputs = network.Inputs(2, 1);
        network.Predict(inputs, 2);
        Assert.False(IsMade("s_certify"));
        Assert.False(IsMade("s_train"));

        network.Certify([inputs[0], inputs[0]], 2);
        Assert.True(IsMade("s_certify"));
        Assert.False(IsMade("s_train"));

        Assert.NotNull(network.Network.GetType().GetProperty("Training")!.GetValue(network.Network));
        Assert.True(IsMade("s_train"));

        bool IsMade(string field) => network.Network.GetType().GetField(field, BindingFlags.Static | BindingFlags.NonPublic)!.GetValue(null) is not null;
    }
}
