using DeepGen.Generator.Check;
using static DeepGen.Generator.Tests.Layers.Specs;

namespace DeepGen.Generator.Tests.Layers;

public class DenseTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(7, 3, 2)]
    [InlineData(5, 17, 3)]
    public void Dense_is_PyTorchs_linear_layer(int inputs, int units, int batch)
    {
        var net = new Elaborated(Network([inputs], Layer("Dense", ("Units", units))));
        Values x = net.Random(batch, inputs);
        Torch.Linear(x, net["0.weight"], net["0.bias"]).AssertNear(net.Run(x));
    }

    [Fact]
    public void Dense_on_a_sequence_uses_the_same_weights_in_every_row()
    {
        var net = new Elaborated(Network([4, 6], Layer("Dense", ("Units", 5))));
        Values x = net.Random(3, 4, 6);
        Torch.Linear(x, net["0.weight"], net["0.bias"]).AssertNear(net.Run(x));
    }

    [Fact]
    public void Dense_without_bias_has_one_parameter()
    {
        var net = new Elaborated(Network([4], Layer("Dense", ("Units", 2), ("Bias", 0))));
        Values x = net.Random(2, 4);
        Torch.Linear(x, net["0.weight"], null).AssertNear(net.Run(x));
        Assert.Equal(["0.weight"], net.ParameterNames);
    }

    [Theory]
    [InlineData("Expand", 3, 18)]
    [InlineData("Shrink", 2, 3)]
    public void A_size_can_be_a_multiple_or_a_part_of_the_input(string argument, int factor, int units)
    {
        var net = new Elaborated(Network([6], Layer("Dense", (argument, factor))));
        Assert.Equal([units, 6], net["0.weight"].Shape);
    }

    [Fact]
    public void A_size_left_out_is_as_it_came_in() =>
        Assert.Equal([6, 6], new Elaborated(Network([6], Layer("Dense")))["0.weight"].Shape);

    [Fact]
    public void Weights_start_as_PyTorchs_do()
    {
        var parameters = new Elaborated(Network([16], Layer("Dense", ("Units", 3)))).Elaboration.Parameters;
        Assert.Equal(new ParameterSpec("0.weight", new([3, 16]), new([]), Initializer.Uniform, 0.25, true), parameters[0]);
        Assert.Equal(new ParameterSpec("0.bias", new([3]), new([]), Initializer.Uniform, 0.25, true), parameters[1]);
    }
}
