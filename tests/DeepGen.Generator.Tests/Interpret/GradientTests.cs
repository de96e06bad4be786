using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Passes;
using DeepGen.Generator.Tests.Ops;
using DeepGen.Generator.Tests.Passes;

namespace DeepGen.Generator.Tests.Interpret;

/// <summary>Gradients of whole networks and of graphs drawn at random: rules must compose.</summary>
public sealed class GradientTests
{
    private const int Graphs = 200;

    public static TheoryData<string> Networks => GradientNetworks.Names;

    public static TheoryData<string> Stacks => ["stack", "stack of images", "stack in a stack"];

    [Theory, MemberData(nameof(Networks))]
    public void Gradients_of_a_network_agree_with_central_differences(string network)
    {
        string? deviation = Trial(GradientNetworks.Forward(network)).Deviation(most: 8);
        Assert.True(deviation is null, deviation);
    }

    [Theory, MemberData(nameof(Networks))]
    public void Pulling_through_a_network_is_the_transpose_of_pushing(string network) =>
        IsTransposed(Trial(GradientNetworks.Forward(network)));

    [Theory, MemberData(nameof(Networks))]
    public void Gradients_of_bounds_agree_with_central_differences(string network)
    {
        // Training through certified bounds: nothing knows that the graph is one of bounds. The steps outward that stand for
        // rounding have no derivative, so that differences agree where there are none.
        Graph forward = GradientNetworks.Forward(network);
        string? deviation = new GradientTrial(Interval.Run(forward, Rounding.None), Box(), 1).Deviation(most: 3);
        Assert.True(deviation is null, deviation);
        IsTransposed(new GradientTrial(Interval.Run(forward), Box(), 1));
    }

    [Theory, MemberData(nameof(Networks))]
    public void Passes_keep_the_meaning_of_gradients(string network)
    {
        Graph graph = GradientTrial.PullGraph(GradientNetworks.Forward(network));
        Meaning.IsKept(graph, Pipeline.OptimiseExactly(graph));
        Meaning.IsKept(graph, Pipeline.Optimise(graph));
        Meaning.IsKept(graph, HoistPrepare.Run(Pipeline.Optimise(graph)));
    }

    [Theory, MemberData(nameof(Stacks))]
    public void Values_stored_and_values_recomputed_give_identical_gradients(string network)
    {
        Graph forward = GradientNetworks.Forward(network);
        DenseTensor[] stored = Trial(GradientNetworks.Checkpointed(forward, false)).Pulled();
        DenseTensor[] recomputed = Trial(GradientNetworks.Checkpointed(forward, true)).Pulled();
        Assert.All(stored.Zip(recomputed), p => Assert.Equal(p.First.Values, p.Second.Values));
        Assert.Contains(stored, dx => dx.Values.Any(v => v != 0));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_graph_drawn_at_random_has_the_gradients_differences_say(bool checkpoint)
    {
        for (int seed = 0; seed < Graphs; seed++)
        {
            Graph graph = GradientNetworks.Checkpointed(RandomGraphs.Draw(seed), checkpoint);
            GradientTrial trial = Trial(graph, seed);
            IsTransposed(trial, $"graph {seed}\n{GraphPrinter.Print(graph)}");
            string? deviation = trial.Deviation(tolerance: 1e-5, most: 4);
            Assert.True(deviation is null, $"graph {seed}, {deviation}\n{GraphPrinter.Print(graph)}");
        }
    }

    [Fact]
    public void Gradients_of_gradients_of_graphs_drawn_at_random_are_right()
    {
        for (int seed = 0; seed < Graphs / 4; seed++)
        {
            GradientTrial trial = Trial(GradientTrial.PullGraph(RandomGraphs.Draw(seed)), seed);
            IsTransposed(trial, $"graph {seed}");
        }
    }

    [Fact]
    public void Passes_keep_the_gradients_of_graphs_drawn_at_random()
    {
        for (int seed = 0; seed < Graphs; seed++)
        {
            Graph graph = GradientTrial.PullGraph(RandomGraphs.Draw(seed));
            Meaning.IsKept(graph, Pipeline.OptimiseExactly(graph), seed);
            Meaning.IsKept(graph, Pipeline.Optimise(graph), seed);
        }
    }

    private static GradientTrial Trial(Graph graph, int seed = 1) => new(graph, GradientNetworks.Draw, seed);

    /// <summary>Boxes for bounds to start from: an upper end lies a little above the lower one, which is drawn before it.</summary>
    private static Func<Node, Random, DenseTensor> Box()
    {
        DenseTensor? lower = null;
        return (leaf, random) =>
        {
            DenseTensor drawn = GradientNetworks.Draw(leaf, random);
            bool isUpper = leaf.Op is Input input && input.InputName.EndsWith(".upper", StringComparison.Ordinal);
            lower = isUpper ? new(drawn.Shape, [.. lower!.Values.Zip(drawn.Values, (l, d) => l + 2e-4 + (1e-4 * d))]) : drawn;
            return lower;
        };
    }

    private static void IsTransposed(GradientTrial trial, string title = "")
    {
        (double pulled, double pushed, double size) = trial.Products();
        Assert.True(Math.Abs(pulled - pushed) <= 1e-10 * size, $"{pulled} and {pushed}: {title}");
    }
}
