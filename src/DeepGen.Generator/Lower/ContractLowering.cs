using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Lower;

/// <summary>Matrix products become kernels of tiles: rows × columns, summed along depth axes.</summary>
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
        Size columns = node.Shape[rank - 1];
        bool chunk = node.Shape[rowAxis].IsBatch;
        int[] outerAxes = Enumerable.Range(0, rowAxis).Where(i => !node.Shape[i].IsBatch).ToArray();

        (View left, ImmutableArray<Size> depthExtents, ImmutableArray<long> depthStrides) = LeftFactor(scope, a, mayFactor: node.Op is MatMul { Chains: 1, Triangle: Triangle.None });
        var leftOperand = new ContractOperand(
            left, outerAxes.Select(i => left.Strides[i]).ToImmutableArray(), chunk ? 0 : left.Strides[rowAxis], depthStrides);

        ContractOperand right;
        int width;
        long panelStride;
        bool hasHalves = false;
        if (scope.Weights.TryGetValue(b, out WeightValue weight) && _weights is not null)
        {
            int outer = b.Shape.Rank - 2;
            width = columns.Value <= Lanes.Count ? Lanes.Count : WidePanel;
            WeightPanels panels = _weights.Panels(weight, outer, groups: 1, width);
            (width, panelStride, hasHalves) = (panels.Width, panels.Stride, panels.HasHalves);
            right = new ContractOperand(panels.View, OuterStrides(panels.View), 0, ImmutableArray<long>.Empty);
        }
        else
        {
            View view = ViewOf(scope, b);
            int bRank = b.Shape.Rank;
            bool overreads = !view.Buffer.MayOverread && (columns.IsOpen || columns.Value % Lanes.Count != 0);
            if ((view.Strides[bRank - 1] != 1 && columns.Value > 1) || overreads || Step(view, b.Shape, bRank - 2) > int.MaxValue)
            {
                View copy = NewView(b.Shape, default);
                EmitNest(Title(b), b.Shape, copy, Shape.Scalar, null, new LoadExpression(view.OfOneSample(b.Shape)), null);
                view = copy;
            }

            width = (int)Step(view, b.Shape, bRank - 2);
            panelStride = WidePanel;
            right = new ContractOperand(view, OuterStrides(view), 0, ImmutableArray<long>.Empty);
        }

        EmitContract(new ContractPlan(
            title,
            chunk ? Level.Chunk : Level.Sample,
            outerAxes.Select(i => node.Shape[i]).ToImmutableArray(),
            node.Shape[rowAxis],
            columns,
            leftOperand,
            right,
            depthExtents,
            depthStrides,
            ((MatMul)node.Op).Chains,
            width,
            panelStride,
            View: v => v,
            Triangle: ((MatMul)node.Op).Triangle,
            HasHalves: hasHalves,
            SkipsZeros: ((MatMul)node.Op).SkipsZeros), node, result, last, target);

        ImmutableArray<long> OuterStrides(View view) =>
            outerAxes.Select(i => b.Shape.Rank == 2 ? 0 : view.Strides[i]).ToImmutableArray();
    }

    /// <summary>
    /// The left factor; a flattened image is summed along its own axes where no single stride walks it, unless several sums
    /// take turns along the one axis.
    /// </summary>
    private (View View, ImmutableArray<Size> DepthExtents, ImmutableArray<long> DepthStrides) LeftFactor(Scope scope, Node a, bool mayFactor)
    {
        int last = a.Shape.Rank - 1;
        if (mayFactor && a.Op is Reshape && !scope.Views.ContainsKey(a))
        {
            Node source = a.Inputs[0];
            View view = ViewOf(scope, source);
            bool sameLead = source.Shape.Rank > last && Enumerable.Range(0, last).All(i => source.Shape[i] == a.Shape[i]);
            if (sameLead && view.Reshape(source.Shape, a.Shape) is null)
            {
                return (view, source.Shape.Skip(last).ToImmutableArray(), view.Strides.Skip(last).ToImmutableArray());
            }
        }

        View whole = ViewOf(scope, a);
        return (whole, ImmutableArray.Create(a.Shape[last]), ImmutableArray.Create(Step(whole, a.Shape, last)));
    }

    /// <summary>The distance of neighbours along an axis, samples included.</summary>
    private static long Step(View view, Shape shape, int axis) =>
        shape[axis].IsBatch ? view.Buffer.SampleStride : view.Strides[axis];

    /// <summary>Everything about a product but its epilogue. View maps a view of the result to the kernel's axes.</summary>
    private sealed record ContractPlan(
        string Title,
        Level Level,
        ImmutableArray<Size> OuterExtents,
        Size Rows,
        Size Columns,
        ContractOperand Left,
        ContractOperand Right,
        ImmutableArray<Size> DepthExtents,
        ImmutableArray<long> DepthStrides,
        int Chains,
        int PanelWidth,
        long PanelStride,
        Func<View, View> View,
        Overlap? Overlap = null,
        RowTaps? Taps = null,
        Triangle Triangle = Triangle.None,
        bool HasHalves = false,
        bool SkipsZeros = false);

    private void EmitContract(ContractPlan plan, Node node, Expression result, Node last, View target)
    {
        View place = target.OfOneSample(node.Shape);
        bool columnsFit = plan.Columns.IsOpen
            ? plan.View(place) is { PaddedRows: true } rows && rows.Strides.Last() == 1
            : plan.View(place).Strides.Last() == 1 || plan.Columns.Value == 1;
        Expression epilogue = ExpressionRewrite.MapViews(result, v => InColumns(plan.View(v), plan.Columns));
        if (!columnsFit || !epilogue.Loads().All(l => FitsEpilogue(l.View, plan.Columns)))
        {
            // Whole vectors are written where the number of columns is known at run time only.
            View raw = NewView(node.Shape, default, plan.Columns.IsOpen ? true : null);
            EmitContract(plan, node, new AccumulatorExpression(), node, raw);
            var load = new LoadExpression(raw.OfOneSample(node.Shape));
            EmitNest(plan.Title, last.Shape, target, Shape.Scalar, null, ReplaceAccumulator(result, load), null);
            return;
        }

        (ImmutableArray<Size> extents, ImmutableArray<long> strides) = MergeDepth(plan.DepthExtents, plan.DepthStrides);
        Size block = extents.Contains(Size.Batch) && plan.Rows.IsConstant ? RowBlock(plan.Rows.Value) : plan.Rows;
        ContractPlan laid = block == plan.Rows ? plan : InBlocks(plan, block.Value);

        RowTaps? taps = plan.Taps is { } met && extents[extents.Length - 1] == (Size)(met.Taps * met.Channels) && strides[strides.Length - 1] == 1 ? met : null;

        // Where rows share vectors, a tap is multiplied if either of the two meets it.
        bool sharesTaps = taps is not null && plan.Columns.Value % Lanes.Count is > 0 and <= Lanes.Half;

        bool skips = plan.SkipsZeros && extents.Length == 1 && plan.OuterExtents.IsEmpty;
        bool skipsInOne = skips && strides[0] == 1 && plan.Level == Level.Chunk && LiveProduct.SuitsOne(plan.Rows, extents[0], plan.Columns);

        // The sums of many rows wait in the target, which then must not hold what the epilogue reads.
        bool skipsInRows = skips && !plan.Right.View.Buffer.IsPaired && LiveProduct.SuitsRows(plan.Rows, extents[0], plan.Columns)
            && result.Loads().All(l => l.View.Buffer != target.Buffer);
        bool isLive = skipsInOne || skipsInRows;
        EmitProduct(new ContractKernel(
            laid.Title,
            laid.View(place),
            laid.Level,
            laid.OuterExtents,
            laid.Rows,
            laid.Columns,
            laid.Left with { DepthStrides = strides },
            laid.Right,
            extents,
            laid.Chains,
            laid.PanelWidth,
            laid.PanelStride,
            ExpressionRewrite.MapViews(isLive || sharesTaps ? WithoutSign(result) : result, v => InColumns(laid.View(v), laid.Columns)))
        {
            HasRowBlocks = block != plan.Rows,
            SkipsInOne = skipsInOne,
            SkipsInRows = skipsInRows,
            Lists = isLive ? NewView(Shape.OfConstants([LiveProduct.Length(skipsInRows, skipsInOne, extents[0])]), default) : null,
            Triangle = plan.Triangle,
            HasHalves = plan.HasHalves,
            Overlaps = extents.Length > 1 && extents[0] == plan.DepthExtents[0] && strides[0] == plan.DepthStrides[0]
                ? ImmutableArray.Create(plan.Overlap)
                : ImmutableArray<Overlap?>.Empty,
            Taps = taps,
        });
    }

    private void EmitProduct(ContractKernel product)
    {
        product.Scratch = PackedProduct.Pays(product) ? NewView(Shape.OfConstants([PackedProduct.ScratchLength(product)]), default) : null;
        Emit(product);
    }

    /// <summary>
    /// A sum that is zero is +0 here: after a product too small to be told from -0, zeros that are multiplied give +0, and those that are
    /// skipped would leave it. Not all are skipped on every machine.
    /// </summary>
    private static Expression WithoutSign(Expression result) => ReplaceAccumulator(
        result, new OperationExpression(ScalarOp.Add, ImmutableArray.Create<Expression>(new AccumulatorExpression(), new ConstantExpression(0))));

    /// <summary>The same product with an outer axis more, which counts blocks of rows.</summary>
    private static ContractPlan InBlocks(ContractPlan plan, int block)
    {
        int row = plan.OuterExtents.Length;
        return plan with
        {
            OuterExtents = plan.OuterExtents.Add(plan.Rows.Value / block),
            Rows = block,
            Left = plan.Left with { OuterStrides = plan.Left.OuterStrides.Add(block * plan.Left.RowStride) },
            Right = plan.Right with { OuterStrides = plan.Right.OuterStrides.Add(0) },
            View = v =>
            {
                View view = plan.View(v);
                return view with { Strides = view.Strides.Insert(row, block * view.Strides[row]) };
            },
        };
    }

    /// <summary>
    /// Rows that are summed along the batch lie a whole sample apart, out of the prefetcher's reach: as many as fit the second
    /// cache are multiplied by all columns before the next, and four blocks of them if there may be, of which threads have some each. If they can, blocks end where panels
    /// of weights do. All of them where they are few or have no such divisor.
    /// </summary>
    private static int RowBlock(int rows)
    {
        const int Largest = 160;
        const int Smallest = 64;
        const int Some = 4;
        const int Panel = 2 * Lanes.Count;
        List<int> all = Enumerable.Range(Smallest, Largest + 1 - Smallest).Where(n => n < rows && rows % n == 0).ToList();
        List<int> whole = all.Where(n => n % Panel == 0).ToList();
        List<int> blocks = whole.Count > 0 ? whole : all;
        return blocks.Count == 0 ? rows : blocks.Where(n => rows >= Some * n).DefaultIfEmpty(blocks[0]).Last();
    }

    /// <summary>A single column is a number, not the first of a vector, which might reach beyond what the caller passed.</summary>
    private static View InColumns(View view, Size columns) =>
        columns == (Size)1 ? view with { Strides = view.Strides.SetItem(view.Strides.Length - 1, 0) } : view;

    private static bool FitsEpilogue(View view, Size columns)
    {
        long stride = view.Strides.Last();
        return stride == 0 || (stride == 1 && (view.Buffer.MayOverread || (columns.IsConstant && columns.Value % Lanes.Count == 0)));
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
    private static (ImmutableArray<Size> Extents, ImmutableArray<long> Strides) MergeDepth(ImmutableArray<Size> extents, ImmutableArray<long> strides)
    {
        var mergedExtents = new List<Size>();
        var mergedStrides = new List<long>();
        for (int axis = extents.Length - 1; axis >= 0; axis--)
        {
            if (extents[axis] == (Size)1)
            {
                continue;
            }

            if (mergedExtents.Count > 0 && extents[axis].IsConstant && mergedExtents[0].IsConstant && strides[axis] == mergedStrides[0] * mergedExtents[0].Value)
            {
                mergedExtents[0] = mergedExtents[0].Value * extents[axis].Value;
            }
            else
            {
                mergedExtents.Insert(0, extents[axis]);
                mergedStrides.Insert(0, strides[axis]);
            }
        }

        return mergedExtents.Count == 0
            ? (ImmutableArray.Create((Size)1), ImmutableArray.Create(1L))
            : (mergedExtents.ToImmutableArray(), mergedStrides.ToImmutableArray());
    }
}
