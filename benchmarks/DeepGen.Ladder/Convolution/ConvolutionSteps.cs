using System.Runtime.CompilerServices;
using DeepGen.Ladder.Tiles;
using DeepGen.Runtime;
using static DeepGen.Ladder.Convolution.Shape;

namespace DeepGen.Ladder.Convolution;

internal static class ConvolutionSteps<L>
    where L : struct, ILanes<L>
{
    public static Steps Make()
    {
        // The planes and PyTorch's order of weights for the naive loop; all the others read them interleaved.
        Floats planes = Floats.Random(Images * Image, 4), taps = Floats.Random(Out * In * 9, 5);
        var x = Floats.Of(planes.Length, i => planes.Span[(i / Image * Image) + (i % In * Size * Size) + (i / In % (Size * Size))]);
        var w = Floats.Of(taps.Length, i => taps.Span[(((i % Out * In) + (i / Out % In)) * 9) + (i / (In * Out))]);
        var panels = new Panels<L>(w, 9 * In, Out);
        Floats bordered = new(BorderedImage), fromPlanes = new(Images * Result);
        var im2col = new Im2Col<L>();
        var winograd = new Winograd<L>(w);
        var emitted = new EmittedConvolution(1);
        emitted.Parameters["0.weight"].Write(taps.Span);
        double[] expected = Naive.InDouble(planes.Span, taps.Span);

        return new Steps($"Convolution 3x3, {In} to {Out} channels, {Images} images of {Size} x {Size}", 2.0 * Images * Size * Size * 9 * In * Out, Interleave(expected),
        [
            new Rung("naive, channels as planes", "The next one has the channels innermost, so that sixteen channels out are one instruction whatever the image's width.", fromPlanes, () => Naive.Run(planes.Span, taps.Span, fromPlanes.Span)) { Expected = expected },
            Whole("interleaved channels, vectors", "The next one asks nothing at the edge: with zeros in the buffer, (kx, ci) is one run of 96 values, and what is summed has one shape everywhere, which a tile needs; alone it gains nothing.", y => Interleaved<L>.Run(ref x.Start, ref w.Start, ref y.Start)),
            ImageByImage("border in the buffer", "One sum is one chain: each addition waits four cycles for the last; the next one has four pixels side by side, which share each load of weights.", (ref float y) => InBorder<L>.Run(ref bordered.Start, ref w.Start, ref y)),
            ImageByImage("register tile of 4 pixels x 1 vector", "The next tile has more chains and loads less for each multiplication, and reads its weights as one stream.", (ref float y) => RowTile<L>.Run(ref bordered.Start, ref w.Start, ref y)),
            ImageByImage(L.IsWide ? "8 pixels x 2 vectors, panels" : "4 pixels x 1 vector, panels", "This is what the compiler emits; the tile is the product's, its rows being pixels.", (ref float y) => PanelTile<L>.Run(ref bordered.Start, panels, ref y)),
            ImageByImage("for comparison: im2col and the same tile", "It writes every value nine times and reads it again, to gain nothing: the rows it makes lie in the image already.", (ref float y) => im2col.Run(bordered.Span, panels, ref y)),
            Whole("emitted: [Conv2D(64, 3, Padding = 1)]", "What is faster still must multiply less, and gives other bits.", y => emitted.Predict(x.Span, y.Span)),
            ImageByImage("Winograd F(2x2, 3x3)", "16 products instead of 36; the share counts those of the direct way, so it may pass 100 %.", (ref float y) => winograd.Run(ref bordered.Start, ref y)),
        ]);

        Rung ImageByImage(string name, string next, OneImage run) => Whole(name, next, y =>
        {
            for (int image = 0; image < Images; image++)
            {
                Border.Fill(x.Span.Slice(image * Image, Image), bordered.Span);
                run(ref Unsafe.Add(ref y.Start, image * Result));
            }
        });
    }

    private delegate void OneImage(ref float y);

    private static Rung Whole(string name, string next, Action<Floats> run)
    {
        var y = new Floats(Images * Result);
        return new Rung(name, next, y, () => run(y));
    }

    /// <summary>Planes to interleaved channels.</summary>
    private static double[] Interleave(double[] planes)
    {
        double[] y = new double[planes.Length];
        for (int i = 0; i < y.Length; i++)
            y[i] = planes[(i / Result * Result) + (i % Out * Size * Size) + (i / Out % (Size * Size))];
        return y;
    }
}
