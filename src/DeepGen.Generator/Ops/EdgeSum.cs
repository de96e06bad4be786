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
internal sealed record EdgeSum(float Slope, float Below = 1, bool IsTransposed = false) : Primitive, IGradientRule, IMixing
{
    public override string Name => "edge_sum";

    public override string Attributes => $"slope={FloatText.Of(Slope)}" + (Below == 1 ? "" : $" below={FloatText.Of(Below)}") + (IsTransposed ? " transposed" : "") + (IsWeighted ? " weighted" : "");

    /// <summary>Whether weights count times the entries of the matrix, some of which have been dropped.</summary>
    public bool IsWeighted { get; init; }

    public override ImmutableArray<TensorType> Infer(ImmutableArray<TensorType> inputs)
    {
        Typing.Require(inputs.Length is 4 or 5, this, $"takes 4 or 5 operands, not {inputs.Length}");
        Edges.Infer(this, inputs);
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

    /// <summary>The same with the derivative of w by z in place of w.</summary>
    private EdgeSum Slopes => this with { Below = Below * Slope };

    private static Node Of(EdgeSum op, Node y, Node? x, GradientBuilder g)
    {
        ImmutableArray<Node> weights = y.Inputs.RemoveRange(4, y.Inputs.Length - 4);
        return g.Add(op, x is null ? [.. weights] : [.. weights, x]);
    }

    private static Node Times(Node? x, Node y, GradientBuilder g) => x is null ? y : g.Times(x, y);
}
