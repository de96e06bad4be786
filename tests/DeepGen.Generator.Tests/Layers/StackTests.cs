using DeepGen.Generator.Declare;
using DeepGen.Generator.Ops;
using static DeepGen.Generator.Tests.Layers.Specs;

namespace DeepGen.Generator.Tests.Layers;

public class StackTests
{
    private static readonly ModuleSpec Basic = Residual(
        "My.Basic", Layer("Conv2D", ("Kernel", 3), ("Padding", 1)), Layer("BatchNorm"), Layer("Relu"));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_stack_is_its_blocks_one_after_the_other(int count)
    {
        var stacked = new Elaborated(Network([2, 4, 3], Stack(Basic, count), Layer("Flatten"), Layer("Dense", ("Units", 2))));
        var unrolled = new Elaborated(Network([2, 4, 3], [.. Enumerable.Repeat(Use(Basic), count), Layer("Flatten"), Layer("Dense", ("Units", 2))]));
        foreach (string path in unrolled.ParameterNames)
        {
            int layer = path[0] - '0';
            unrolled.Take(path, layer < count ? stacked.Copy("0.*" + path[1..], layer) : stacked[(char)('1' + layer - count) + path[1..]]);
        }

        Values x = stacked.Random(2, 2, 4, 3);
        unrolled.Run(x).AssertNear(stacked.Run(x), 1e-12);
    }

    [Fact]
    public void A_stack_is_one_node_and_its_parameters_are_slabs()
    {
        var net = new Elaborated(Network([2, 4, 3], Stack(Basic, 500)));
        Assert.Equal(500, Assert.Single(net.Forward.Nodes.Select(n => n.Op).OfType<Repeat>()).Count);
        Assert.Equal(["0.*.0.weight", "0.*.0.bias", "0.*.1.weight", "0.*.1.bias", "0.*.1.running_mean", "0.*.1.running_var"], net.ParameterNames);
        Assert.All(net.Elaboration.Parameters, p => Assert.Equal([500], p.Counts));
        Assert.Equal([2, 2, 3, 3], net.Elaboration.Parameters[0].Shape);
        Assert.Equal([500, 2, 2, 3, 3], net["0.*.0.weight"].Shape);
    }

    [Fact]
    public void Stacks_within_stacks_have_a_star_for_each()
    {
        ModuleSpec inner = Block("Inner", Layer("Dense"), Layer("Tanh"));
        ModuleSpec outer = Residual("Outer", Stack(inner, 2), Layer("Dense"));
        var stacked = new Elaborated(Network([3], Stack(outer, 3)));
        Assert.Equal(["0.*.0.*.0.weight", "0.*.0.*.0.bias", "0.*.1.weight", "0.*.1.bias"], stacked.ParameterNames);
        Assert.Equal([3, 2], stacked.Elaboration.Parameters[0].Counts);
        Assert.Equal([3, 2, 3, 3], stacked["0.*.0.*.0.weight"].Shape);

        var unrolled = new Elaborated(Network([3], Enumerable.Repeat(Use(Residual("Outer", Use(inner), Use(inner), Layer("Dense"))), 3).ToArray()));
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 2; j++)
            {
                foreach (string name in new[] { "weight", "bias" })
                {
                    Values copies = stacked.Copy($"0.*.0.*.0.{name}", i);
                    int length = copies.Data.Length / 2;
                    unrolled.Take($"{i}.{j}.0.{name}", new Values([.. copies.Shape.Skip(1)], copies.Data[(j * length)..((j + 1) * length)]));
                    unrolled.Take($"{i}.2.{name}", stacked.Copy($"0.*.1.{name}", i));
                }
            }
        }

        Values x = stacked.Random(2, 3);
        unrolled.Run(x).AssertNear(stacked.Run(x), 1e-12);
    }

    [Fact]
    public void A_stack_called_twice_uses_the_same_parameters_twice()
    {
        var module = new ModuleWriter("Net");
        int stack = module.Member("stack", Stack(Block("Inner", Layer("Dense"), Layer("Tanh")), 2));
        module.Output("y", module.Call(stack, module.Call(stack, module.Input("x", 3))));
        var net = new Elaborated(module.Network());
        Assert.Equal(["stack.*.0.weight", "stack.*.0.bias"], net.ParameterNames);

        var once = new Elaborated(Network([3], Stack(Block("Inner", Layer("Dense"), Layer("Tanh")), 2)));
        once.Take("0.*.0.weight", net["stack.*.0.weight"]);
        once.Take("0.*.0.bias", net["stack.*.0.bias"]);
        Values x = net.Random(2, 3);
        once.Run(once.Run(x)).AssertNear(net.Run(x), 1e-12);
    }

    [Fact]
    public void A_block_without_parameters_can_be_stacked()
    {
        var net = new Elaborated(Network([3], Stack(Block("Inner", Layer("Tanh")), 2)));
        Values x = net.Random(2, 3);
        x.Map(v => Math.Tanh(Math.Tanh(v))).AssertNear(net.Run(x));
    }

    [Fact]
    public void A_block_may_take_several_values()
    {
        var block = new ModuleWriter("Mix");
        int left = block.Open("left");
        int right = block.Open("right");
        ModuleSpec mix = block.Output("y", block.Op("Add", block.Call(block.Member("scale", Layer("Dense")), left), right)).Build();

        var module = new ModuleWriter("Net");
        int a = module.Input("a", 3);
        int b = module.Input("b", 3);
        var net = new Elaborated(module.Output("y", module.Call(module.Member("mix", Use(mix)), a, b)).Network());
        Assert.Equal(["mix.scale.weight", "mix.scale.bias"], net.ParameterNames);
        Values x = net.Random(2, 3);
        Values y = net.Random(2, 3);
        Torch.Zip(Torch.Linear(x, net["mix.scale.weight"], net["mix.scale.bias"]), y, (u, v) => u + v).AssertNear(net.Run(x, y));
    }
}
