using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Lower;

/// <summary>
/// A convolution over channels-last images is a product: for each row of the filter, a row of pixels and channels is one run
/// of memory. Zeros around the image stand in the buffer, so no tile asks where an edge is.
/// </summary>
internal sealed partial class GraphLowering
{
    /// <summary>Fewer channels are no loop of their own for each tap.</summary>
    private const int FewestChannels = Lanes.Half;

    private void LowerConvolution(Scope scope, Node node, Convolution op, Expression result, Node last, View target, string title)
    {
        Node x = node.Inputs[0];
        Node w = node.Inputs[1];
        WeightValue? weight = _weights is not null && scope.Weights.TryGetValue(w, out WeightValue known) ? known : null;
        if (weight is { Slices.IsEmpty: true } && LiveChoice.PaysForImage(node))
        {
            LowerLiveConvolution(scope, node, op, weight, result, last, target, title);
            return;
        }

        if (weight is not null && op.Tile != 0)
        {
            LowerTiledConvolution(scope, node, op, weight, result, last, target, title);
            return;
        }

        int groupColumns = node.Shape[3].Value / op.Groups;
        View image = BorderedImage(scope, x, Border.Of(op));
        if (weight is null || (op.Groups > 1 && groupColumns % Lanes.Count != 0))
        {
            LowerConvolutionAsNest(scope, node, op, image, result, target, title);
            return;
        }

        WeightPanels panels = _weights!.Panels(weight, outer: 0, op.Groups, groupColumns <= Lanes.Count ? Lanes.Count : WidePanel);
        int groupChannels = w.Shape[2].Value;
        bool grouped = op.Groups > 1;
        long[] outerStrides = [image.Strides[1] * op.Stride[0], groupChannels * image.Strides[3]];
        int outerCount = grouped ? 2 : 1;
        var left = new ContractOperand(
            image,
            outerStrides.Take(outerCount).ToImmutableArray(),
            image.Strides[2] * op.Stride[1],
            ImmutableArray.Create(image.Strides[1] * op.Dilation[0], image.Strides[2] * op.Dilation[1], image.Strides[3]));
        var right = new ContractOperand(
            panels.View, new[] { 0L, panels.View.Strides[0] }.Take(outerCount).ToImmutableArray(), 0, ImmutableArray<long>.Empty);
        EmitContract(new ContractPlan(
            title,
            Level.Sample,
            new[] { node.Shape[1], op.Groups }.Take(outerCount).ToImmutableArray(),
            node.Shape[2],
            groupColumns,
            left,
            right,
            w.Shape.Take(3).ToImmutableArray(),
            left.DepthStrides,
            1,
            panels.Width,
            panels.Stride,
            View: grouped ? SplitGroups : v => v,
            OverlapAlong(0),
            Taps(),
            HasHalves: panels.HasHalves), node, result, last, target);

        Overlap? OverlapAlong(int side) => x.Shape[side + 1].IsOpen ? null : Overlap.Of(
            node.Shape[side + 1].Value, op.Stride[side], w.Shape[side].Value, op.Dilation[side], op.PadBefore[side], x.Shape[side + 1].Value);

        RowTaps? Taps()
        {
            int taps = w.Shape[1].Value;
            return OverlapAlong(1) is { } overlap && overlap.IsLarge(node.Shape[2].Value, taps) && groupChannels >= FewestChannels
                ? new RowTaps(overlap, taps, groupChannels)
                : null;
        }

        // [OH, OW, G·Og] seen as [OH, G, OW, Og].
        View SplitGroups(View v) => v with
        {
            Strides = ImmutableArray.Create(v.Strides[0], v.Strides[2] * groupColumns, v.Strides[1], v.Strides[2]),
        };
    }

    /// <summary>Few columns per group (depthwise above all): vectors run along the groups, sums along the taps.</summary>
    private void LowerConvolutionAsNest(Scope scope, Node node, Convolution op, View image, Expression result, View target, string title)
    {
        Node w = node.Inputs[1];
        int groupColumns = node.Shape[3].Value / op.Groups;
        int groupChannels = w.Shape[2].Value;
        long[] s = image.Strides.ToArray();
        View weight = ViewOf(scope, w);
        long[] ws = weight.Strides.ToArray();

        // Axes: OH, OW, G, Og, then KH, KW, Cg.
        var x = new LoadExpression(image with
        {
            BatchAxis = -1,
            PaddedRows = false,
            Strides = ImmutableArray.Create(
                s[1] * op.Stride[0], s[2] * op.Stride[1], s[3] * groupChannels, 0, s[1] * op.Dilation[0], s[2] * op.Dilation[1], s[3]),
        });
        var taps = new LoadExpression(weight with
        {
            PaddedRows = false,
            Strides = ImmutableArray.Create(0, 0, ws[3] * groupColumns, ws[3], ws[0], ws[1], ws[2]),
        });
        var element = new OperationExpression(ScalarOp.Multiply, ImmutableArray.Create<Expression>(x, taps));
        Shape split = Shape.Of(node.Shape[1], node.Shape[2], op.Groups, groupColumns);
        EmitNest(
            title,
            split,
            Split(target.OfOneSample(node.Shape)),
            Shape.Of(w.Shape.Take(3)),
            Reduction.Sum,
            element,
            ExpressionRewrite.MapViews(result, Split));

        View Split(View v) => v with
        {
            Strides = ImmutableArray.Create(v.Strides[0], v.Strides[1], v.Strides[2] * groupColumns, v.Strides[2]),
            PaddedRows = v.PaddedRows && op.Groups == 1,
        };
    }
}
