using System.Collections.Immutable;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Passes;

/// <summary>Neighbouring axes [From, From + FromCount) of a shape that a reshape turns into axes [To, To + ToCount).</summary>
internal readonly record struct AxisGroup(int From, int FromCount, int To, int ToCount);

/// <summary>
/// A reshape as independent pieces: the shortest runs of axes that hold the same elements before and after. [B,C,H,W] to
/// [B,G,D,H,W] is B to B, C to G·D, H to H, W to W. An axis of extent 1 that has no partner is a group with an empty side.
/// </summary>
internal static class ReshapeGroups
{
    public static ImmutableArray<AxisGroup> Between(Shape from, Shape to)
    {
        var groups = ImmutableArray.CreateBuilder<AxisGroup>();
        int i = 0;
        int j = 0;
        while (i < from.Rank || j < to.Rank)
        {
            if (i < from.Rank && j < to.Rank && from[i] == to[j])
            {
                groups.Add(new AxisGroup(i++, 1, j++, 1));
            }
            else if (i < from.Rank && from[i] == 1)
            {
                groups.Add(new AxisGroup(i++, 1, j, 0));
            }
            else if (j < to.Rank && to[j] == 1)
            {
                groups.Add(new AxisGroup(i, 0, j++, 1));
            }
            else
            {
                groups.Add(Unequal(from, ref i, to, ref j));
            }
        }

        return groups.ToImmutable();
    }

    private static AxisGroup Unequal(Shape from, ref int i, Shape to, ref int j)
    {
        int firstFrom = i;
        int firstTo = j;
        var left = new Extent();
        var right = new Extent();
        do
        {
            // The smaller side takes its next axis, so the first equality found is the shortest group.
            bool takeLeft = j == to.Rank || (i < from.Rank && left.Constant <= right.Constant);
            if (takeLeft && i == from.Rank)
            {
                throw new IrException($"{from} cannot be reshaped to {to}");
            }

            if (takeLeft)
            {
                left = left.Times(from[i++]);
            }
            else
            {
                right = right.Times(to[j++]);
            }
        }
        while (i == firstFrom || j == firstTo || left != right);

        return new AxisGroup(firstFrom, i - firstFrom, firstTo, j - firstTo);
    }

    /// <summary>A product of sizes: its constant part and its symbols in alphabetical order.</summary>
    private readonly record struct Extent()
    {
        public long Constant { get; private init; } = 1;

        private string Symbols { get; init; } = "";

        public Extent Times(Size size) => size.IsConstant
            ? this with { Constant = Constant * size.Value }
            : this with { Symbols = string.Join("·", Symbols.Split('·').Append(size.Symbol).OrderBy(s => s, StringComparer.Ordinal)) };
    }
}
