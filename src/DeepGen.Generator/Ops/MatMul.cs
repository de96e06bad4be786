using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Ops;

/// <summary>y[…, m, n] = Σₖ a[…, m, k] b[…, k, n]; b has the leading axes of a, or none and is shared by all.</summary>
/// <param name="Chains">
/// The products are dealt out in turn to so many sums, each in the order of k, which are then added in order.
/// </param>
/// <param name="Triangle">What lies beyond a diagonal, where nothing need be multiplied.</param>
internal sealed record MatMul(int Chains = 1, Triangle Triangle = Triangle.None) : Bilinear, IIntervalRule
{
    public override string Name => "matmul";

    /// <summary>Whether zeros of a are left out of the sums, as a rule so many that looking for them pays.</summary>
    public bool SkipsZeros { get; init; }

    public override string Attributes => string.Join(" ", new[]
    {
        Chains == 1 ? "" : FormattableString.Invariant($"chains={Chains}"),
        SkipsZeros ? "a!=0" : "",
        Triangle switch { Triangle.Result => "n<=m", Triangle.Left => "k<=m", Triangle.LeftTransposed => "k>=m", _ => "" },
    }.Where(a => a.Length > 0));

    public override ImmutableArray<TensorType> Infer(ImmutableArray<TensorType> inputs)
    {
        Typing.Arity(this, inputs, 2);
        Typing.Floats(this, inputs);
        (Shape a, Shape b) = (inputs[0].Shape, inputs[1].Shape);
        Typing.Require(a.Rank >= 2 && b.Rank >= 2, this, $"takes matrices, not {a} and {b}");
        bool fits = a[a.Rank - 1].Equals(b[b.Rank - 2])
            && (b.Rank == 2 || a.Take(a.Rank - 2).SequenceEqual(b.Take(b.Rank - 2)));
        Typing.Require(fits, this, $"cannot multiply {a} and {b}");
        Typing.Require(!SkipsZeros || (b.Rank == 2 && Chains == 1 && Triangle == Triangle.None), this, "skips zeros in plain sums by a shared factor only");
        Typing.Require(Triangle == Triangle.None || (a.Rank == b.Rank && a.Rank > 2 && Chains == 1), this, $"has no diagonal in {a} and {b}");
        return ImmutableArray.Create(TensorType.Float(a.With(a.Rank - 1, b[b.Rank - 1])));
    }

    public override ImmutableArray<DenseTensor> Evaluate(ImmutableArray<DenseTensor> inputs)
    {
        (DenseTensor a, DenseTensor b) = (inputs[0], inputs[1]);
        int rank = a.Shape.Length;
        (int rows, int depth, int columns) = (a.Shape[rank - 2], a.Shape[rank - 1], b.Shape[b.Shape.Length - 1]);
        int batch = Indexing.Length(a.Shape.RemoveRange(rank - 2, 2));
        double[] y = new double[batch * rows * columns];
        for (int row = 0; row < batch * rows; row++)
        {
            int matrix = b.Shape.Length == 2 ? 0 : row / rows * depth * columns;
            int m = row % rows;
            int first = Triangle == Triangle.LeftTransposed ? m : 0;
            int end = Triangle == Triangle.Left ? Math.Min(depth, m + 1) : depth;
            int width = Triangle == Triangle.Result ? Math.Min(columns, m + 1) : columns;
            for (int k = first; k < end; k++)
            {
                double factor = a.Values[(row * depth) + k];
                int wanted = SkipsZeros && factor == 0 ? 0 : width;
                for (int n = 0; n < wanted; n++)
                {
                    y[(row * columns) + n] += factor * b.Values[matrix + (k * columns) + n];
                }
            }
        }

        return ImmutableArray.Create(new DenseTensor(a.Shape.SetItem(rank - 1, columns), y));
    }

    /// <summary>
    /// da = dy bᵀ and db = aᵀ dy, where a shared b sums over everything that shares it.
    /// </summary>
    public override Node? Pull(Node y, int operand, Node dy, GradientBuilder g)
    {
        (Node a, Node b) = (y.Inputs[0], y.Inputs[1]);
        if (Triangle != Triangle.None)
        {
            return Triangles.Pull(Triangle, a, b, operand, dy, g);
        }

        if (operand == 0)
        {
            return g.Add(new MatMul(), dy, g.TransposeMatrices(b));
        }

        if (a.Shape.Rank == b.Shape.Rank)
        {
            return g.Add(new MatMul(), g.TransposeMatrices(a), dy);
        }

        return SharedFactor(a, dy, g);
    }

    /// <summary>
    /// aᵀ dy, summed over all leading axes. Over samples of several rows that is the filter gradient of an image one wide, which needs
    /// no product for each sample.
    /// </summary>
    public static Node SharedFactor(Node a, Node dy, GradientBuilder g)
    {
        if (!a.Shape.Skip(1).All(s => s.IsConstant))
        {
            return g.SumOver(g.Add(new MatMul(), g.TransposeMatrices(a), dy), Enumerable.Range(0, a.Shape.Rank - 2));
        }

        (EquatableArray<int> none, EquatableArray<int> one) = (EquatableArray.Of(0, 0), EquatableArray.Of(1, 1));
        Node sum = g.Add(new FilterGradient(one, none, none, one, 1, 1, 1), Column(a, g), Column(dy, g));
        return g.Reshape(sum, Shape.Of(sum.Shape.Skip(2)));
    }

    /// <summary>[B, …, m, k] as the image [B, … m, 1, k].</summary>
    private static Node Column(Node a, GradientBuilder g)
    {
        Size depth = a.Shape[a.Shape.Rank - 1];
        int rows = (int)Shape.Of(a.Shape.Sizes.RemoveAt(a.Shape.Rank - 1).Skip(1)).ConstantLength;
        return g.Reshape(a, Shape.Of(a.Shape[0], rows, 1, depth));
    }

    // Radii are not zero where centres are: nothing is left out of a product of bounds, or it would depend on the tiles.
    public ImmutableArray<Bounds> Bound(ImmutableArray<Bounds> x, BoundBuilder b)
    {
        Bounds a = Triangle is Triangle.Left or Triangle.LeftTransposed ? Triangles.Kept(x[0], Triangle, b) : x[0];
        var whole = Triangle == Triangle.None ? this : new MatMul();
        Bounds y = ProductBounds.Of(whole, a.Shape[a.Shape.Rank - 1].Value, a, x[1], b);
        return Triangle == Triangle.Result ? Triangles.Kept(y, Triangle, b) : y;
    }
}
