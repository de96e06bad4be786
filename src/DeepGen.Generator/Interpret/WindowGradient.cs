using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Interpret;

/// <summary>
/// Derivatives of sums and maxima over windows. A sum gives dy to each of its elements: every phase of dx is a sum over a window
/// of dy. A maximum belongs to the first element, row by row, that attains it, as in PyTorch; where windows lie side by side, each
/// puts its dy in one place.
/// </summary>
internal static class WindowGradient
{
    public static Node Pull(Window op, Node x, Node y, Node dy, GradientBuilder g)
    {
        ImmutableArray<Phase> Side(int side) => Phase.All(op.Stride[side], 1, op.PadBefore[side], op.Size[side]);
        if (op.Kind == Reduction.Sum)
        {
            return Phase.Image(x.Shape, Side(0), Side(1), (row, column, part) => Sum(dy, row, column, part, g), g);
        }

        if (LieApart(op))
        {
            return g.Add(new PlaceWinners(op.Size, op.Stride, x.Shape[1].Value, x.Shape[2].Value), dy, Winner(op, x, y, g));
        }

        Node[] taps = Shares(op, x, y, dy, g);
        return Phase.Image(x.Shape, Side(0), Side(1), (row, column, part) =>
        {
            Node? sum = null;
            for (int i = 0; i < row.Taps; i++)
            {
                for (int j = 0; j < column.Taps; j++)
                {
                    Node tap = taps[((row.First + (i * row.Step)) * op.Size[1]) + column.First + (j * column.Step)];
                    sum = g.Total(sum, Shifted(Shifted(tap, 1, row.Offset - i, part, g), 2, column.Offset - j, part, g));
                }
            }

            return sum;
        }, g);
    }

    public static Node Push(Window op, Node x, Node y, Node dx, GradientBuilder g)
    {
        if (op.Kind == Reduction.Sum)
        {
            return g.Add(op, dx);
        }

        Node[] values = Taps(op, x, float.NegativeInfinity, g), tangents = Taps(op, dx, 0, g);
        Node chosen = tangents[tangents.Length - 1];
        for (int tap = values.Length - 2; tap >= 0; tap--)
        {
            chosen = g.Select(g.Equal(values[tap], y), tangents[tap], chosen);
        }

        return chosen;
    }

    /// <summary>Of each window the value of x at the given tap: the transpose of <see cref="PlaceWinners"/>.</summary>
    public static Node Picked(EquatableArray<int> size, EquatableArray<int> stride, Node x, Node tap, GradientBuilder g)
    {
        Node[] values = Taps(size, stride, x, tap.Shape, g);
        Node picked = g.Zero(tap);
        for (int t = values.Length - 1; t >= 0; t--)
        {
            picked = g.Select(g.Equal(tap, g.Filled(t, tap)), values[t], picked);
        }

        return picked;
    }

    private static bool LieApart(Window op) =>
        op.Stride[0] >= op.Size[0] && op.Stride[1] >= op.Size[1] && op.Size[0] * op.Size[1] > 1 && op.PadBefore.Concat(op.PadAfter).All(p => p == 0);

    /// <summary>The number of the first tap that attains the maximum y.</summary>
    private static Node Winner(Window op, Node x, Node y, GradientBuilder g)
    {
        Node[] taps = Taps(op.Size, op.Stride, x, y.Shape, g);
        Node winner = g.Filled(taps.Length - 1, y);
        for (int tap = taps.Length - 2; tap >= 0; tap--)
        {
            winner = g.Select(g.Equal(taps[tap], y), g.Filled(tap, y), winner);
        }

        return winner;
    }

    private static Node? Sum(Node dy, Phase row, Phase column, Shape part, GradientBuilder g)
    {
        (int top, int bottom) = (row.Before, row.After(part[1].Value, dy.Shape[1].Value));
        (int left, int right) = (column.Before, column.After(part[2].Value, dy.Shape[2].Value));
        if (row.Taps * column.Taps == 1)
        {
            return Phase.Fit(dy, 1, top, bottom, g) is { } fitted ? Phase.Fit(fitted, 2, left, right, g) : null;
        }

        if (Phase.Cut(dy, 1, top, bottom, g) is not { } rows || Phase.Cut(rows, 2, left, right, g) is not { } cut)
        {
            return null;
        }

        var sum = new Window(
            Reduction.Sum,
            EquatableArray.Of(row.Taps, column.Taps),
            EquatableArray.Of(1, 1),
            EquatableArray.Of(Math.Max(top, 0), Math.Max(left, 0)),
            EquatableArray.Of(Math.Max(bottom, 0), Math.Max(right, 0)));
        return g.Add(sum, cut);
    }

    /// <summary>What of dy belongs to each tap: what no tap before has taken, where the tap attains the maximum.</summary>
    private static Node[] Shares(Window op, Node x, Node y, Node dy, GradientBuilder g)
    {
        Node[] taps = Taps(op, x, float.NegativeInfinity, g);
        Node rest = dy;
        for (int tap = 0; tap < taps.Length - 1; tap++)
        {
            Node attains = g.Equal(taps[tap], y);
            (taps[tap], rest) = (g.Select(attains, rest, g.Zero(rest)), g.Select(attains, g.Zero(rest), rest));
        }

        taps[taps.Length - 1] = rest;
        return taps;
    }

    /// <summary>Of every tap the element it sees in each window.</summary>
    private static Node[] Taps(Window op, Node x, float outside, GradientBuilder g)
    {
        for (int side = 0; side < 2; side++)
        {
            x = g.Pad(x, side + 1, op.PadBefore[side], op.PadAfter[side], outside);
        }

        int Windows(int side) => ((x.Shape[side + 1].Value - op.Size[side]) / op.Stride[side]) + 1;
        return Taps(op.Size, op.Stride, x, x.Shape.With(1, Windows(0)).With(2, Windows(1)), g);
    }

    private static Node[] Taps(EquatableArray<int> size, EquatableArray<int> stride, Node x, Shape windows, GradientBuilder g)
    {
        Node Seen(Node from, int side, int tap) => g.Slice(from, side + 1, tap, windows[side + 1].Value, stride[side]);
        return Enumerable.Range(0, size[0])
            .SelectMany(p => Enumerable.Range(0, size[1]).Select(q => Seen(Seen(x, 0, p), 1, q)))
            .ToArray();
    }

    private static Node? Shifted(Node? x, int axis, int offset, Shape part, GradientBuilder g) =>
        x is null ? null : Phase.Fit(x, axis, -offset, part[axis].Value - x.Shape[axis].Value + offset, g);
}
