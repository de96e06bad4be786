using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Lower;

/// <summary>Matrix products and convolutions become one kind of kernel: tiles of rows × columns, summed along depth axes.</summary>
internal sealed partial class GraphLowering
{
    /// <summary>Columns of a panel of packed weights: two vectors, or one where that is all there is.</summary>
    private const int WidePanel = 2 * Lanes.Count;

    private void LowerMatMul(Scope scope, Node node, Expression result, Node last, View target, string title)
    {
        Node a = node.Inputs[0];
        Node b = node.Inputs[1];
        int rank = node.Shape.Rank;
        int rowAxis = rank - 2;
        int columns = node.Shape[rank - 1].Value;
        int depth = b.Shape[b.Shape.Rank - 2].Value;
        bool chunk = !node.Shape[rowAxis].IsConstant;
        int[] outerAxes = Enumerable.Range(0, rowAxis).Where(i => node.Shape[i].IsConstant).ToArray();

        (View left, ImmutableArray<int> depthExtents, ImmutableArray<long> depthStrides) = LeftFactor(scope, a, mayFactor: ((MatMul)node.Op).Chains == 1);
        var leftOperand = new ContractOperand(
            left, outerAxes.Select(i => left.Strides[i]).ToImmutableArray(), chunk ? 0 : left.Strides[rowAxis], depthStrides);

        ContractOperand right;
        int width;
        long panelStride;
        if (scope.Weights.TryGetValue(b, out WeightValue weight) && _weights is not null)
        {
            int outer = b.Shape.Rank - 2;
            width = columns <= Lanes.Count ? Lanes.Count : WidePanel;
            View panels = _weights.Panels(weight, outer, groups: 1, width);
            panelStride = panels.Strides[outer + 1];
            right = new ContractOperand(panels, OuterStrides(panels), 0, ImmutableArray<long>.Empty);
        }
        else
        {
            View view = ViewOf(scope, b);
            int bRank = b.Shape.Rank;
            if ((view.Strides[bRank - 1] != 1 && columns > 1) || !view.Buffer.MayOverread || view.Strides[bRank - 2] > int.MaxValue)
            {
                View copy = NewView(b.Shape, default);
                EmitNest(Title(b), b.Shape, copy, Shape.Scalar, null, new LoadExpression(view.OfOneSample(b.Shape)), null);
                view = copy;
            }

            width = (int)view.Strides[bRank - 2];
            panelStride = WidePanel;
            right = new ContractOperand(view, OuterStrides(view), 0, ImmutableArray<long>.Empty);
        }

        EmitContract(new ContractPlan(
            title,
            chunk ? Level.Chunk : Level.Sample,
            outerAxes.Select(i => node.Shape[i].Value).ToImmutableArray(),
            chunk ? -1 : node.Shape[rowAxis].Value,
            columns,
            leftOperand,
            right,
            depthExtents,
            depthStrides,
            ((MatMul)node.Op).Chains,
            width,
            panelStride,
            View: v => v), node, result, last, target);

        ImmutableArray<long> OuterStrides(View view) =>
            outerAxes.Select(i => b.Shape.Rank == 2 ? 0 : view.Strides[i]).ToImmutableArray();
    }

    private void LowerConvolution(Scope scope, Node node, Convolution op, Expression result, Node last, View target, string title)
    {
        Node x = node.Inputs[0];
        Node w = node.Inputs[1];
        int groupColumns = node.Shape[3].Value / op.Groups;
        View image = BorderedImage(scope, x, Border.Of(op));
        if ((op.Groups > 1 && groupColumns % Lanes.Count != 0) || !scope.Weights.TryGetValue(w, out WeightValue weight) || _weights is null)
        {
            LowerConvolutionAsNest(scope, node, op, image, result, target, title);
            return;
        }

        View panels = _weights.Panels(weight, outer: 0, op.Groups, groupColumns <= Lanes.Count ? Lanes.Count : WidePanel);
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
            panels, new[] { 0L, panels.Strides[0] }.Take(outerCount).ToImmutableArray(), 0, ImmutableArray<long>.Empty);
        EmitContract(new ContractPlan(
            title,
            Level.Sample,
            new[] { node.Shape[1].Value, op.Groups }.Take(outerCount).ToImmutableArray(),
            node.Shape[2].Value,
            groupColumns,
            left,
            right,
            w.Shape.Take(3).Select(s => s.Value).ToImmutableArray(),
            left.DepthStrides,
            1,
            groupColumns <= Lanes.Count ? Lanes.Count : WidePanel,
            panels.Strides[1],
            View: grouped ? SplitGroups : v => v), node, result, last, target);

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
        Shape split = Shape.OfConstants([node.Shape[1].Value, node.Shape[2].Value, op.Groups, groupColumns]);
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

    /// <summary>The image seen from the corner of its zero border; copied into a bordered buffer if it has none.</summary>
    private View BorderedImage(Scope scope, Node x, Border border)
    {
        View view = ViewOf(scope, x);
        bool manyChannels = x.Shape[3].Value >= ShortestPaddedRow;
        bool scattered = manyChannels && view.Strides[3] != 1;
        if (scattered || !view.Frame.Contains(border))
        {
            view = manyChannels ? ChannelsLastCopy(scope, x, view) : BorderedCopy(scope, x, view);
        }

        return view with { Offset = view.Offset - (border.Top * view.Strides[1]) - (border.Left * view.Strides[2]) };
    }

    /// <summary>Channels side by side, as the sums along the depth walk them.</summary>
    private View ChannelsLastCopy(Scope scope, Node x, View view)
    {
        View copy = NewView(x.Shape, scope.BorderOf(x));
        EmitNest("border " + Title(x), x.Shape, copy, Shape.Scalar, null, new LoadExpression(view.OfOneSample(x.Shape)), null);
        scope.Views[x] = copy;
        return copy;
    }

    /// <summary>The copy keeps the order in memory that an image of few channels has, so that both sides are walked in long runs.</summary>
    private View BorderedCopy(Scope scope, Node x, View view)
    {
        int[] order = Enumerable.Range(1, 3).OrderByDescending(a => view.Strides[a]).ThenBy(a => a).Prepend(0).ToArray();
        Border border = scope.BorderOf(x);
        Shape framed = x.Shape.With(1, x.Shape[1].Value + border.Top + border.Bottom).With(2, x.Shape[2].Value + border.Left + border.Right);
        Shape physical = framed.Permute(order);
        Buffer buffer = NewBuffer(physical, padded: false, border);
        View whole = View.Dense(buffer, physical, paddedRows: false)
            .Permute(Enumerable.Range(0, 4).Select(a => Array.IndexOf(order, a)).ToImmutableArray());
        View interior = whole.Slice(1, border.Top, 1).Slice(2, border.Left, 1) with { Frame = border };
        EmitNest("border " + Title(x), x.Shape, interior, Shape.Scalar, null, new LoadExpression(view.OfOneSample(x.Shape)), null);
        scope.Views[x] = interior;
        return interior;
    }

    /// <summary>
    /// The left factor; a flattened image is summed along its own axes where no single stride walks it, unless several sums
    /// take turns along the one axis.
    /// </summary>
    private (View View, ImmutableArray<int> DepthExtents, ImmutableArray<long> DepthStrides) LeftFactor(Scope scope, Node a, bool mayFactor)
    {
        int last = a.Shape.Rank - 1;
        if (mayFactor && a.Op is Reshape && !scope.Views.ContainsKey(a))
        {
            Node source = a.Inputs[0];
            View view = ViewOf(scope, source);
            bool sameLead = source.Shape.Rank > last && Enumerable.Range(0, last).All(i => source.Shape[i] == a.Shape[i]);
            if (sameLead && view.Reshape(source.Shape, a.Shape) is null)
            {
                return (view, source.Shape.Skip(last).Select(s => s.Value).ToImmutableArray(), view.Strides.Skip(last).ToImmutableArray());
            }
        }

        View whole = ViewOf(scope, a);
        return (whole, ImmutableArray.Create(a.Shape[last].Value), ImmutableArray.Create(whole.Strides[last]));
    }

    /// <summary>Everything about a product but its epilogue. View maps a view of the result to the kernel's axes.</summary>
    private sealed record ContractPlan(
        string Title,
        Level Level,
        ImmutableArray<int> OuterExtents,
        int Rows,
        int Columns,
        ContractOperand Left,
        ContractOperand Right,
        ImmutableArray<int> DepthExtents,
        ImmutableArray<long> DepthStrides,
        int Chains,
        int PanelWidth,
        long PanelStride,
        Func<View, View> View);

    private void EmitContract(ContractPlan plan, Node node, Expression result, Node last, View target)
    {
        View place = target.OfOneSample(node.Shape);
        bool columnsFit = plan.View(place).Strides.Last() == 1 || plan.Columns == 1;
        if (!columnsFit || !result.Loads().All(l => FitsEpilogue(plan.View(l.View), plan.Columns)))
        {
            View raw = NewView(node.Shape, default);
            EmitContract(plan, node, new AccumulatorExpression(), node, raw);
            var load = new LoadExpression(raw.OfOneSample(node.Shape));
            EmitNest(plan.Title, last.Shape, target, Shape.Scalar, null, ReplaceAccumulator(result, load), null);
            return;
        }

        (ImmutableArray<int> extents, ImmutableArray<long> strides) = MergeDepth(plan.DepthExtents, plan.DepthStrides);
        Emit(new ContractKernel(
            plan.Title,
            plan.View(place),
            plan.Level,
            plan.OuterExtents,
            plan.Rows,
            plan.Columns,
            plan.Left with { DepthStrides = strides },
            plan.Right,
            extents,
            plan.Chains,
            plan.PanelWidth,
            plan.PanelStride,
            ExpressionRewrite.MapViews(result, plan.View)));
    }

    private static bool FitsEpilogue(View view, int columns)
    {
        long stride = view.Strides.Last();
        return stride == 0 || columns == 1 || (stride == 1 && (view.Buffer.MayOverread || columns % Lanes.Count == 0));
    }

    private static Expression ReplaceAccumulator(Expression root, Expression by)
    {
        var done = new Dictionary<Expression, Expression>();
        return Replace(root);

        Expression Replace(Expression e)
        {
            if (!done.TryGetValue(e, out Expression replaced))
            {
                replaced = e switch
                {
                    AccumulatorExpression => by,
                    OperationExpression operation => new OperationExpression(operation.Op, operation.Arguments.Select(Replace).ToImmutableArray()),
                    _ => e,
                };
                done.Add(e, replaced);
            }

            return replaced;
        }
    }

    /// <summary>Depth axes that lie end to end in the left factor are one longer axis; axes of size 1 are none.</summary>
    private static (ImmutableArray<int> Extents, ImmutableArray<long> Strides) MergeDepth(ImmutableArray<int> extents, ImmutableArray<long> strides)
    {
        var mergedExtents = new List<int>();
        var mergedStrides = new List<long>();
        for (int axis = extents.Length - 1; axis >= 0; axis--)
        {
            if (extents[axis] == 1)
            {
                continue;
            }

            if (mergedExtents.Count > 0 && strides[axis] == mergedStrides[0] * mergedExtents[0])
            {
                mergedExtents[0] *= extents[axis];
            }
            else
            {
                mergedExtents.Insert(0, extents[axis]);
                mergedStrides.Insert(0, strides[axis]);
            }
        }

        return mergedExtents.Count == 0
            ? (ImmutableArray.Create(1), ImmutableArray.Create(1L))
            : (mergedExtents.ToImmutableArray(), mergedStrides.ToImmutableArray());
    }
}
