using System.Diagnostics;
using DeepGen.Generator.Check;
using DeepGen.Generator.Declare;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Passes;
using static DeepGen.Generator.Tests.Layers.Specs;

namespace DeepGen.Generator.Tests.Passes;

/// <summary>Runs beside no other test, and takes the fastest of many runs: the others measure the machine's other work.</summary>
[Collection(nameof(SpeedTests))]
[CollectionDefinition(nameof(SpeedTests), DisableParallelization = true)]
public sealed class SpeedTests
{
    private const int Runs = 20;
    private const double Limit = 100;

    [Fact]
    public void A_stack_of_five_hundred_blocks_is_optimised_in_no_time()
    {
        ModuleSpec block = Residual("Basic", Layer("Conv2D", ("Kernel", 3), ("Padding", 1)), Layer("BatchNorm"), Layer("Relu"));
        Assert.InRange(Milliseconds(Network([3, 32, 32], Layer("Conv2D", ("Channels", 64), ("Kernel", 1)), Stack(block, 500))), 0, Limit);
    }

    [Fact]
    public void A_hundred_layers_of_different_widths_are_optimised_in_no_time() =>
        Assert.InRange(Milliseconds(Network([32], [.. Enumerable.Range(0, 100).Select(i => Layer("Dense", ("Units", 33 + i)))])), 0, Limit);

    private static double Milliseconds(NetworkSpec spec)
    {
        Graph graph = Elaborator.Elaborate(spec).Forward!;
        return Enumerable.Range(0, Runs).Min(_ =>
        {
            var watch = Stopwatch.StartNew();
            HoistPrepare.Run(Pipeline.Optimise(graph));
            return watch.Elapsed.TotalMilliseconds;
        });
    }
}
