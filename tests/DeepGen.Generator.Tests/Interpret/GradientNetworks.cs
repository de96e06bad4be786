using System.Collections.Immutable;
using DeepGen.Generator.Declare;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Passes;
using DeepGen.Generator.Tests.Layers;
using DeepGen.Generator.Tests.Passes;
using static DeepGen.Generator.Tests.Layers.Specs;

namespace DeepGen.Generator.Tests.Interpret;

/// <summary>Small declared networks of every kind, whose gradients are tested.</summary>
internal static class GradientNetworks
{
    private static readonly ModuleSpec _block = Residual("Block", Layer("Dense"), Layer("Tanh"), Layer("Dense"));

    private static readonly ModuleSpec _image = Residual("Image", Layer("Conv2D", ("Kernel", 3), ("Padding", 1)), Layer("GroupNorm", ("Groups", 2)), Layer("Gelu"));

    private static readonly string[] _activations =
        ["LeakyRelu", "Elu", "Gelu", "Silu", "Sigmoid", "Tanh", "Softplus", "HardTanh", "Softmax"];

    private static readonly Dictionary<string, NetworkSpec> _specs = new()
    {
        ["perceptron"] = Network([5], Layer("Dense", ("Units", 6)), Layer("Relu"), Layer("Dense", ("Units", 4)), Layer("LogSoftmax")),
        ["activations"] = Network(
            [4],
            [.. _activations.SelectMany(kind => new[] { Layer("Dense"), Layer(kind) })]),
        ["strided convolutions"] = Network(
            [3, 9, 8],
            Layer("Conv2D", ("Channels", 4), ("Kernel", 3), ("Stride", 2), ("Padding", 1)),
            Layer("Tanh"),
            Layer("Conv2D", ("Channels", 4), ("Kernel", 2), ("Stride", 3)),
            Layer("Flatten"),
            Layer("Dense", ("Units", 3))),
        ["dilated, grouped and by channel"] = Network(
            [4, 7, 6],
            Layer("Conv2D", ("Channels", 6), ("Kernel", 3), ("Dilation", 2), ("Padding", 2), ("Groups", 2)),
            Layer("Silu"),
            Layer("Conv2D", ("Kernel", 3), ("Padding", 1), ("Depthwise", 1)),
            Layer("GlobalAveragePool")),
        ["pools"] = Network(
            [2, 9, 8],
            Layer("Conv2D", ("Channels", 3), ("Kernel", 3)),
            Layer("MaxPool2D", ("Size", 3), ("Stride", 2), ("Padding", 1)),
            Layer("AveragePool2D", ("Size", 3), ("Stride", 1), ("Padding", 1)),
            Layer("MaxPool2D", ("Size", 2))),
        ["norms"] = Network(
            [4, 4, 3],
            Layer("Conv2D", ("Kernel", 3), ("Padding", 1)),
            Layer("BatchNorm"),
            Layer("GroupNorm", ("Groups", 2)),
            Layer("LayerNorm"),
            Layer("Upsample2D", ("Factor", 2)),
            ListLayer("Transpose", "Permutation", 1, 2, 0)),
        ["resized"] = Network(
            [4, 4, 3],
            Layer("ConvTranspose2D", ("Channels", 4), ("Kernel", 3), ("Stride", 2), ("OutputPadding", 1)),
            Layer("PixelShuffle", ("Factor", 2)),
            Layer("Conv2D", ("Channels", 2), ("Kernel", 3), ("Padding", 1), ("PaddingMode", 1)),
            Layer("InstanceNorm", ("Affine", 1)),
            Layer("Upsample2D", ("Factor", 2), ("Mode", 1)),
            Layer("Pad2D", ("Padding", 1), ("Mode", 2))),
        ["signals"] = Network(
            [2, 9],
            Layer("Conv1D", ("Channels", 4), ("Kernel", 3), ("Causal", 1), ("Dilation", 2)),
            Layer("MaxPool1D", ("Size", 2)),
            Layer("ConvTranspose1D", ("Kernel", 2), ("Stride", 2), ("Groups", 2)),
            Layer("AveragePool1D", ("Size", 3), ("Stride", 1)),
            Layer("Pad1D", ("Padding", 1), ("Mode", 3))),
        ["stack"] = Network([4], Stack(_block, 5), Layer("Dense", ("Units", 2))),
        ["stack of images"] = Network([4, 4, 3], Stack(_image, 3), Layer("Flatten"), Layer("Dense", ("Units", 2))),
        ["rnn"] = Network([4, 3], Layer("Rnn", ("Units", 4)), Layer("Rnn", ("Relu", 1), ("Output", 1)), Layer("Dense", ("Units", 2))),
        ["gru both ways"] = Network([3, 2], Layer("Gru", ("Units", 3), ("Bidirectional", 1), ("Layers", 2)), Layer("Dense", ("Units", 2))),
        ["lstm"] = Network([4, 3], Layer("Lstm", ("Units", 4), ("Layers", 2), ("Output", 1)), Layer("Dense", ("Units", 2))),
        ["lstm in a stack"] = Network([3, 4], Stack(Residual("Outer", Layer("Lstm"), Layer("Dense")), 2)),
        ["stack in a stack"] = Network([3], Stack(Residual("Outer", Stack(_block, 2), Layer("Gelu"), Layer("Dense")), 3)),
    };

    public static TheoryData<string> Names => [.. _specs.Keys, "shared layers", "attention"];

    public static Graph Forward(string name) => new Elaborated(name switch
    {
        "shared layers" => Shared(),
        "attention" => Attention(),
        _ => _specs[name],
    }).Forward;

    /// <summary>Values for inputs and parameters: no variance is negative, and weights keep what goes through them of one size.</summary>
    public static DenseTensor Draw(Node leaf, Random random)
    {
        var shape = leaf.Shape.Select(s => s.IsConstant ? s.Value : 3).ToArray();
        bool isVariance = leaf.Op is Parameter parameter && parameter.Path.EndsWith("running_var", StringComparison.Ordinal);
        double Next() => leaf.Type.Element == ElementType.Int32 ? random.Next(RandomGraphs.Rows)
            : isVariance ? 0.5 + random.NextDouble()
            : (random.NextDouble() * 2) - 1;
        return new DenseTensor([.. shape], [.. Enumerable.Range(0, shape.Aggregate(1, (n, s) => n * s)).Select(_ => Next())]);
    }

    /// <summary>The same graph with loops that recompute, or do not, when they are read backwards.</summary>
    public static Graph Checkpointed(Graph graph, bool checkpoint) => new Marker(checkpoint).Rewrite(graph);

    /// <summary>The README's two inputs through one layer.</summary>
    private static NetworkSpec Shared()
    {
        var module = new ModuleWriter("Net");
        int left = module.Input("left", 3), right = module.Input("right", 3);
        int encode = module.Member("Encode", Layer("Dense", ("Units", 4)));
        int a = module.Op("Tanh", module.Call(encode, left)), b = module.Op("Tanh", module.Call(encode, right));
        int compare = module.Member("Compare", Layer("Dense", ("Units", 1)));
        int both = module.Op("Concat", module.Op("Abs", module.Op("Subtract", a, b)), module.Op("Multiply", a, b));
        return module.Output("same", module.Op("Sigmoid", module.Call(compare, both))).Network();
    }

    private static NetworkSpec Attention()
    {
        var module = new ModuleWriter("Net");
        int x = module.Input("x", 4, 6);
        int Project(string path) => module.Call(module.Member(path, Layer("Dense", ("Units", 3))), x);
        int query = Project("Query"), key = Project("Key"), value = Project("Value");
        int turned = module.Step(StepKind.Op, 0, "Transpose", 0, [key], [Argument("Permutation", 1, 0)], null);
        int scores = module.Op("MatMul", query, turned);
        return module.Output("y", module.Op("MatMul", module.Op("Softmax", scores), value)).Network();
    }

    private sealed class Marker(bool checkpoint) : GraphRewriter
    {
        protected override ImmutableArray<Node?> RewriteRepeat(
            Node node,
            Repeat repeat,
            ImmutableArray<Node> operands) =>
            Loop(node, repeat with { Body = new Marker(checkpoint).Rewrite(repeat.Body), Checkpoint = checkpoint }, operands);
    }
}
