using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>
/// y[i, n] = Σⱼ f(a[i, j]) x[j, n] over the entries of a sparse matrix a, in the order in which its rows list them; transposed
/// y[j, n] = Σᵢ f(a[i, j]) x[i, n], in the order of the rows. Where the rows of x are samples as those of y are, this is what
/// mixes samples. A matrix for each sample, [B, N, N], is multiplied with the rows of its own.
/// </summary>
internal sealed record SparseProduct(EntryForm Form = EntryForm.Plain, bool IsTransposed = false) : Primitive, IGradientRule, IIntervalRule, IMixing
{
    public override string Name => "sparse_product";

    public override string Attributes => ((Form == EntryForm.Plain ? "" : Form.ToString().ToLowerInvariant() + " ") + (IsTransposed ? "transposed" : "")).TrimEnd();

    public override ImmutableArray<TensorType> Infer(ImmutableArray<TensorType> inputs)
    {
        Typing.Arity(this, inputs, 2);
        (Shape a, Shape x) = (inputs[0].Shape, inputs[1].Shape);
        bool typed = inputs[0].Element == ElementType.Sparse && inputs[1].Element == ElementType.Float32;
        Typing.Require(typed, this, "takes a sparse matrix and f32 rows");
        bool isRanked = a.Rank is 2 or 3 && x.Rank == a.Rank && (a.Rank == 2 || a[0].Equals(x[0]));
        Typing.Require(isRanked, this, $"cannot multiply {a} and {x}");
        int row = a.Rank - 2;
        (Size rows, Size depth) = IsTransposed ? (a[row + 1], a[row]) : (a[row], a[row + 1]);
        Typing.Require(x[row].Equals(depth) && x[row + 1].IsConstant, this, $"cannot multiply {a} and {x}");
        return ImmutableArray.Create(TensorType.Float(x.With(row, rows)));
    }

    public override ImmutableArray<DenseTensor> Evaluate(ImmutableArray<DenseTensor> inputs)
    {
        (DenseTensor a, DenseTensor x) = (Entries(inputs[0]), inputs[1]);
        int row = a.Shape.Length - 2;
        (int rows, int columns, int width) = (a.Shape[row], a.Shape[row + 1], x.Shape[row + 1]);
        (int targets, int sources) = IsTransposed ? (columns, rows) : (rows, columns);
        double[] y = new double[a.Values.Length / sources * width];
        for (int e = 0; e < a.Values.Length; e++)
        {
            int matrix = e / (rows * columns), within = e % (rows * columns);
            (int to, int from) = IsTransposed ? (within % columns, within / columns) : (within / columns, within % columns);
            for (int n = 0; n < width && a.Values[e] != 0; n++)
            {
                y[(((matrix * targets) + to) * width) + n] += a.Values[e] * x.Values[(((matrix * sources) + from) * width) + n];
            }
        }

        return ImmutableArray.Create(new DenseTensor(x.Shape.SetItem(row, targets), y));
    }

    public bool ReadsOthers(int operand) => operand == 1;

    public bool Carries(int operand) => operand == 1;

    public Node? Pull(Node y, int operand, Node dy, GradientBuilder g) => g.Add(this with { IsTransposed = !IsTransposed }, y.Inputs[0], dy);

    public Node? Push(Node y, ImmutableArray<Node?> dx, GradientBuilder g) => g.Add(this, y.Inputs[0], dx[1]!);

    /// <remarks>
    /// The entries are known, x is within r of a centre c. As in ProductBounds, with n entries in a row, every float32 execution
    /// lies within Σ |a| ((1 + γₙ) r + 2 γₙ |c|) of the computed Σ a c; κ repairs what the bound's own rounding loses, and the floor, the
    /// 8 · 2³¹ smallest numbers, what underflows in any number of products.
    /// </remarks>
    public ImmutableArray<Bounds> Bound(ImmutableArray<Bounds> x, BoundBuilder b)
    {
        (Node a, Bounds rows) = (x[0].Lower, x[1]);
        (Node centre, Node radius) = ProductBounds.CentreRadius(rows, b);
        Node y = b.Add(this, a, centre);
        if (b.Rounding.IsExact)
        {
            Node reach = b.Add(this with { Form = EntryForm.Magnitude }, a, radius);
            return rows.IsPoint ? new Bounds(y) : new Bounds(b.Add(new Subtract(), y, reach), b.Add(new Add(), y, reach));
        }

        Node error = b.Add(
            new Add(),
            b.Add(this with { Form = EntryForm.Reach }, a, radius),
            b.Add(this with { Form = EntryForm.Slack }, a, b.Add(new Abs(), centre)));
        double floor = Math.Pow(2, 34) * b.Rounding.Smallest;
        return new Bounds(
            b.Below(b.Add(new Subtract(), y, error), b.Rounding.Unit, floor),
            b.Above(b.Add(new Add(), y, error), b.Rounding.Unit, floor));
    }

    /// <summary>What is taken of the entries.</summary>
    public DenseTensor Entries(DenseTensor a)
    {
        if (Form == EntryForm.Plain)
        {
            return a;
        }

        (int rows, int columns) = (a.Shape[a.Shape.Length - 2], a.Shape[a.Shape.Length - 1]);
        int[] inRow = new int[a.Values.Length / columns], inColumn = new int[a.Values.Length / rows];
        int Column(int e) => (e / (rows * columns) * columns) + (e % columns);
        for (int e = 0; e < a.Values.Length; e++)
        {
            inRow[e / columns] += a.Values[e] != 0 ? 1 : 0;
            inColumn[Column(e)] += a.Values[e] != 0 ? 1 : 0;
        }

        double[] values = a.Values.Select((v, e) => Of(Form, v, Math.Max(inRow[e / columns], inColumn[Column(e)]))).ToArray();
        return new DenseTensor(a.Shape, values);
    }

    /// <summary>An entry of a row, or a column, of so many.</summary>
    private static double Of(EntryForm form, double value, int count)
    {
        double u = Rounding.Float32.Unit;
        double gamma = Rounding.Float32.Gamma(count);
        double kappa = double.IsInfinity(gamma) ? gamma : (1 + (9 * u)) / (1 - gamma);
        return Math.Abs(value) * form switch
        {
            EntryForm.Reach => kappa * (1 + gamma),
            EntryForm.Slack => kappa * 2 * gamma,
            _ => 1,
        };
    }
}

/// <summary>What is taken of an entry a, of a row and a column of at most n; the names are those of the run time's enumeration.</summary>
internal enum EntryForm
{
    /// <summary>a.</summary>
    Plain,

    /// <summary>|a|.</summary>
    Magnitude,

    /// <summary>κ (1 + γₙ) |a|: how far an error of x reaches.</summary>
    Reach,

    /// <summary>2 κ γₙ |a|: what rounding adds.</summary>
    Slack,
}
