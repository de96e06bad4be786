using DeepGen.Ladder.Tiles;
using DeepGen.Runtime;
using static DeepGen.Ladder.Gemm.Shape;

namespace DeepGen.Ladder.Gemm;

internal static class GemmSteps<L>
    where L : struct, ILanes<L>
{
    // A cache line more than 4096 bytes.
    private const int PaddedRow = Depth + 16;

    public static Steps Make()
    {
        Floats x = Floats.Random(Rows * Depth, 1), w = Floats.Random(Depth * Columns, 2), b = Floats.Random(Columns, 3);
        var padded = Floats.Of(Rows * PaddedRow, i => i % PaddedRow < Depth ? x.Span[(i / PaddedRow * Depth) + (i % PaddedRow)] : 0);
        var panels = new Panels<L>(w, Depth, Columns);
        var emitted = Emitted(w, b);
        string tile = L.IsWide ? "8x2 vectors" : "4x1 vectors";
        return new Steps($"GEMM: relu(x · w + b), {Rows} x {Depth} x {Columns}", 2.0 * Rows * Depth * Columns, Naive.InDouble(x.Span, w.Span, b.Span),
        [
            TwoPasses("naive triple loop", "The next one reads w along its rows: here every step down a column touches another cache line, and every addition waits for the last.", y => Naive.Run(x.Span, w.Span, y.Span)),
            TwoPasses("loops reordered: i, k, j", "The next one does sixteen columns with one instruction; the JIT does not vectorise loops by itself.", y => Reordered.Run(x.Span, w.Span, y.Span)),
            TwoPasses("inner loop of vectors", "Each multiplication loads a sum and stores it again; the next one leaves the sums in registers for the whole of k.", y => Vectorised<L>.Run(ref x.Start, ref w.Start, y.Span)),
            TwoPasses("register tile of 4x1 vectors", "Four chains of additions cannot hide the latency of two units, and w is read a row of 1 KiB apart; the next tile has more chains, more work for a load, and w as one stream.", y => RegisterTile<L>.Run(ref x.Start, ref w.Start, ref y.Start)),
            TwoPasses($"{tile} on packed panels", "Rows of x exactly 4096 bytes apart share one set of the first cache, and eight of them fill all its ways; the next one puts them a cache line further apart.", y => panels.Multiply<Plain<L>>(ref x.Start, Rows, Depth, 1, 0, ref y.Start, Columns, ref y.Start)),
            TwoPasses("the same, rows of x padded by 16", "The next one adds the bias and cuts below zero before the sums leave their registers, so y is written once and never read.", y => panels.Multiply<Plain<L>>(ref padded.Start, Rows, PaddedRow, 1, 0, ref y.Start, Columns, ref y.Start)),
            OnePass("bias and relu in the tile", "This is what the compiler emits, but for the choice of the tile by shape, here six rows by two panels side by side with AVX-512, and the tails of other shapes.", y => panels.Multiply<BiasRelu<L>>(ref padded.Start, Rows, PaddedRow, 1, 0, ref y.Start, Columns, ref b.Start)),
            OnePass("emitted: [Dense(256), Relu]", "It is given the rows 4096 bytes apart, as its caller has them.", y => emitted.Predict(x.Span, y.Span)),
        ]);

        Rung TwoPasses(string name, string next, Action<Floats> product) => OnePass(name, next, y =>
        {
            product(y);
            Epilogue<L>.Run(ref y.Start, ref b.Start);
        });
    }

    private static Rung OnePass(string name, string next, Action<Floats> run)
    {
        var y = new Floats(Rows * Columns);
        return new Rung(name, next, y, () => run(y));
    }

    private static EmittedDense Emitted(Floats w, Floats b)
    {
        var network = new EmittedDense(1);
        network.Parameters["0.weight"].Write(Floats.Of(w.Length, i => w.Span[(i % Depth * Columns) + (i / Depth)]).Span);
        network.Parameters["0.bias"].Write(b.Span);
        return network;
    }
}
