using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Ops;

/// <summary>
/// y[i, n] = Σⱼ w[i, j, n] x[j, n] over the entries (i, j) of a sparse matrix, w = exp(e − l[i, n]), e = max(z, slope z) and
/// z = d[i, n] + s[j, n]; where z &lt; 0, w counts times Below; where entries of a have been dropped, times the entry. Transposed, y[j, n] = Σᵢ w[i, j, n] x[i, n]. Operands a, d, s, l, x;
/// without x, that is one everywhere. With Below = slope, w is its own derivative by z, so derivatives are of this kind again.
/// </summary>
internal sealed record EdgeSum(float Slope, float Below = 1, bool IsTransposed = false) : Primitive, IGradientRule, IIntervalRule, IMixing
{
    /// <summary>Ends of l so far apart say nothing of a mean's weights; exp of it times any x there may be is a number.</summary>
    private const float Far = 50;

    public override string Name => "edge_sum";

    public override string Attributes => $"slope={FloatText.Of(Slope)}" + (Below == 1 ? "" : $" below={FloatText.Of(Below)}") + (IsTransposed ? " transposed" : "") + (IsWeighted ? " weighted" : "") + (IsMean ? " mean" : "")
        + (MostEntry == 1 ? "" : $" most={FloatText.Of(MostEntry)}");

    /// <summary>Whether weights count times the entries of the matrix, some of which have been dropped: they are 0 or at least 1.</summary>
    public bool IsWeighted { get; init; }

    /// <summary>Whether l is the <see cref="EdgeLogSum"/> of the same a, d and s, so that the w of a row, without entries, add up to one.</summary>
    public bool IsMean { get; init; }

    /// <summary>The greatest entry that the weights of a mean count times.</summary>
    public float MostEntry { get; init; } = 1;

    public override ImmutableArray<TensorType> Infer(ImmutableArray<TensorType> inputs)
    {
        Typing.Require(inputs.Length is 4 or 5, this, $"takes 4 or 5 operands, not {inputs.Length}");
        Edges.Infer(this, inputs, Slope);
        Typing.Require(Below is >= 0 and <= 1, this, $"cannot let {FloatText.Of(Below)} of a weight count");
        return ImmutableArray.Create(inputs[1]);
    }

    public override ImmutableArray<DenseTensor> Evaluate(ImmutableArray<DenseTensor> inputs)
    {
        (DenseTensor d, DenseTensor s, DenseTensor l) = (inputs[1], inputs[2], inputs[3]);
        int width = d.Shape[d.Shape.Length - 1];
        double[] y = new double[d.Values.Length];
        int nodes = inputs[0].Shape[inputs[0].Shape.Length - 1];
        foreach ((int row, int column) in Edges.Of(inputs[0]))
        {
            double entry = IsWeighted ? inputs[0].Values[(row * nodes) + (column % nodes)] : 1;
            for (int n = 0; n < width; n++)
            {
                (int i, int j) = ((row * width) + n, (column * width) + n);
                double z = d.Values[i] + s.Values[j];
                double weight = Math.Exp(Edges.Bent(z, Slope) - l.Values[i]) * (z < 0 ? Below : 1) * entry;
                (int to, int from) = IsTransposed ? (j, i) : (i, j);
                y[to] += weight * (inputs.Length > 4 ? inputs[4].Values[from] : 1);
            }
        }

        return ImmutableArray.Create(new DenseTensor(d.Shape, y));
    }

    public bool ReadsOthers(int operand) => operand == 4 || (operand > 0 && (operand == 2) != IsTransposed);

    public bool Carries(int operand) => operand > 0;

    public Node? Pull(Node y, int operand, Node dy, GradientBuilder g)
    {
        Node? x = y.Inputs.Length > 4 ? y.Inputs[4] : null;
        EdgeSum back = this with { IsTransposed = !IsTransposed };
        return operand switch
        {
            4 => Of(back, y, dy, g),
            3 => g.Negate(IsTransposed ? Times(x, Of(back, y, dy, g), g) : g.Times(dy, y)),
            // Where the operand belongs to the row that is summed up, the sum itself tells; else the rows it goes into do.
            _ => ReadsOthers(operand) ? Times(x, Of(back.Slopes, y, dy, g), g) : g.Times(dy, Of(Slopes, y, x, g)),
        };
    }

    public Node? Push(Node y, ImmutableArray<Node?> dx, GradientBuilder g)
    {
        Node? x = y.Inputs.Length > 4 ? y.Inputs[4] : null;
        Node? total = dx.Length > 4 && dx[4] is { } moved ? Of(this, y, moved, g) : null;
        if (dx[3] is { } l)
        {
            total = g.Total(total, g.Negate(IsTransposed ? Of(this, y, Times(x, l, g), g) : g.Times(l, y)));
        }

        for (int operand = 1; operand <= 2; operand++)
        {
            if (dx[operand] is { } z)
            {
                total = g.Total(total, ReadsOthers(operand) ? Of(Slopes, y, Times(x, z, g), g) : g.Times(z, Of(Slopes, y, x, g)));
            }
        }

        return total;
    }

    /// <remarks>
    /// Weights are not negative, increase with d and s and decrease with l, so that w lies between weights v and W computed at two of the corners.
    /// Then Σ w x ≤ Σ W max(x, 0) − Σ v max(−x, 0) at the upper end of x, and the other way round at its lower end. Moved,
    /// d, s and l pay for the errors of e − l; each term of a sum then has a factor 1 + Exp and n + 2 roundings, whose errors
    /// all have one sign at worst, in the value as in the bound: twice Exp + (n + 2) u, which is little enough for exp of it to be 1.035 of
    /// that more than one. Where weights underflow they are wrong by as much as Floor, whatever x they multiply.
    /// </remarks>
    public ImmutableArray<Bounds> Bound(ImmutableArray<Bounds> x, BoundBuilder b)
    {
        if (b.Rounding.IsExact && x.All(v => v.IsPoint))
        {
            return new Bounds(b.Add(this, [.. x.Select(v => v.Lower)]));
        }

        var edges = new EdgeRounding(b, x[0].Lower, x[1].Shape, IsTransposed);
        (Bounds d, Bounds s, Bounds l) = (edges.Moved(x[1]), edges.Moved(x[2]), edges.Moved(x[3]));
        Node? whole = !IsMean || IsTransposed || Below != 1 || x.Length == 4 ? null : WithoutDropout(x[0].Lower);
        Node? isFar = null;
        if (whole is not null)
        {
            // Then only the mean counts; but even what does not count must not overflow, or gradients would be 0 · ∞.
            isFar = b.Less(b.Filled(Far, l.Lower), b.Add(new Subtract(), l.Upper, l.Lower));
            l = new Bounds(b.Select(isFar, b.Add(new Subtract(), l.Upper, b.Filled(Far, l.Lower)), l.Lower), l.Upper);
        }

        Node Most(params Node[] of) => b.Add(this, [x[0].Lower, d.Upper, s.Upper, l.Lower, .. of]);
        Node Least(params Node[] of) => b.Add(this, [x[0].Lower, d.Lower, s.Lower, l.Upper, .. of]);
        Node zero = b.Filled(0, d.Lower);
        if (x.Length == 4)
        {
            Bounds weights = Widened(Least(), null, Most(), null, b.Filled(1, zero));
            return new Bounds(b.Max(weights.Lower, zero), weights.Upper);
        }

        Node Positive(Node v) => b.Max(v, zero);
        Node Negative(Node v) => b.Max(b.Negate(v), zero);
        (Node low, Node high) = (x[4].Lower, x[4].Upper);
        Bounds y = Widened(Least(Positive(low)), Most(Negative(low)), Most(Positive(high)), Least(Negative(high)), b.Magnitude(x[4]));
        if (whole is null || isFar is null)
        {
            return y;
        }

        Bounds mean = EdgeMean.Of(new Bounds(whole), x[3], x[4], edges, b);
        mean = IsWeighted ? EdgeMean.OfSome(mean, MostEntry, b) : mean;
        return new Bounds(b.Select(isFar, mean.Lower, b.Max(y.Lower, mean.Lower)), b.Select(isFar, mean.Upper, b.Min(y.Upper, mean.Upper)));

        Bounds Widened(Node gained, Node? lost, Node most, Node? least, Node magnitude)
        {
            if (b.Rounding.IsExact)
            {
                return new Bounds(Difference(gained, lost), Difference(most, least));
            }

            (double u, double floor) = (b.Rounding.Unit, Math.Pow(2, 34) * b.Rounding.Smallest);
            Node share = edges.Loss(each: 2.4 * u, once: (2.2 * b.Rounding.Exp) + (8 * u));
            Node underflow = edges.Reach(magnitude, IsWeighted, 3 * b.Rounding.Floor);
            return new Bounds(
                b.Below(b.Add(new Subtract(), Difference(gained, lost), Error(gained, lost)), 4 * u, floor),
                b.Above(b.Add(new Add(), Difference(most, least), Error(most, least)), 4 * u, floor));

            Node Error(Node p, Node? n) =>
                b.Add(new Add(), b.Add(new Multiply(), share, n is null ? p : b.Add(new Add(), p, n)), underflow);
        }

        Node Difference(Node p, Node? n) => n is null ? p : b.Add(new Subtract(), p, n);
    }

    /// <summary>The matrix with all its entries, or null if it is not known from which some were dropped.</summary>
    private Node? WithoutDropout(Node a) => !IsWeighted ? a : a.Op is SparseDropout ? a.Inputs[0] : null;

    /// <summary>The same with the derivative of w by z in place of w.</summary>
    private EdgeSum Slopes => this with { Below = Below * Slope };

    private static Node Of(EdgeSum op, Node y, Node? x, GradientBuilder g)
    {
        ImmutableArray<Node> weights = y.Inputs.RemoveRange(4, y.Inputs.Length - 4);
        return g.Add(op, x is null ? [.. weights] : [.. weights, x]);
    }

    private static Node Times(Node? x, Node y, GradientBuilder g) => x is null ? y : g.Times(x, y);
}
