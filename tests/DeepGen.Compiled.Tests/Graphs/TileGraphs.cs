using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Tests.Passes;

namespace DeepGen.Compiled.Tests.Graphs;

/// <summary>Convolutions in tiles of shapes for which nobody would choose them: few channels, parts of tiles, many strips.</summary>
internal static class TileGraphs
{
    private static readonly (int Height, int Width, int Padding, int Inputs, int Outputs)[] s_shapes =
    [
        (1, 1, 1, 1, 1), (3, 3, 0, 2, 3), (4, 4, 1, 16, 16), (5, 7, 1, 3, 17), (6, 6, 0, 9, 8), (8, 8, 1, 16, 33),
        (9, 4, 2, 17, 5), (2, 13, 1, 8, 16), (13, 2, 1, 7, 9), (11, 10, 1, 12, 40), (12, 3, 0, 33, 6), (7, 7, 2, 5, 64),
    ];

    public static IEnumerable<(string Name, Graph Graph)> Draw()
    {
        foreach (int tile in new[] { 2, 4 })
        {
            foreach ((int height, int width, int padding, int inputs, int outputs) in s_shapes)
            {
                string shape = $"{tile}_of_{inputs}x{height}x{width}_padded_{padding}_to_{outputs}";
                Node Convolution(Sketch s, Node x, bool hasBias) =>
                    s.Convolution(x, s.Parameter("weight", outputs, inputs, 3, 3), hasBias ? s.Parameter("bias", outputs) : null, padding, tile);
                yield return Case("tiles_" + shape, s => Convolution(s, s.Image(inputs, height, width), hasBias: false));
                yield return Case("tiles_between_maps_" + shape, s => s.Relu(Convolution(s, s.Add(new Tanh(), s.Image(inputs, height, width)), hasBias: true)));
                yield return Case("tiles_channels_last_" + shape, s =>
                    s.ToLast(s.Add(new Exp(), Convolution(s, s.ToFirst(s.Image(height, width, inputs)), hasBias: true))));
            }
        }

        yield return Case("tiles_in_strips", s => s.Convolution(s.Image(24, 57, 30), s.Parameter("weight", 40, 24, 3, 3), s.Parameter("bias", 40), 1, tile: 4));
        yield return Case("tiles_in_strips_that_divide", s => s.Convolution(s.Image(24, 64, 30), s.Parameter("weight", 40, 24, 3, 3), null, 1, tile: 4));
        yield return Case("tiles_then_tiles_and_their_input", s =>
        {
            Node x = s.Add(new Tanh(), s.Image(16, 10, 10));
            Node y = s.Relu(s.Convolution(x, s.Parameter("first", 16, 16, 3, 3), s.Parameter("bias", 16), 1, tile: 4));
            return s.Relu(s.Add(new Add(), s.Convolution(y, s.Parameter("second", 16, 16, 3, 3), null, 1, tile: 2), x));
        });
        yield return Case("tiles_and_sums_of_one_image", s =>
        {
            Node x = s.Add(new Tanh(), s.Image(8, 6, 9));
            return s.Add(
                new Concat(1),
                s.Convolution(x, s.Parameter("tiled", 8, 8, 3, 3), null, 1, tile: 4),
                s.Convolution(x, s.Parameter("summed", 8, 8, 3, 3), null, 1));
        });
    }

    private static (string, Graph) Case(string name, Func<Sketch, Node> build)
    {
        var sketch = new Sketch();
        return (name, sketch.Graph(build(sketch)));
    }
}
