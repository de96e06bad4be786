using System.Collections.Immutable;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Lower;

/// <summary>
/// A part of the rows or columns along which a product is summed: from a number on, or the one that a loop counts. Sums of
/// pieces are added up: a chain of additions as long as a large image has lost digits at its end.
/// </summary>
internal sealed record DepthPiece(ImmutableArray<Size> Depth, int Axis, int From, LoopVariable? Counter)
{
    private const int MostPixels = 4096;

    private int Length => Depth[Axis].Value;

    /// <summary>Pieces that are alike in a loop, and one that is left over.</summary>
    /// <param name="loop">Puts into a loop of so many turns what is emitted meanwhile.</param>
    public static void Each(ImmutableArray<Size> depth, Action<DepthPiece> emit, Action<LoopVariable, int, Action> loop)
    {
        int axis = depth[0] == (Size)1 ? 1 : 0;
        if (!depth.All(d => d.IsConstant))
        {
            emit(new DepthPiece(depth, axis, 0, null));
            return;
        }

        int all = depth[axis].Value;
        int length = LengthOf(all, depth[1 - axis].Value);
        int times = all / length;
        if (times > 1)
        {
            var counter = new LoopVariable("piece");
            loop(counter, times, () => emit(new DepthPiece(depth.SetItem(axis, length), axis, 0, counter)));
        }
        else
        {
            emit(new DepthPiece(depth.SetItem(axis, length), axis, 0, null));
        }

        if (all % length is > 0 and var rest)
        {
            emit(new DepthPiece(depth.SetItem(axis, rest), axis, times * length, null));
        }
    }

    public ContractOperand Of(ContractOperand factor) => factor with { View = Moved(factor.View, factor.DepthStrides[Axis]) };

    /// <summary>What is left out of a piece of the rows or columns.</summary>
    public Overlap? Of(Overlap? overlap, int side) => overlap is null || side != Axis ? overlap : overlap with
    {
        Before = overlap.Before - (From * overlap.DepthStep),
        From = Counter is null ? null : new AddressTerm(Counter, Length * overlap.DepthStep, Alternates: false),
    };

    /// <summary>A divisor of all that is not much less than the most there may be, or pieces of which only the last is shorter.</summary>
    private static int LengthOf(int all, int each)
    {
        int most = Math.Max(1, MostPixels / each);
        int pieces = (all + most - 1) / most;
        int even = (all + pieces - 1) / pieces;
        return Enumerable.Range((most / 2) + 1, most - (most / 2)).Where(n => all % n == 0).DefaultIfEmpty(even).Max();
    }

    private View Moved(View view, long step) => Counter is null
        ? view with { Offset = view.Offset + (From * step) }
        : view with { Terms = view.Terms.Add(new AddressTerm(Counter, Length * step, Alternates: false)) };
}
