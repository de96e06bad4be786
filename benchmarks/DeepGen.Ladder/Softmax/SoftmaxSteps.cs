using DeepGen.Runtime;
using static DeepGen.Ladder.Softmax.Shape;

namespace DeepGen.Ladder.Softmax;

internal static class SoftmaxSteps<L>
    where L : struct, ILanes<L>
{
    public static Steps Make()
    {
        var numbers = Floats.Random(Rows * Columns, 6);
        var x = Floats.Of(numbers.Length, i => 10 * numbers.Span[i]);
        var emitted = new EmittedSoftmax(1);
        return new Steps($"Softmax of {Rows} rows of {Columns}", (double)Rows * Columns * Operations, Naive.InDouble(x.Span),
        [
            Step("naive, MathF.Exp", "A call for each value, made to be right for every argument; the next one has a polynomial in line, and one division a row.", y => Naive.Run(x.Span, y.Span)),
            Step("polynomial of one's own", "It has no branch and no table, so the next one does it for sixteen lanes with the same instructions.", y => OwnExp.Run(x.Span, y.Span)),
            Step("vectors, three passes", "The maximum and the sum are one chain each, every step waiting for the last; the next one has four, which gains only what the exponentials beside them do not hide.", y => Vectorised<L>.Run(ref x.Start, ref y.Start)),
            Step("four chains", "The row of 4 KiB stays in the first cache, so its three passes cost loads and no waiting; there is little left to gain.", y => FourChains<L>.Run(ref x.Start, ref y.Start)),
            Step("for comparison: online, two passes", "It saves a pass over memory and pays with exponentials, which is right only where a row is far from the processor.", y => Online<L>.Run(ref x.Start, ref y.Start)),
            Step("emitted: [Softmax]", "It still sums in a pass of its own, and divides where the rungs above multiply by 1 / sum: the rest of the difference.", y => emitted.Predict(x.Span, y.Span)),
        ]);
    }

    private static Rung Step(string name, string next, Action<Floats> run)
    {
        var y = new Floats(Rows * Columns);
        return new Rung(name, next, y, () => run(y));
    }
}
