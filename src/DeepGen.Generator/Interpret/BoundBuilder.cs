using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Interpret;

/// <summary>What interval rules are written with: nodes of the bound graph, and steps outward that cover rounding.</summary>
internal sealed class BoundBuilder(GraphBuilder graph, Rounding rounding)
{
    public Rounding Rounding { get; } = rounding;

    public Node Add(Primitive op, params Node[] inputs) => graph.Add(op, inputs);

    /// <summary>One number in the shape of another value.</summary>
    public Node Filled(double value, Node like) => Filled(value, like.Shape);

    public Node Filled(double value, Shape shape) =>
        Add(new Broadcast(shape, EquatableArray<int>.Empty), Add(Constant.Of((float)value)));

    public Node Max(Node a, Node b) => Add(new Maximum(), a, b);

    public Node Min(Node a, Node b) => Add(new Minimum(), a, b);

    public Node Negate(Node a) => Add(new Negate(), a);

    public Node Less(Node a, Node b) => Add(new Compare(Comparison.Less), a, b);

    public Node LessOrEqual(Node a, Node b) => Add(new Compare(Comparison.LessOrEqual), a, b);

    public Node Select(Node condition, Node a, Node b) => Add(new Select(), condition, a, b);

    /// <summary>The largest absolute value between the bounds.</summary>
    public Node Magnitude(Bounds x) => Max(Add(new Abs(), x.Lower), Add(new Abs(), x.Upper));

    /// <summary>The rule of a primitive, for rules that lean on another's.</summary>
    public Bounds Apply(Primitive op, params Bounds[] x) => ApplyAll(op, x.ToImmutableArray())[0];

    /// <summary>
    /// Where every operand is a point and the operation has but one order of execution, the result is the point that
    /// execution computes, in the bound graph as in the forward graph.
    /// </summary>
    public ImmutableArray<Bounds> ApplyAll(Primitive op, ImmutableArray<Bounds> x)
    {
        if (x.All(v => v.IsPoint) && !MayReorder(op))
        {
            return new Bounds(graph.Add(op, x.Select(v => v.Lower).ToImmutableArray()));
        }

        return op is IIntervalRule rule
            ? rule.Bound(x, this)
            : throw new IrException($"{op.Name} has no interval rule.");
    }

    /// <summary>The operation on both ends, exactly: for moves, which compute nothing, and maxima, which round nothing.</summary>
    public Bounds Ends(Primitive op, ImmutableArray<Bounds> x) => new(
        graph.Add(op, x.Select(v => v.Lower).ToImmutableArray()),
        graph.Add(op, x.Select(v => v.Upper).ToImmutableArray()));

    /// <summary>An increasing function computed with a relative error and, besides, an absolute one.</summary>
    public Bounds Increasing(Primitive op, Bounds x, double error, double floor = 0) =>
        Widen(Add(op, x.Lower), Add(op, x.Upper), error, floor);

    /// <summary>
    /// Bounds from candidates computed as the value itself is: v̂ = v (1 + e) + d with |e| ≤ error, |d| ≤ floor.
    /// </summary>
    /// <remarks>
    /// Let L̂ be the candidate computed for L ≤ v. As v - error |v| grows with v, v̂ ≥ L - error |L| - floor; and
    /// L ≥ L̂ - error |L| - floor with |L| ≤ (|L̂| + floor) / (1 - error). So v̂ and v are at least
    /// L̂ - r |L̂| - (2 + r) floor where r = 2 error / (1 - error). Above is the mirror image.
    /// </remarks>
    public Bounds Widen(Node lower, Node upper, double error, double floor = 0)
    {
        double relative = 2 * error / (1 - error);
        double absolute = (2 + relative) * floor;
        return new(Below(lower, relative, absolute), Above(upper, relative, absolute));
    }

    /// <summary>
    /// An operation of two operands, monotone in each while the other is held: its extremes lie at the four corners.
    /// </summary>
    /// <remarks>
    /// A corner such as 0 · ∞ is not a number. As the first operand of Min it is passed over, rightly: what it stands for is
    /// approached by its neighbours. Should all be such, the step outward makes the bounds infinite.
    /// </remarks>
    public Bounds Corners(Primitive op, Bounds p, Bounds q)
    {
        var corners = new[] { p.Lower, p.Upper }
            .SelectMany(a => new[] { q.Lower, q.Upper }.Select(b => Add(op, a, b)))
            .Distinct()
            .ToArray();
        Node lower = corners[0], upper = corners[0];
        foreach (Node corner in corners.Skip(1))
        {
            lower = Min(corner, lower);
            upper = Max(corner, upper);
        }

        return Widen(lower, upper, Rounding.Unit, Rounding.Smallest);
    }

    /// <summary>
    /// A function that falls down to its minimum at <paramref name="bottom"/> (known to within 10⁻⁶) and rises from there,
    /// computed to within perSize |a|, besides a relative error.
    /// </summary>
    public Bounds Valley(Primitive op, Bounds x, double bottom, double minimum, double perSize, double error)
    {
        Node atLower = Add(op, x.Lower);
        Node atUpper = Add(op, x.Upper);
        Node lowest = Filled(-RoundUp(-minimum), atLower);
        Node falling = Less(x.Upper, Filled(bottom - 1e-6, atLower));
        Node rising = Less(Filled(bottom + 1e-6, atLower), x.Lower);
        Node lower = Select(falling, atUpper, Select(rising, atLower, lowest));

        // At -∞ the function is not a number: as the second operand of Max that is kept, and the step outward makes it +∞.
        Node upper = Max(atUpper, atLower);
        if (!Rounding.IsExact)
        {
            Node size = Magnitude(x);
            Node slack = Add(new Multiply(), size, Filled(RoundUp(2 * perSize), size));
            lower = Add(new Subtract(), lower, slack);
            upper = Add(new Add(), upper, slack);
        }

        return Widen(lower, upper, error + (2 * Rounding.Unit), 2 * Rounding.Smallest);
    }

    /// <summary>A sum of that many terms in any order.</summary>
    /// <remarks>
    /// Every float32 execution computes Σ x (1 + θ) with |θ| ≤ γ, the one of the bound too. As x - γ |x| grows with x, the
    /// value is at least Σ (l - γ |l|); summing l' = l - k |l| instead gives at most Σ (l' + γ |l'|), which is no more than
    /// that if k ≥ 2 γ / (1 - γ). The last step pays for underflow in the l', and where the sum overflows it gives up.
    /// </remarks>
    public Bounds Sum(Primitive op, Bounds x, long terms)
    {
        double gamma = Rounding.Gamma(terms);
        double relative = double.IsInfinity(gamma) ? gamma : 2 * gamma / (1 - gamma);
        return new(
            Below(Add(op, Below(x.Lower, relative)), 0, 2 * terms * Rounding.Smallest),
            Above(Add(op, Above(x.Upper, relative)), 0, 2 * terms * Rounding.Smallest));
    }

    /// <summary>The number that fills a constant everywhere, or null.</summary>
    public static float? Uniform(Bounds x)
    {
        Node node = x.Lower.Op is Broadcast ? x.Lower.Inputs[0] : x.Lower;
        return x.IsPoint && node.Op is Constant { Values.Count: 1 } constant ? constant.Values[0] : null;
    }

    /// <summary>A computed number that is surely at most x - relative |x| - absolute.</summary>
    public Node Below(Node x, double relative, double absolute = 0) => Outward(Side.Below, x, relative, absolute);

    /// <summary>A computed number that is surely at least x + relative |x| + absolute.</summary>
    public Node Above(Node x, double relative, double absolute = 0) => Outward(Side.Above, x, relative, absolute);

    /// <summary>The smallest float that is not below a number.</summary>
    public static float RoundUp(double value)
    {
        float nearest = (float)value;
        if (nearest >= value || double.IsNaN(value))
        {
            return nearest;
        }

        uint bits = FloatBits.Of(nearest);
        return FloatBits.ToFloat(nearest > 0 ? bits + 1 : nearest < 0 ? bits - 1 : 1);
    }

    /// <remarks>
    /// The step is computed in float32 too: y = fl(fl(x - c |x|) - a), its product rounded besides where there is no fused
    /// multiply-add. So y ≤ x - |x| (c (1 - u) - 2 u (1 + 2 c)) - a (1 - u) + η, where η ≤ 2⁻¹⁴⁹ is the underflow of the
    /// product. c = relative + 4 u makes the bracket at least relative + 2 u (1 - 3 c) - …, which is more than relative + u/2
    /// as relative ≤ 1/8. Where |x| ≥ 2⁻¹²⁵ the remaining u/2 covers η; below that, sums and differences are exact and
    /// need no step, and whatever else may underflow gives an absolute error, where a = absolute (1 + 4 u) + 2⁻¹⁴⁸ covers it.
    /// </remarks>
    private Node Outward(Side side, Node x, double relative, double absolute)
    {
        if (Rounding.IsExact)
        {
            return x;
        }

        double u = Rounding.Unit;
        double floor = absolute > 0 ? (absolute * (1 + (4 * u))) + (2 * Rounding.Smallest) : 0;
        return Add(new Outward(side, RoundUp(relative + (4 * u)), RoundUp(floor)), x);
    }

    private static bool MayReorder(Primitive op) =>
        op is MatMul or SparseProduct or EdgeSum or EdgeLogSum or Convolution or FilterGradient or ScatterAdd or Reduce { Kind: Reduction.Sum } or Window { Kind: Reduction.Sum } or Repeat or Item;
}
