using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Interpret;

/// <summary>
/// Along one side a sliding operation reads x[i·s + p·d - before] for output i and tap p. Seen from x, the elements
/// h = m·s + r of one remainder r form a phase, whose outputs and taps again lie at even distances:
///   dx[m·s + r] = Σ over j below Taps of f(dy[m + Offset - j·Dilation], tap First + j·Step).
/// A phase so is a sliding operation of stride 1 over dy, and the phases side by side are dx.
/// </summary>
internal sealed record Phase(int First, int Step, int Taps, int Dilation, int Offset)
{
    /// <summary>The phases 0, 1, … of one side.</summary>
    public static ImmutableArray<Phase> All(int stride, int dilation, int before, int taps)
    {
        int step = stride / Divisor(stride, dilation);
        return Enumerable.Range(0, stride).Select(remainder =>
        {
            int[] own = Enumerable.Range(0, taps).Where(p => ((p * dilation) - before - remainder) % stride == 0).ToArray();
            int first = own.FirstOrDefault();
            return new Phase(first, step, own.Length, dilation * step / stride, (remainder + before - (first * dilation)) / stride);
        }).ToImmutableArray();
    }

    /// <summary>The zeros to put before dy so that a reversed filter over it gives the phase; a negative number is cut off.</summary>
    public int Before => ((Taps - 1) * Dilation) - Offset;

    /// <summary>The zeros after dy, of which there are <paramref name="outputs"/>, for a phase of so many elements.</summary>
    public int After(int elements, int outputs) => elements + ((Taps - 1) * Dilation) - Before - outputs;

    /// <summary>Zeros around a value along one axis, or a cut where the number of zeros is negative; null if nothing is left.</summary>
    public static Node? Fit(Node x, int axis, int before, int after, GradientBuilder g) =>
        Cut(x, axis, before, after, g) is { } cut ? g.Pad(cut, axis, Math.Max(before, 0), Math.Max(after, 0)) : null;

    /// <summary>The value without what negative widths cut off; null if nothing is left.</summary>
    public static Node? Cut(Node x, int axis, int before, int after, GradientBuilder g)
    {
        int start = Math.Max(-before, 0);
        Size length = x.Shape[axis] - (start + Math.Max(-after, 0));
        return length.Value > 0 ? g.Slice(x, axis, start, length) : null;
    }

    /// <summary>
    /// The image whose phases are given by <paramref name="phase"/>, for a row phase and a column phase; each has
    /// ⌈height / rows⌉ × ⌈width / columns⌉ elements, and what lies beyond the image is cut off.
    /// </summary>
    public static Node Image(Shape image, ImmutableArray<Phase> rows, ImmutableArray<Phase> columns, Func<Phase, Phase, Shape, Node?> phase, GradientBuilder g)
    {
        Shape part = image
            .With(1, Share(image[1], rows.Length))
            .With(2, Share(image[2], columns.Length));
        var bands = rows.Select(row =>
        {
            var parts = columns.Select(column => (row.Taps * column.Taps == 0 ? null : phase(row, column, part)) ?? g.Filled(0, part));
            return Interleave(parts.ToArray(), 2, image[2].Value, g);
        });
        return Interleave(bands.ToArray(), 1, image[1].Value, g);
    }

    /// <summary>What a phase has of so many elements. Where there are several phases, the stride is not 1, and sizes are constants.</summary>
    private static Size Share(Size size, int phases) => phases == 1 ? size : (size.Value + phases - 1) / phases;

    /// <summary>y[m·s + r] = parts[r][m] along one axis, for the s parts; the first <paramref name="size"/> elements of it.</summary>
    private static Node Interleave(Node[] parts, int axis, int size, GradientBuilder g)
    {
        if (parts.Length == 1)
        {
            return parts[0];
        }

        Shape part = parts[0].Shape;
        Node together = parts.Distinct().Count() == 1
            ? g.Spread(parts[0], Shape.Of(part.Sizes.Insert(axis + 1, parts.Length)), Enumerable.Range(0, part.Rank + 1).Where(a => a != axis + 1))
            : g.Add(new Concat(axis + 1), parts.Select(p => g.Reshape(p, Shape.Of(part.Sizes.Insert(axis + 1, 1)))).ToArray());
        return g.Slice(g.Reshape(together, part.With(axis, part[axis].Value * parts.Length)), axis, 0, size);
    }

    private static int Divisor(int a, int b) => b == 0 ? a : Divisor(b, a % b);
}
