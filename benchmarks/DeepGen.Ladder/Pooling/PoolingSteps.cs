using DeepGen.Ladder.Tiles;
using DeepGen.Runtime;

namespace DeepGen.Ladder.Pooling;

internal static class PoolingSteps<L>
    where L : struct, ILanes<L>
{
    /// <summary>A first layer of few channels, whose sums are short, and a later one.</summary>
    public static Steps[] Make()
    {
        EmittedFirst first = new(1);
        EmittedLater later = new(1);
        return
        [
            Make(new Shape(3, 32, 32), first.Parameters, (x, y) => first.Predict(x.Span, y.Span), "emitted: [Conv2D(32, 3), Relu, MaxPool2D(2)]"),
            Make(new Shape(32, 64, 16), later.Parameters, (x, y) => later.Predict(x.Span, y.Span), "emitted: [Conv2D(64, 3), Relu, MaxPool2D(2)]"),
        ];
    }

    private static Steps Make(Shape shape, ParameterSet parameters, Action<Floats, Floats> emitted, string name)
    {
        Floats x = Floats.Random(shape.Side * shape.Line, 7), w = Floats.Random(3 * shape.Three * shape.Out, 8), b = Floats.Random(shape.Out, 9);
        parameters["0.weight"].Write(Floats.Of(w.Length, i => w.Span[(((i % 9 * shape.In) + (i / 9 % shape.In)) * shape.Out) + (i / 9 / shape.In)]).Span);
        parameters["0.bias"].Write(b.Span);
        var panels = new Panels<L>(w, 3 * shape.Three, shape.Out);
        Passes<L> far = new(shape, panels, shape.Size), near = new(shape, panels, 2);
        var inTile = new InTile<L>(shape, panels);
        string tile = L.IsWide ? "8x2" : "4x1";
        return new Steps($"Convolution 3x3, {shape.In} to {shape.Out} channels, relu and a pool of 2x2 of {shape.Size} x {shape.Size}", shape.Operations, Naive.InDouble(shape, x.Span, w.Span, b.Span),
        [
            Of($"{tile} vectors, then the pool", "The next one takes the greatest of two lines while the first cache has them.", y => far.Run(ref x.Start, ref b.Start, ref y.Start)),
            Of("the pool after every two lines", "The next one has two lines in one tile, takes the greatest of sums in registers and stores a quarter.", y => near.Run(ref x.Start, ref b.Start, ref y.Start)),
            Of($"the pool in the tile of {tile} vectors", L.IsWide ? "What is emitted is this with twelve rows in a tile." : "What is emitted has six rows of one line in a tile, and pools what is stored: taller tiles gain more.", y => inTile.Run(ref x.Start, ref b.Start, ref y.Start)),
            Of(name, "Its maximum is not a number where any element is not, which takes three operations instead of one.", y => emitted(x, y)),
        ]);

        Rung Of(string rung, string next, Action<Floats> run)
        {
            var y = new Floats(shape.Pooled * shape.Pooled * shape.Out);
            return new Rung(rung, next, y, () => run(y));
        }
    }
}
