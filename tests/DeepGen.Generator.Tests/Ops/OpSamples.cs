using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Tests.Ops;

/// <summary>
/// The table the conformance tests run over: a new primitive is one or more lines here, and a test fails while it has none.
/// </summary>
internal static class OpSamples
{
    private static readonly Size _b = Size.Batch;

    public static ImmutableArray<OpSample> All { get; } =
    [
        .. Unary(new Negate(), -3, 3),
        .. Unary(new Abs(), -3, 3),
        .. Unary(new Exp(), -10, 10),
        .. Unary(new Log(), 0.01, 20),
        .. Unary(new Sqrt(), 0.01, 20),
        .. Unary(new Tanh(), -4, 4),
        .. Unary(new Sigmoid(), -8, 8),
        .. Unary(new Erf(), -3, 3),
        .. Unary(new Softplus(), -8, 8),
        .. Unary(new Gelu(), -5, 3),
        .. Unary(new GeluTanh(), -5, 3),
        .. Unary(new Silu(), -6, 3),
        .. Unary(new Elu(1), -3, 3),
        .. Unary(new Elu(0.3f), -3, 3),
        .. Unary(new Elu(-0.7f), -3, 3),
        .. Unary(new Detach(), -3, 3),
        .. Unary(new Narrow(), -3, 3),
        Of("pair", new Pair(), F(_b, 7), F(_b, 7)),
        .. Unary(new Outward(Side.Below, 1e-3f, 1e-4f), -3, 3),
        .. Unary(new Outward(Side.Above, 1e-3f, 1e-4f), -3, 3),
        Of("add", new Add(), F(_b, 7), F(_b, 7)),
        Of("subtract", new Subtract(), F(_b, 7), F(_b, 7)),
        Of("multiply", new Multiply(), F(_b, 7), F(_b, 7)),
        Of("multiply of small numbers", new Multiply(), Within(-1e-20, 1e-20, _b, 7), Within(-1e-20, 1e-20, _b, 7)),
        Of("divide", new Divide(), F(_b, 7), Within(0.5, 4, _b, 7)),
        Of("divide by negative numbers", new Divide(), F(_b, 7), Within(-4, -0.5, _b, 7)),
        Of("maximum", new Maximum(), F(_b, 7), F(_b, 7)),
        Of("minimum", new Minimum(), F(_b, 7), F(_b, 7)),
        Of("compare <", new Compare(Comparison.Less), F(_b, 7), F(_b, 7)),
        Of("compare <=", new Compare(Comparison.LessOrEqual), F(_b, 7), F(_b, 7)),
        Of("compare ==", new Compare(Comparison.Equal), F(_b, 7), F(_b, 7)),
        Of("select", new Select(), F(_b, 7), F(_b, 7), F(_b, 7)),
        Of("broadcast", new Broadcast(Shape.Of(_b, 3, 4, 2), A(0, 2)), F(_b, 4)),
        Of("broadcast of a parameter", new Broadcast(Shape.Of(_b, 3, 4), A(1)), F(3)),
        Of("reshape", new Reshape(Shape.Of(_b, 6, 2)), F(_b, 3, 4)),
        Of("transpose", new Transpose(A(0, 3, 1, 2)), F(_b, 2, 3, 4)),
        Of("slice", new Slice(1, 1, 3, 2), F(_b, 7, 2)),
        Of("pad", new Pad(A(0, 1, 0), A(0, 2, 1), 0.5f), F(_b, 3, 2)),
        Of("concat", new Concat(1), F(_b, 3, 2), F(_b, 1, 2), F(_b, 2, 2)),
        Of("reverse", new Reverse(1), F(_b, 5, 2)),
        Of("gather", new Gather(), F(5, 3), new OperandSample(new TensorType(ElementType.Int32, Shape.Of(_b, 2)), 0, 4)),
        Of("sum", new Reduce(Reduction.Sum, A(1, 3)), F(_b, 5, 2, 6)),
        Of("sum of one", new Reduce(Reduction.Sum, A(1)), F(_b, 1)),
        Of("sum of positive numbers", new Reduce(Reduction.Sum, A(1)), Within(0, 1, _b, 40)),
        Of("max", new Reduce(Reduction.Max, A(1)), F(_b, 5, 2)),
        Of("matmul", new MatMul(), F(_b, 33), F(33, 5)),
        Of("sparse product", new SparseProduct(), Sparse(_b, _b), F(_b, 5)),
        Of("sparse product, transposed", new SparseProduct(IsTransposed: true), Sparse(_b, _b), F(_b, 3)),
        Of("sparse product of magnitudes", new SparseProduct(EntryForm.Magnitude), Sparse(_b, _b), F(_b, 3)),
        Of("sparse product with a parameter", new SparseProduct(), Sparse(_b, 6), F(6, 4)),
        Of("log of sums over edges", new EdgeLogSum(0.2f), Sparse(_b, _b), F(_b, 3), F(_b, 3)),
        Of("sum over edges", new EdgeSum(0.2f), Sparse(_b, _b), F(_b, 3), F(_b, 3), F(_b, 3), F(_b, 3)),
        Of("sum over edges, transposed", new EdgeSum(0.2f, IsTransposed: true), Sparse(_b, _b), F(_b, 3), F(_b, 3), F(_b, 3), F(_b, 3)),
        Of("sum over edges of slopes", new EdgeSum(0.2f, 0.2f), Sparse(_b, _b), F(_b, 2), F(_b, 2), F(_b, 2), F(_b, 2)),
        Of("sum of weights of edges", new EdgeSum(0.3f, 0.3f), Sparse(_b, _b), F(_b, 2), F(_b, 2), F(_b, 2)),
        Of("sum of weights of edges, transposed", new EdgeSum(0.3f, IsTransposed: true), Sparse(_b, _b), F(_b, 2), F(_b, 2), F(_b, 2)),
        Of("sparse dropout", new SparseDropout(0.4f), Sparse(_b, 6), Within(0, 1 << 23, 2)),
        Of("matmul of one term", new MatMul(), F(_b, 1), F(1, 3)),
        Of("matmul of batches", new MatMul(), F(_b, 2, 3, 9), F(_b, 2, 9, 4)),
        Of("matmul with a shared operand", new MatMul(), F(_b, 3, 9), F(9, 4)),
        Of("matmul wanted below the diagonal", new MatMul(1, Triangle.Result), F(_b, 2, 5, 3), F(_b, 2, 3, 5)),
        Of("matmul of what is zero above the diagonal", new MatMul(1, Triangle.Left), F(_b, 2, 5, 5), F(_b, 2, 5, 3)),
        Of("matmul of what is zero below the diagonal", new MatMul(1, Triangle.LeftTransposed), F(_b, 2, 5, 5), F(_b, 2, 5, 3)),
        Of("convolution", Convolution(1, 1, 1, 1), F(_b, 5, 4, 3), F(3, 3, 3, 4)),
        Of("convolution, strided and dilated", Convolution(2, 2, 2, 1), F(_b, 7, 6, 2), F(3, 2, 2, 3)),
        Of("convolution in groups", Convolution(1, 0, 1, 2), F(_b, 4, 4, 4), F(2, 2, 2, 6)),
        Of("convolution by channel", Convolution(1, 1, 1, 3), F(_b, 4, 4, 3), F(3, 3, 1, 3)),
        Of("convolution of a stride beyond the kernel", Convolution(3, 1, 1, 1), F(_b, 8, 7, 2), F(2, 2, 2, 3)),
        Of("convolution of a stride that shares a factor with the dilation", new Convolution(A(4, 2), A(3, 5), A(2, 4), A(2, 4), 1), F(_b, 9, 8, 2), F(3, 3, 2, 2)),
        Of("convolution in groups, strided and padded beyond the kernel", new Convolution(A(2, 1), A(4, 3), A(0, 5), A(1, 2), 2), F(_b, 6, 5, 4), F(3, 2, 2, 6)),
        Of("filter gradient", Filters(1, 1, 1, 1, 3, 3), F(_b, 5, 4, 3), F(_b, 5, 3, 4)),
        Of("filter gradient, strided, dilated and in groups", Filters(2, 2, 2, 2, 3, 2), F(_b, 7, 6, 4), F(_b, 4, 4, 6)),
        Of("window max", new Window(Reduction.Max, A(3, 2), A(2, 1), A(1, 0), A(1, 1)), F(_b, 5, 4, 2)),
        Of("window sum", new Window(Reduction.Sum, A(2, 2), A(2, 2), A(0, 0), A(0, 0)), F(_b, 4, 6, 2)),
        Of("window sum, padded", new Window(Reduction.Sum, A(3, 3), A(1, 2), A(1, 1), A(1, 1)), F(_b, 4, 5, 2)),
        Of("window sum with gaps", new Window(Reduction.Sum, A(2, 1), A(3, 2), A(0, 0), A(0, 0)), F(_b, 6, 5, 2)),
        Of("window max of squares", new Window(Reduction.Max, A(2, 2), A(2, 2), A(0, 0), A(0, 0)), F(_b, 4, 7, 2)),
        Of("window max, overlapping", new Window(Reduction.Max, A(3, 3), A(2, 2), A(1, 1), A(1, 1)), F(_b, 6, 7, 2)),
        Of("place winners", new PlaceWinners(A(2, 2), A(2, 2), 4, 6), F(_b, 2, 3, 9), Whole(3, _b, 2, 3, 9)),
        Of("place winners, some beyond the windows", new PlaceWinners(A(2, 3), A(3, 3), 6, 7), F(_b, 2, 2, 3), Whole(5, _b, 2, 2, 3)),
        Of("scatter add", new ScatterAdd(5), new OperandSample(new TensorType(ElementType.Int32, Shape.Of(_b, 2)), 0, 4), F(_b, 2, 3)),
        Of("extent", new Extent(_b)),
        Of("positions", new Positions(7)),
        Of("remember", new Remember(1, 4), F(_b, 6, 2), F(_b, 1, 2)),
        Of("remember the first", new Remember(2, 1), F(_b, 2, 5), F(_b, 2, 1)),
        Of("remember all", new RememberAll(1, 4), F(_b, 6, 2), F(_b, 4, 2)),
        Of("row_at", new RowAt(1, 3), F(_b, 5, 2)),
        Of("noise", new Noise(Shape.Of(_b, 3, 5)), Within(0, 1 << 23, 2)),
        Of("repeat, recurrent", Recurrence(), F(_b, 4), F(5, _b, 3), F(3, 4), F(4, 4)),
        Of("repeat, stacked", Stacked(), F(_b, 6), F(4, 6, 6), F(4, 6)),
        Of("repeat, mapped", Mapped(), F(3, _b, 4)),
        Of("sum over edges that are weighted", new EdgeSum(0.2f) { IsWeighted = true }, Dropped(_b, _b), F(_b, 3), F(_b, 3), F(_b, 3), F(_b, 3)),
        Of("sum over edges that are weighted, of each sample, transposed", new EdgeSum(0.2f, IsTransposed: true) { IsWeighted = true }, Dropped(_b, 4, 4), F(_b, 4, 2), F(_b, 4, 2), F(_b, 4, 2), F(_b, 4, 2)),
        Of("sparse product of each sample", new SparseProduct(), Sparse(_b, 4, 4), F(_b, 4, 3)),
        Of("sparse product of each sample, transposed", new SparseProduct(IsTransposed: true), Sparse(_b, 4, 4), F(_b, 4, 3)),
        Of("sparse product of each sample's magnitudes", new SparseProduct(EntryForm.Slack), Sparse(_b, 4, 4), F(_b, 4, 3)),
        Of("log of sums over edges of each sample", new EdgeLogSum(0.2f), Sparse(_b, 4, 4), F(_b, 4, 2), F(_b, 4, 2)),
        Of("sum over edges of each sample", new EdgeSum(0.2f), Sparse(_b, 4, 4), F(_b, 4, 2), F(_b, 4, 2), F(_b, 4, 2), F(_b, 4, 2)),
    ];

    public static EquatableArray<int> A(params int[] values) => EquatableArray.Of(values);

    private static IEnumerable<OpSample> Unary(Elementwise op, double low, double high) =>
        [Of($"{op.Name} {op.Attributes}".TrimEnd(), op, Within(low, high, _b, 17))];

    private static OpSample Of(string title, Primitive op, params OperandSample[] operands) => new(title, op, [.. operands]);

    private static OperandSample F(params Size[] sizes) => Within(-2, 2, sizes);

    /// <summary>Two entries of three are zeros.</summary>
    private static OperandSample Sparse(params Size[] sizes) => new(TensorType.Sparse(sizes), -2, 2);

    /// <summary>The same where what is left counts for more.</summary>
    private static OperandSample Dropped(params Size[] sizes) => new(TensorType.Sparse(sizes), 1, 2);

    private static OperandSample Whole(int high, params Size[] sizes) => Within(0, high, sizes) with { IsWhole = true };

    private static OperandSample Within(double low, double high, params Size[] sizes) => new(TensorType.Float(sizes), low, high);

    private static Convolution Convolution(int stride, int pad, int dilation, int groups) =>
        new(A(stride, stride), A(pad, pad), A(pad, 0), A(dilation, 1), groups);

    private static FilterGradient Filters(int stride, int pad, int dilation, int groups, int height, int width)
    {
        Convolution of = Convolution(stride, pad, dilation, groups);
        return new(of.Stride, of.PadBefore, of.PadAfter, of.Dilation, groups, height, width);
    }

    /// <summary>h' = tanh(x W + h U), every h collected: carried, sliced, shared and collected at once.</summary>
    private static Repeat Recurrence()
    {
        var body = new GraphBuilder();
        Node h = body.Add(new Input(0, "h", TensorType.Float(_b, 4)));
        Node x = body.Add(new Input(1, "x", TensorType.Float(_b, 3)));
        Node w = body.Add(new Input(2, "w", TensorType.Float(3, 4)));
        Node u = body.Add(new Input(3, "u", TensorType.Float(4, 4)));
        Node next = body.Add(new Tanh(), body.Add(new Add(), body.Add(new MatMul(), x, w), body.Add(new MatMul(), h, u)));
        return new Repeat(body.Build([new("h", next), new("hs", next)]), 5, 1, 1, 1);
    }

    /// <summary>x' = x + max(0.3 x Wᵢ + bᵢ, 0): a stack of residual blocks, each with its own weights.</summary>
    private static Repeat Stacked()
    {
        var body = new GraphBuilder();
        Node x = body.Add(new Input(0, "x", TensorType.Float(_b, 6)));
        Node w = body.Add(new Input(1, "w", TensorType.Float(6, 6)));
        Node bias = body.Add(new Input(2, "b", TensorType.Float(6)));
        Node Fill(float value) => body.Add(new Broadcast(x.Shape, A()), body.Add(Constant.Of(value)));
        Node scaled = body.Add(new Multiply(), body.Add(new MatMul(), x, w), Fill(0.3f));
        Node sum = body.Add(new Add(), scaled, body.Add(new Broadcast(x.Shape, A(1)), bias));
        Node next = body.Add(new Add(), x, body.Add(new Maximum(), sum, Fill(0)));
        return new Repeat(body.Build([new("x", next)]), 4, 1, 2, 0);
    }

    /// <summary>Nothing carried: the same function of every slice.</summary>
    private static Repeat Mapped()
    {
        var body = new GraphBuilder();
        Node x = body.Add(new Input(0, "x", TensorType.Float(_b, 4)));
        Node y = body.Add(new Reduce(Reduction.Sum, A(1)), body.Add(new Silu(), x));
        return new Repeat(body.Build([new("y", y)]), 3, 0, 1, 1);
    }
}
