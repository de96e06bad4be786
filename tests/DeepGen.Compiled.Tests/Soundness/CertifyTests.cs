using DeepGen.Compiled.Tests.Networks;
using DeepGen.Compiled.Tests.Support;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Passes;

namespace DeepGen.Compiled.Tests.Soundness;

/// <summary>Compiled bounds of random networks against what compiled Predict gives: rounding, folding and all.</summary>
public sealed class CertifyTests
{
    private const int Nodes = 6;

    public static TheoryData<int> Groups => [.. Enumerable.Range(0, NetworkGroup.All.Count)];

    [Theory]
    [MemberData(nameof(Groups))]
    public void No_input_in_a_box_gives_an_output_outside_its_interval(int group) => NetworkGroup.All[group].Check(network =>
        new[] { 0, 1e-6f, 1e-3f, 0.1f }
            .Select((epsilon, i) => BoxSearch.Around(network, network.Inputs(1, i), epsilon, i).Violation() is { } violation ? $"epsilon {epsilon}: {violation}" : null)
            .FirstOrDefault(v => v is not null));

    [Theory]
    [MemberData(nameof(Groups))]
    public void The_interval_of_a_point_holds_the_exact_value(int group) =>
        NetworkGroup.All[group].Check(network => ExactValueOutside(network, 1), UsesItsWeightsAsTheyAre);

    public static TheoryData<int> GroupsOverGraphs => [.. Enumerable.Range(0, NetworkGroup.OverGraphs.Count)];

    [Theory]
    [MemberData(nameof(GroupsOverGraphs))]
    public void Nor_do_inputs_of_a_graphs_nodes(int group) => NetworkGroup.OverGraphs[group].Check(network =>
        new[] { 0, 1e-6f, 1e-3f, 0.1f }
            .Select((epsilon, i) => BoxSearch.Around(network, network.Inputs(Nodes, i), epsilon, i, Nodes).Violation() is { } violation ? $"epsilon {epsilon}: {violation}" : null)
            .FirstOrDefault(v => v is not null));

    [Theory]
    [MemberData(nameof(GroupsOverGraphs))]
    public void The_interval_of_a_point_holds_the_exact_value_of_nodes(int group) =>
        NetworkGroup.OverGraphs[group].Check(network => ExactValueOutside(network, Nodes), UsesItsWeightsAsTheyAre);

    [Theory]
    [InlineData("[Network, Input(31), Certify] [Dense(64), Relu, Dense(17)] public sealed partial class N;")]
    [InlineData("[Network, Input(31), Certify] [Dense(300), Relu, Dense(270)] public sealed partial class N;")]
    [InlineData("[Network, Input(12), Certify] [Dense(40), Tanh, Dense(9), Softmax] public sealed partial class N;")]
    [InlineData("[Network, Input(3, 11, 9), Certify] [Conv2D(18, 3, Padding = 1), BatchNorm, Relu, MaxPool2D(2), Flatten, Dense(10)] public sealed partial class N;")]
    [InlineData("[Network, Input(9), Certify] [Gat(8, Heads = 3), Elu, Gat(5)] public sealed partial class N;")]
    [InlineData("[Network, Input(7, 20), Certify] [LayerNorm, Dense(33), Gelu, Dense(5), Sigmoid] public sealed partial class N;")]
    public void The_interval_of_a_point_is_narrow_where_a_network_is_shallow(string declaration)
    {
        RunningNetwork network = CompiledSource.Load(declaration).Create("N");
        float[][] bounds = BoxSearch.Around(network, network.Inputs(1, 6), 0, 6).Bounds;
        double scale = bounds.SelectMany(b => b).Max(Math.Abs);
        double widest = bounds[0].Zip(bounds[1], (low, high) => (double)high - low).Max();
        Assert.InRange(widest / scale, 0, 1e-3);
    }

    [Fact]
    public void Several_boxes_at_once_have_the_bounds_each_has_alone() => NetworkGroup.All[0].Check(network => OthersAlone(network, boxes: 3));

    /// <summary>Behind a relu, products of so many rows may skip zeros, or those of one box.</summary>
    [Fact]
    public void So_have_many_boxes_of_a_wide_network() => Assert.Null(OthersAlone(
        CompiledSource.Load("[Network, Input(31), Certify] [Dense(300), Relu, Dense(270), Relu, Dense(5)] public sealed partial class N;").Create("N"), boxes: 80));

    private static string? OthersAlone(RunningNetwork network, int boxes)
    {
        float[][] low = network.Inputs(boxes, 8);
        float[][] all = [.. low.SelectMany(t => new[] { t, t.Select(v => v + 0.01f).ToArray() })];
        float[][] together = network.Certify(all, boxes);
        for (int box = 0; box < boxes; box++)
        {
            float[][] alone = network.Certify([.. all.Select(t => Part(t, box, boxes))], 1);
            if (!alone.Zip(together).All(pair => pair.First.SequenceEqual(Part(pair.Second, box, boxes))))
            {
                return $"the bounds of box {box} are others alone";
            }
        }

        return null;
    }

    private static string? ExactValueOutside(RunningNetwork network, int nodes)
    {
        float[][] x = network.Inputs(nodes, 5);
        float[][] bounds = BoxSearch.Around(network, x, 0, 5, nodes).Bounds;
        double[][] exact = new Oracle(network.Graph, network, nodes, x).Evaluate();
        return exact.SelectMany((e, o) => e.Select((v, i) => v >= bounds[2 * o][i] && v <= bounds[(2 * o) + 1][i]
                ? null
                : $"output {o}, value {i} is {v:r}, outside {bounds[2 * o][i]:r} to {bounds[(2 * o) + 1][i]:r}"))
            .FirstOrDefault(d => d is not null);
    }

    private static float[] Part(float[] tensor, int index, int count) => [.. tensor.Skip(tensor.Length / count * index).Take(tensor.Length / count)];

    /// <summary>
    /// Where a scale is folded into weights, the bounds are those of the folded weights, which are rounded: the exact value of
    /// the weights as they were may lie a little outside.
    /// </summary>
    private static bool UsesItsWeightsAsTheyAre(RunningNetwork network)
    {
        Graph prepare = HoistPrepare.Run(Pipeline.Optimise(network.Graph)).Prepare;
        return prepare.Nodes.All(n => n.Op is not (Elementwise or Reduce or Repeat or MatMul));
    }
}
