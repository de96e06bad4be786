using DeepGen.Compiled.Tests.Support;
using DeepGen.SideBySide.Drawing;

namespace DeepGen.Compiled.Tests.SideBySide;

/// <summary>The networks the benchmark draws: whatever the seed, programs of ours without a finding.</summary>
public sealed class DrawnNetworkTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Drawn_networks_are_sound(int seed)
    {
        IReadOnlyList<DrawnNetwork> drawn = DrawnNetwork.Draw(seed, 40);
        Assert.Equal(40, drawn.Select(network => DrawnSource.Declarations([network])).Distinct().Count());
        Assert.All(drawn, network =>
        {
            string source = DrawnSource.Declarations([network]);
            Assert.True(CompiledSource.IsSound(source, "DeepGen.SideBySide.Networks." + network.Name), source);
        });
    }

    [Fact]
    public void A_drawn_network_compiles_and_has_the_outputs_it_says()
    {
        DrawnNetwork network = DrawnNetwork.Draw(5, 2)[1];
        RunningNetwork running = CompiledSource.Load(DrawnSource.Declarations([network]).Replace("namespace DeepGen.SideBySide.Networks;", "")).Create(network.Name);
        float[] output = Assert.Single(running.Predict(running.Inputs(1, seed: 1), 1));
        Assert.Equal(network.Layers[^1].Output[0], output.Length);
        Assert.All(output, y => Assert.True(float.IsFinite(y)));
    }

    [Fact]
    public void The_same_seed_draws_the_same_and_a_longer_list_begins_with_a_shorter_one() =>
        Assert.Equal(DrawnSource.Python(DrawnNetwork.Draw(9, 4)), DrawnSource.Python(DrawnNetwork.Draw(9, 6).Take(4)));

    [Fact]
    public void Each_layer_is_one_module_of_PyTorch_at_the_same_place()
    {
        DrawnLayer strided = DrawnLayer.Conv([3, 33, 33], 17, 5, 2);
        Assert.Equal(("Conv2D(17, 5, Stride = 2, Padding = 2)", "nn.Conv2d(3, 17, 5, 2, 2)"), (strided.Attribute, strided.Module));
        Assert.Equal([17, 17, 17], strided.Output);
        Assert.Equal("    \"Net\": lambda: nn.Sequential(nn.Flatten(), nn.Linear(4, 2)),",
            DrawnSource.Python([new DrawnNetwork("Net", [1, 2, 2], [DrawnLayer.Flatten([1, 2, 2]), DrawnLayer.Dense(4, 2)])]).Split('\n')[5]);
    }
}
