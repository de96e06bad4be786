using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using static DeepGen.Generator.Tests.Layers.Specs;

namespace DeepGen.Generator.Tests.Layers;

public class NamingTests
{
    [Fact]
    public void A_layer_method_called_twice_shares_its_weights()
    {
        var module = new ModuleWriter("Siamese");
        int left = module.Input("left", 5);
        int right = module.Input("right", 5);
        int encode = module.Member("encode", Layer("Dense", ("Units", 3)));
        int score = module.Member("score", Layer("Dense", ("Units", 1)));
        int a = module.Call(encode, left);
        int b = module.Call(encode, right);
        module.Output("score", module.Call(score, module.Op("Concat", a, b))).Output("code", a);
        var net = new Elaborated(module.Network());
        Assert.Equal(["encode.weight", "encode.bias", "score.weight", "score.bias"], net.ParameterNames);

        Values x = net.Random(2, 5);
        Values y = net.Random(2, 5);
        Values[] results = net.RunAll(x, y);
        Torch.Linear(x, net["encode.weight"], net["encode.bias"]).AssertNear(results[1]);
        Assert.Equal([2, 1], results[0].Shape);
        Assert.Equal(["score", "code"], net.Forward.Outputs.Select(o => o.Name));
    }

    [Fact]
    public void Parameters_are_listed_as_declared_and_not_as_called()
    {
        var module = new ModuleWriter("Net");
        int x = module.Input("x", 4);
        int first = module.Member("first", Layer("Dense", ("Units", 2)));
        int second = module.Member("second", Layer("Dense"));
        module.Output("y", module.Call(first, module.Call(second, x)));
        Assert.Equal(["first.weight", "first.bias", "second.weight", "second.bias"], new Elaborated(module.Network()).ParameterNames);
    }

    [Fact]
    public void Values_are_labelled_by_local_member_or_operation_and_never_twice_the_same()
    {
        var module = new ModuleWriter("Net");
        int x = module.Input("x", 4);
        int encode = module.Member("encode", Layer("Dense"));
        int a = module.Call(encode, x);
        int b = module.Call(encode, a);
        int c = module.Op("Tanh", b);
        module.Named("code").Output("y", module.Op("Exp", c));
        var net = new Elaborated(module.Network());
        Assert.Equal(["x", "encode", "encode#2", "code", "Exp"], net.Forward.Nodes.Where(n => n.Label is not null).Select(n => n.Label!));
    }

    [Fact]
    public void Labels_inside_a_block_start_with_its_path()
    {
        var net = new Elaborated(Network([4], Use(Residual("Inner", Layer("Dense"), Layer("Tanh"))), Layer("Relu")));
        Assert.Equal(["input", "0.0", "0.1", "0.Residual", "1"], net.Forward.Nodes.Where(n => n.Label is not null).Select(n => n.Label!));
    }

    [Fact]
    public void Inputs_nobody_needs_are_still_inputs()
    {
        var module = new ModuleWriter("Net");
        int x = module.Input("x", 4);
        module.Input("unused", 2);
        Graph graph = new Elaborated(module.Output("y", module.Op("Exp", x)).Network()).Forward;
        Assert.Equal(["x", "unused"], graph.Inputs.Select(i => ((Input)i.Op).InputName));
    }
}
