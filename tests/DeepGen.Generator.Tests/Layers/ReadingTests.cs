using System.Collections.Immutable;
using DeepGen.Generator.Check;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Tests.Layers;

public class ReadingTests
{
    [Fact]
    public void A_primitive_without_a_rule_is_named_with_the_layer_that_needs_it()
    {
        var graph = new GraphBuilder();
        Node x = graph.Add(new Input(0, "x", TensorType.Float(Size.Batch, 3)));
        Node y = graph.Add(new Tanh(), graph.Add(new Unruly(), x));
        y.Label = "encode";
        var findings = ReadingCheck.Findings(Specs.Network([3]) with { Readings = new([Reading("Certify"), Reading("Trace")]) }, graph.Build([new("y", y)]));
        Assert.Equal(new Finding("DG0014", "Net/reading:Certify", new(["Certify", "unruly", "encode"])), Assert.Single(findings));
    }

    [Fact]
    public void Every_layer_can_be_certified()
    {
        var spec = Specs.Network(
            [4, 6, 6],
            Specs.Stack(Specs.Residual("Block", Specs.Layer("Conv2D", ("Kernel", 3), ("Padding", 1)), Specs.Layer("BatchNorm"), Specs.Layer("Gelu")), 3),
            Specs.Layer("MaxPool2D", ("Size", 2)),
            Specs.Layer("Upsample2D", ("Factor", 2)),
            Specs.Layer("Upsample2D", ("Factor", 2), ("Mode", 1)),
            Specs.Layer("ConvTranspose2D", ("Kernel", 3), ("Stride", 2)),
            Specs.Layer("Conv2D", ("Kernel", 3), ("Padding", 1), ("PaddingMode", 1)),
            Specs.Layer("Pad2D", ("Padding", 1), ("Mode", 2)),
            Specs.Layer("PixelShuffle", ("Factor", 1)),
            Specs.Layer("InstanceNorm"),
            Specs.Layer("GroupNorm", ("Groups", 2)),
            Specs.Layer("Flatten"),
            Specs.Layer("Dense", ("Units", 4)),
            Specs.Layer("Softmax"));
        Assert.Empty(Elaborator.Elaborate(spec with { Readings = new([Reading("Certify")]) }).Findings);
    }

    [Theory]
    [InlineData(8, 8, false, null)]
    [InlineData(8, 9, false, "the number of inputs and outputs comes to 17; there may be 16")]
    [InlineData(4, 4, true, null)]
    [InlineData(4, 5, true, "the number of inputs and outputs, each with two bounds, comes to 18; there may be 16")]
    public void A_call_takes_sixteen_arrays(int inputs, int outputs, bool certified, string? complaint)
    {
        var graph = new GraphBuilder();
        Node[] x = [.. Enumerable.Range(0, inputs).Select(i => graph.Add(new Input(i, $"x{i}", TensorType.Float(Size.Batch, 3))))];
        Node sum = x.Aggregate((a, b) => graph.Add(new Add(), a, b));
        var network = Specs.Network([3]) with { Readings = new(certified ? [Reading("Certify")] : []) };
        IEnumerable<string> said = ReadingCheck.Findings(network, graph.Build(Enumerable.Range(0, outputs).Select(i => new GraphOutput($"y{i}", sum))))
            .Where(f => f.Id == "DG0024")
            .Select(f => string.Join(" comes to ", f.Arguments));
        Assert.Equal(complaint is null ? [] : [complaint], said);
    }

    private static Declare.ReadingSpec Reading(string name) => new(name, new([]));

    private sealed record Unruly : Primitive
    {
        public override string Name => "unruly";

        public override ImmutableArray<TensorType> Infer(ImmutableArray<TensorType> inputs) => inputs;

        public override ImmutableArray<DenseTensor> Evaluate(ImmutableArray<DenseTensor> inputs) => inputs;
    }
}
