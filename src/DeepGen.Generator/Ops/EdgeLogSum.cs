using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Ops;

/// <summary>
/// y[i, n] = log Σⱼ exp(e) over the entries (i, j) of a sparse matrix, e = max(z, slope z), z = d[i, n] + s[j, n]: what makes weights
/// of neighbours add up to one; 0 for a row without entries. Operands a, d, s. The greatest e of a row is taken out of its sum.
/// </summary>
internal sealed record EdgeLogSum(float Slope) : Primitive, IGradientRule, IIntervalRule, IMixing
{
    public override string Name => "edge_log_sum";

    public override string Attributes => "slope=" + FloatText.Of(Slope);

    public override ImmutableArray<TensorType> Infer(ImmutableArray<TensorType> inputs)
    {
        Typing.Arity(this, inputs, 3);
        Edges.Infer(this, inputs, Slope);
        return ImmutableArray.Create(inputs[1]);
    }

    public override ImmutableArray<DenseTensor> Evaluate(ImmutableArray<DenseTensor> inputs)
    {
        (DenseTensor d, DenseTensor s) = (inputs[1], inputs[2]);
        int width = d.Shape[d.Shape.Length - 1];
        double[] most = Enumerable.Repeat(double.NegativeInfinity, d.Values.Length).ToArray();
        double[] sum = new double[most.Length];
        List<(int I, int J)> edges = Edges.Of(inputs[0]).ToList();
        foreach ((int at, int other) in edges.SelectMany(e => Enumerable.Range(0, width).Select(n => ((e.I * width) + n, (e.J * width) + n))))
        {
            most[at] = Math.Max(most[at], Edges.Bent(d.Values[at] + s.Values[other], Slope));
        }

        foreach ((int at, int other) in edges.SelectMany(e => Enumerable.Range(0, width).Select(n => ((e.I * width) + n, (e.J * width) + n))))
        {
            sum[at] += Math.Exp(Edges.Bent(d.Values[at] + s.Values[other], Slope) - most[at]);
        }

        return ImmutableArray.Create(new DenseTensor(d.Shape, most.Select((m, i) => sum[i] > 0 ? m + Math.Log(sum[i]) : 0).ToArray()));
    }

    public bool ReadsOthers(int operand) => operand == 2;

    public bool Carries(int operand) => operand > 0;

    /// <remarks>∂y[i] / ∂z[i, j] is the weight exp(e − y[i]) times the slope at z.</remarks>
    public Node? Pull(Node y, int operand, Node dy, GradientBuilder g) => operand == 1
        ? g.Times(dy, g.Add(Weights, y.Inputs[0], y.Inputs[1], y.Inputs[2], y))
        : g.Add(Weights with { IsTransposed = true }, y.Inputs[0], y.Inputs[1], y.Inputs[2], y, dy);

    public Node? Push(Node y, ImmutableArray<Node?> dx, GradientBuilder g) => g.Total(
        dx[1] is { } d ? g.Times(d, g.Add(Weights, y.Inputs[0], y.Inputs[1], y.Inputs[2], y)) : null,
        dx[2] is { } s ? g.Add(Weights, y.Inputs[0], y.Inputs[1], y.Inputs[2], y, s) : null);

    /// <remarks>
    /// It increases with d and s, and moved they pay for the errors of e. With the greatest e taken out, a sum S of n terms, 1 ≤ S ≤ n, remains.
    /// Each term has the errors of Exp and of being added up. That of e − most, which is u |e − most|, weighs as much as its
    /// term: all of them together move ln S by u Σ p |e − most| at most, where p are the shares of the sum, and that is the
    /// entropy of p less ln S, so at most u ln n. The logarithm adds Log (ln n + 0.04), and ln n ≤ 1 + n / 7. That is
    ///   Exp + n u + (u + Log) (1 + n / 7) + 0.04 Log,
    /// twice, for the value and for its bound; that the count itself is computed is worth a twentieth of it (see <see cref="EdgeRounding"/>).
    /// The last addition, and the step by all this, round relative to the result.
    /// </remarks>
    public ImmutableArray<Bounds> Bound(ImmutableArray<Bounds> x, BoundBuilder b)
    {
        var edges = new EdgeRounding(b, x[0].Lower, x[1].Shape, isTransposed: false);
        Bounds y = b.Ends(this, ImmutableArray.Create(x[0], edges.Moved(x[1]), edges.Moved(x[2])));
        if (b.Rounding.IsExact)
        {
            return y;
        }

        (double u, double log) = (b.Rounding.Unit, b.Rounding.Unit + b.Rounding.Log);
        Node loss = edges.Loss(each: 2.2 * (u + (log / 7)), once: (2.2 * (b.Rounding.Exp + log)) + b.Rounding.Floor);
        return new Bounds(b.Below(b.Add(new Subtract(), y.Lower, loss), 4 * u), b.Above(b.Add(new Add(), y.Upper, loss), 4 * u));
    }

    private EdgeSum Weights => new(Slope, Slope);
}
