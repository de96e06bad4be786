namespace DeepGen.Models.Tests;

[Network, Input(512), Weights(WeightFormat.BFloat16), Train(Loss.MeanSquaredError)]
[Dense(2048), Relu, Dense(512)]
public sealed partial class Halved;

/// <summary>A network that predicts needs no parameters once its weights are in the order in which they are read.</summary>
public sealed class ReleaseTests
{
    private static readonly float[] s_x = [.. Enumerable.Range(0, 512).Select(i => MathF.Sin(i))];

    [Fact]
    public void A_prediction_is_the_same_without_the_parameters()
    {
        var network = new Halved(seed: 1);
        float[] before = new float[512], after = new float[512];
        network.Predict(s_x, before);
        network.Parameters.Release();
        network.Predict(s_x, after);
        Assert.Equal(before, after);
    }

    [Fact]
    public void What_has_never_predicted_predicts_after_it()
    {
        var network = new Halved(seed: 1);
        float[] y = new float[512], expected = new float[512];
        network.Parameters.Release();
        network.Predict(s_x, y);
        new Halved(seed: 1).Predict(s_x, expected);
        Assert.Equal(expected, y);
    }

    [Fact]
    public void Two_thirds_of_the_memory_come_back()
    {
        long empty = GC.GetTotalMemory(forceFullCollection: true);
        var network = new Halved(seed: 1);
        network.Predict(s_x, new float[512]);
        long whole = GC.GetTotalMemory(forceFullCollection: true) - empty;
        network.Parameters.Release();
        long left = GC.GetTotalMemory(forceFullCollection: true) - empty;
        Assert.InRange(left / (double)whole, 0.2, 0.4);
        GC.KeepAlive(network);
    }

    [Fact]
    public void It_learns_no_more()
    {
        var network = new Halved(seed: 1);
        network.Learn(s_x, s_x, new Sgd(0.1));
        network.Parameters.Release();
        Assert.Contains("Release", Assert.Throws<InvalidOperationException>(() => network.Learn(s_x, s_x, new Sgd(0.1))).Message);
    }
}
