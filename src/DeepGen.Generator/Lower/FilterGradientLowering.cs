using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Lower;

/// <summary>
/// The gradient of filters grows image by image: for each row of the filter, Σ over pixels of x[tap and channel] · dy[output],
/// a product whose depth is the pixels. Both factors are read as they lie.
/// </summary>
internal sealed partial class GraphLowering
{
    private void AccumulateFilters(Scope scope, Node node, FilterGradient op, View target)
    {
        if (StageMemory.IsByOutput(target))
        {
            AccumulateLiveFilters(scope, node, op, target);
            return;
        }

        Node x = node.Inputs[0];
        Node dy = node.Inputs[1];
        View image = BorderedImage(scope, x, Border.Of(op));
        View cotangent = ViewOf(scope, dy);
        string title = "gradient of " + Title(node);
        if (op.Groups > 1)
        {
            AccumulateFiltersAsNest(node, op, image, cotangent, target, title);
            return;
        }

        int columns = node.Shape[3].Value;
        bool overreads = !cotangent.Buffer.MayOverread && columns % Lanes.Count != 0;
        if ((cotangent.Strides[3] != 1 && columns > 1) || overreads)
        {
            View copy = NewView(dy.Shape, default);
            EmitNest("rows of " + Title(dy), dy.Shape, copy, Shape.Scalar, null, new LoadExpression(cotangent.OfOneSample(dy.Shape)), null);
            cotangent = copy;
        }

        // Taps of one row and their channels are neighbours where pixels lie side by side.
        int channels = node.Shape[2].Value;
        int width = node.Shape[1].Value;
        bool areNeighbours = width == 1 || (op.Dilation[1] == 1 && image.Strides[2] == channels * image.Strides[3]);
        int outer = areNeighbours && !(channels >= FewestChannels && Along(1)?.IsLarge(width, dy.Shape[2].Value) == true) ? 1 : 2;
        var left = new ContractOperand(
            image,
            new[] { image.Strides[1] * op.Dilation[0], image.Strides[2] * op.Dilation[1] }.Take(outer).ToImmutableArray(),
            image.Strides[3],
            ImmutableArray.Create(image.Strides[1] * op.Stride[0], image.Strides[2] * op.Stride[1]));
        var right = new ContractOperand(
            cotangent,
            Enumerable.Repeat(0L, outer).ToImmutableArray(),
            0,
            ImmutableArray.Create(cotangent.Strides[1], cotangent.Strides[2]));
        View place = Rows(target, outer);
        var sum = new OperationExpression(
            ScalarOp.Add, ImmutableArray.Create<Expression>(new LoadExpression(InColumns(place, columns)), new AccumulatorExpression()));
        DepthPiece.Each(ImmutableArray.Create(dy.Shape[1], dy.Shape[2]), EmitPiece, (counter, times, emit) => EmitLoop(counter, times, "pieces of an image", emit));

        void EmitPiece(DepthPiece piece)
        {
            (ContractOperand a, ContractOperand b, ImmutableArray<Size> depth) = JoinDepth(piece.Of(left), piece.Of(right), piece.Depth);
            EmitProduct(new ContractKernel(
                title,
                place,
                Level.Sample,
                node.Shape.Take(outer).ToImmutableArray(),
                outer == 1 ? width * channels : channels,
                columns,
                a,
                b,
                depth,
                1,
                (int)b.DepthStrides[b.DepthStrides.Length - 1],
                WidePanel,
                sum)
            {
                Overlaps = depth.Length == 1 ? ImmutableArray<Overlap?>.Empty : Enumerable.Range(0, outer).Select(side => piece.Of(Along(side), side)).ToImmutableArray(),
            });
        }

        Overlap? Along(int side) => x.Shape[side + 1].IsOpen
            ? null
            : Overlap.Of(node.Shape[side].Value, op.Dilation[side], dy.Shape[side + 1].Value, op.Stride[side], op.PadBefore[side], x.Shape[side + 1].Value);

        // [KH, KW, C, O] as [KH, KW·C, O] where taps and channels are one run.
        static View Rows(View v, int outer) => outer == 2 ? v : v with
        {
            Strides = ImmutableArray.Create(v.Strides[0], v.Strides[2], v.Strides[3]),
        };
    }

    /// <summary>Where samples have few rows: one product whose depth is all of them.</summary>
    private void LowerProductOfRows(Scope scope, Node node, Expression result, Node last, View target, string title)
    {
        Size rows = node.Inputs[1].Shape[1];
        int axes = rows == (Size)1 ? 1 : 2;
        ContractOperand a = Operand(ViewOf(scope, node.Inputs[0])), b = Operand(ViewOf(scope, node.Inputs[1]));
        EmitContract(new ContractPlan(
            title,
            Level.Sample,
            ImmutableArray<Size>.Empty,
            node.Shape[2],
            node.Shape[3],
            a,
            b,
            new[] { Size.Batch, rows }.Take(axes).ToImmutableArray(),
            a.DepthStrides,
            1,
            (int)b.DepthStrides[axes - 1],
            WidePanel,
            View: v => v with { Strides = v.Strides.RemoveRange(0, 2) }), node, result, last, target);

        ContractOperand Operand(View view) => new(
            view, ImmutableArray<long>.Empty, view.Strides[3], new[] { view.Buffer.SampleStride, view.Strides[1] }.Take(axes).ToImmutableArray());
    }

    /// <summary>Two depth axes that lie end to end in both factors are one; a single row or column of pixels is one axis as well.</summary>
    private static (ContractOperand Left, ContractOperand Right, ImmutableArray<Size> Depth) JoinDepth(
        ContractOperand left, ContractOperand right, ImmutableArray<Size> depth)
    {
        bool joins = depth.All(d => d.IsConstant)
            && left.DepthStrides[0] == left.DepthStrides[1] * depth[1].Value && right.DepthStrides[0] == right.DepthStrides[1] * depth[1].Value;
        int only = depth[0] == (Size)1 || joins ? 1 : depth[1] == (Size)1 ? 0 : -1;
        return only < 0
            ? (left, right, depth)
            : (left with { DepthStrides = ImmutableArray.Create(left.DepthStrides[only]) },
                right with { DepthStrides = ImmutableArray.Create(right.DepthStrides[only]) },
                ImmutableArray.Create(joins ? depth[0].Value * depth[1].Value : depth[only]));
    }

    /// <summary>Groups of few columns (depthwise above all): vectors run along the groups, sums along the pixels.</summary>
    private void AccumulateFiltersAsNest(Node node, FilterGradient op, View image, View cotangent, View target, string title)
    {
        int channels = node.Shape[2].Value;
        int columns = node.Shape[3].Value / op.Groups;
        long[] s = image.Strides.ToArray();
        long[] d = cotangent.Strides.ToArray();

        // Axes: KH, KW, Cg, G, Og, then OH, OW.
        var x = new LoadExpression(image with
        {
            BatchAxis = -1,
            PaddedRows = false,
            Strides = ImmutableArray.Create(
                s[1] * op.Dilation[0], s[2] * op.Dilation[1], s[3], s[3] * channels, 0, s[1] * op.Stride[0], s[2] * op.Stride[1]),
        });
        var dy = new LoadExpression(cotangent with
        {
            BatchAxis = -1,
            PaddedRows = false,
            Strides = ImmutableArray.Create(0, 0, 0, d[3] * columns, d[3], d[1], d[2]),
        });
        View place = target with
        {
            Strides = ImmutableArray.Create(
                target.Strides[0], target.Strides[1], target.Strides[2], target.Strides[3] * columns, target.Strides[3]),
            PaddedRows = false,
        };
        Shape split = Shape.OfConstants([node.Shape[0].Value, node.Shape[1].Value, channels, op.Groups, columns]);
        var sum = new OperationExpression(
            ScalarOp.Add, ImmutableArray.Create<Expression>(new LoadExpression(place), new AccumulatorExpression()));
        EmitNest(
            title,
            split,
            place,
            Shape.Of(node.Inputs[1].Shape.Skip(1).Take(2)),
            Reduction.Sum,
            new OperationExpression(ScalarOp.Multiply, ImmutableArray.Create<Expression>(x, dy)),
            sum);
    }
}
