using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Ops;

/// <summary>
/// What rounding may do to weights exp(e − l) of edges and to sums of n of them, n being the entries of a row (or, transposed, of a
/// column): only the graph knows how many, so the bounds count them when they are computed.
/// </summary>
/// <remarks>
/// <para>
/// Scores. With z = d + s and e = max(z, slope z), 0 ≤ slope ≤ 1, a computed e is within (2 u + u²) |e| + 2⁻¹⁵⁰ of the real one: z rounds once,
/// and the product once more. So t = e − l is computed within 3.01 u |e| + 1.01 u |l| + 2⁻¹⁴⁸, by forward as by its bound. Moving d and s up
/// by c of their size moves e up by c |e| at least, since |z| ≤ |d| + |s|. Hence c = 7 u ≥ 2 · 3.01 u (1 + c) pays for both, and so
/// it does for l. Where such a step underflows it lacks at most 2⁻¹⁴⁹, which moves exp by less than any constant here has to spare.
/// </para>
/// <para>
/// Counts. Terms exp(0), each at least 1 − Exp, add up to ĉ ≥ n (1 − Exp) (1 − u)ⁿ in whatever order; and a longer sum is never computed smaller than
/// it would be without some of its terms. So ĉ &lt; 2¹⁹ means n u ≤ 0.033 and n ≤ 1.035 ĉ. A row with more is given no bounds at all.
/// </para>
/// </remarks>
internal sealed class EdgeRounding(BoundBuilder b, Node a, Shape rows, bool isTransposed)
{
    private const int MostEntries = 1 << 19;

    private readonly int _last = rows.Rank - 1;

    /// <summary>A number for each row.</summary>
    private Shape Narrow => rows.With(_last, 1);

    /// <summary>Operands moved outward, so that t at one end is beyond what is computed, or meant, anywhere between.</summary>
    public Bounds Moved(Bounds x) => new(b.Below(x.Lower, 7 * b.Rounding.Unit), b.Above(x.Upper, 7 * b.Rounding.Unit));

    /// <summary>each ĉ + once for every row of ĉ entries.</summary>
    public Node Loss(double each, double once)
    {
        Node count = Sum(new EdgeSum(1, IsTransposed: isTransposed), null);
        Node loss = b.Add(new Add(), Times(count, each), b.Filled(BoundBuilder.RoundUp(once), count));
        return Wide(b.Select(b.Less(count, b.Filled(MostEntries, count)), loss, b.Filled(double.PositiveInfinity, count)));
    }

    /// <summary>factor Σ |x| over the entries, and more than that: the columns of a row count as the largest of them.</summary>
    public Node Reach(Node magnitude, bool isWeighted, double factor)
    {
        Node largest = b.Add(new Reshape(Narrow), b.Add(new Reduce(Reduction.Max, EquatableArray.Of(_last)), magnitude));
        return Wide(Times(Sum(new EdgeSum(1, IsTransposed: isTransposed) { IsWeighted = isWeighted }, largest), factor));
    }

    /// <summary>A sum where every weight is exp(0).</summary>
    private Node Sum(EdgeSum op, Node? x)
    {
        Node zero = b.Filled(0, Narrow);
        return x is null ? b.Add(op, a, zero, zero, zero) : b.Add(op, a, zero, zero, zero, x);
    }

    private Node Times(Node x, double factor) => b.Add(new Multiply(), x, b.Filled(BoundBuilder.RoundUp(factor), x));

    private Node Wide(Node narrow)
    {
        Node flat = b.Add(new Reshape(rows.Without([_last])), narrow);
        return b.Add(new Broadcast(rows, Enumerable.Range(0, _last).ToEquatable()), flat);
    }
}
