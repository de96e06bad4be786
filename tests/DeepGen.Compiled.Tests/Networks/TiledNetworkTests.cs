using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Compiled.Tests.Networks;

/// <summary>Convolutions in tiles, in networks drawn for them.</summary>
public sealed class TiledNetworkTests
{
    [Fact]
    public void Many_of_them_do_have_tiles()
    {
        int tiled = 0;
        foreach (NetworkGroup group in NetworkGroup.Tiled)
        {
            group.Check(network =>
            {
                tiled += Operations(network.Graph).Any(op => op is Convolution { Tile: not 0 }) ? 1 : 0;
                return null;
            });
        }

        Assert.True(2 * tiled > NetworkGroup.Tiled.Sum(g => g.Networks.Count), $"only {tiled} have");
    }

    private static IEnumerable<Primitive> Operations(Graph graph) =>
        graph.Nodes.SelectMany(n => n.Op is Repeat repeat ? Operations(repeat.Body) : [n.Op]);
}
