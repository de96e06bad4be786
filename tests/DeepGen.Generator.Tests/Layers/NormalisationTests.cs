using DeepGen.Generator.Check;
using static DeepGen.Generator.Tests.Layers.Specs;

namespace DeepGen.Generator.Tests.Layers;

public class NormalisationTests
{
    public static TheoryData<int[]> Shapes => new(new[] { 6 }, [1], [4, 5], [4, 3, 7], [2, 1, 1]);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void BatchNorm_predicts_with_its_running_statistics(int[] shape)
    {
        var net = new Elaborated(Network(shape, Layer("BatchNorm", ("Epsilon", 0.25))));
        Values x = net.Random([3, .. shape]);
        Torch.BatchNorm(x, net["0.weight"], net["0.bias"], net["0.running_mean"], net["0.running_var"], 0.25).AssertNear(net.Run(x));
    }

    [Fact]
    public void BatchNorms_parameters_are_in_PyTorchs_order_and_statistics_are_not_trained()
    {
        var parameters = new Elaborated(Network([4, 2, 2], Layer("BatchNorm"))).Elaboration.Parameters;
        Assert.Equal(["0.weight", "0.bias", "0.running_mean", "0.running_var"], parameters.Select(p => p.Path));
        Assert.Equal([Initializer.Ones, Initializer.Zeros, Initializer.Zeros, Initializer.Ones], parameters.Select(p => p.Kind));
        Assert.Equal([true, true, false, false], parameters.Select(p => p.Trainable));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void LayerNorm_normalises_the_last_axis_or_a_whole_image(int[] shape)
    {
        var net = new Elaborated(Network(shape, Layer("LayerNorm")));
        Values x = net.Random([2, .. shape]);
        Torch.LayerNorm(x, net["0.weight"], net["0.bias"], shape.Length < 3 ? shape.Length : 1, 1e-5f).AssertNear(net.Run(x));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(6)]
    public void GroupNorm_normalises_groups_of_channels(int groups)
    {
        foreach (int[] shape in new int[][] { [6, 3, 5], [6, 4], [6, 1, 1] })
        {
            var net = new Elaborated(Network(shape, Layer("GroupNorm", ("Groups", groups), ("Epsilon", 1e-3))));
            Values x = net.Random([2, .. shape]);
            Torch.GroupNorm(x, net["0.weight"], net["0.bias"], groups, 1e-3).AssertNear(net.Run(x));
        }
    }

    [Fact]
    public void LayerNorm_keeps_its_digits_far_from_zero()
    {
        var net = new Elaborated(Network([8], Layer("LayerNorm")));
        Values x = net.Random(1, 8).Map(v => v + 1e6);
        Torch.LayerNorm(x, net["0.weight"], net["0.bias"], 1, 1e-5f).AssertNear(net.Run(x), 1e-3);
    }
}
