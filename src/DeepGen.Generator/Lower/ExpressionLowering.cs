using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Lower;

/// <summary>Elementwise trees: one kernel for the whole tree, together with the product or reduction at its root, if any.</summary>
internal sealed partial class GraphLowering
{
    /// <summary>A tree of elementwise nodes and the one heavy node among its leaves that its kernel computes as well.</summary>
    private sealed class Tree
    {
        public Node? Heavy { get; set; }

        public Dictionary<Node, Expression> Expressions { get; } = [];

        /// <summary>What the kernel computes, operands first.</summary>
        public List<Node> Nodes { get; } = [];
    }

    private void MaterialiseExpression(Scope scope, Node node, View target)
    {
        var tree = new Tree();
        Expression root = Build(scope, node, tree, allowHeavy: true);
        if (tree.Heavy is { } heavy)
        {
            MaterialiseHeavy(scope, heavy, root, node, target, tree.Nodes);
        }
        else
        {
            EmitNest(Title(tree.Nodes), node.Shape, target, Shape.Scalar, null, root, null, Above(node));
        }
    }

    /// <summary>The expression of a node inside its user's kernel.</summary>
    private Expression Build(Scope scope, Node node, Tree tree, bool allowHeavy)
    {
        if (tree.Expressions.TryGetValue(node, out Expression known))
        {
            return known;
        }

        Expression expression;
        if (node.Op is Elementwise op && !scope.Views.ContainsKey(node) && (tree.Expressions.Count == 0 || scope.IsDeferred(node)))
        {
            tree.Expressions[node] = null!;
            var arguments = node.Inputs.Select(i => Build(scope, i, tree, allowHeavy)).ToImmutableArray();
            expression = ScalarTranslation.Translate(op, arguments);
            tree.Nodes.Add(node);
        }
        else if (allowHeavy && tree.Heavy is null && Scope.IsHeavy(node) && scope.IsDeferred(node) && !scope.Views.ContainsKey(node))
        {
            tree.Heavy = node;
            tree.Nodes.Add(node);
            expression = new AccumulatorExpression();
        }
        else
        {
            expression = Leaf(scope, node);
        }

        tree.Expressions[node] = expression;
        return expression;
    }

    private Expression Leaf(Scope scope, Node node) => UniformValue(node) is { } value
        ? new ConstantExpression(value)
        : new LoadExpression(ViewOf(scope, node).OfOneSample(node.Shape));

    private static float? UniformValue(Node node) => node.Op switch
    {
        Constant { Values.Count: 1 } constant => constant.Values[0],
        Broadcast or Reshape or Transpose => UniformValue(node.Inputs[0]),
        _ => null,
    };

    private void MaterialiseHeavy(Scope scope, Node heavy, Expression result, Node last, View target, IReadOnlyList<Node>? computed = null)
    {
        ImmutableArray<Node> nodes = computed?.ToImmutableArray() ?? ImmutableArray.Create(heavy);
        string title = Title(nodes);
        switch (heavy.Op)
        {
            case MatMul:
                LowerMatMul(scope, heavy, result, last, target, title);
                break;
            case FilterGradient:
                LowerProductOfRows(scope, heavy, result, last, target, title);
                break;
            case SparseProduct:
                LowerSparseProduct(scope, heavy, result, last, target, title);
                break;
            case Convolution convolution:
                LowerConvolution(scope, heavy, convolution, result, last, target, title);
                break;
            case Reduce reduce:
                LowerReduce(scope, heavy, reduce, result, target, nodes);
                break;
            case Window window:
                LowerWindow(scope, heavy, window, result, target, nodes);
                break;
        }
    }

    private void LowerReduce(Scope scope, Node node, Reduce op, Expression result, View target, ImmutableArray<Node> nodes)
    {
        Node input = node.Inputs[0];
        var tree = new Tree();
        tree.Expressions[node] = null!;
        Expression element = Build(scope, input, tree, allowHeavy: false);
        int[] kept = Enumerable.Range(0, input.Shape.Rank).Where(a => !op.Axes.Contains(a) && !input.Shape[a].IsBatch).ToArray();
        int[] reduced = op.Axes.Where(a => !input.Shape[a].IsBatch).ToArray();

        // Loads were built with the input's constant axes in order; the kernel wants the kept ones first.
        int[] constantAxes = Enumerable.Range(0, input.Shape.Rank).Where(a => !input.Shape[a].IsBatch).ToArray();
        ImmutableArray<int> order = kept.Concat(reduced).Select(a => Array.IndexOf(constantAxes, a)).ToImmutableArray();
        element = ExpressionRewrite.MapViews(element, v => v.Permute(order));
        Shape reducedShape = Shape.Of(reduced.Select(a => input.Shape[a]));
        bool isAlongRows = reduced.Length == 1 && reduced[0] == input.Shape.Rank - 1 && kept.LastOrDefault() == input.Shape.Rank - 2;
        float? above = isAlongRows && Above(input) is { } value && (op.Kind == Reduction.Max || value == 0) ? value : null;
        EmitNest(Title(tree.Nodes.Concat(nodes)), node.Shape, target, reducedShape, op.Kind, element, result, above);
    }

    /// <summary>The number that stands above the diagonal of each matrix of a value, if that is known.</summary>
    private static float? Above(Node node) =>
        node.Shape.Rank >= 3 && node.Shape.Skip(node.Shape.Rank - 2).All(s => s.IsConstant) ? Triangles.AboveValue(node) : null;

    private void LowerWindow(Scope scope, Node node, Window op, Expression result, View target, ImmutableArray<Node> nodes)
    {
        Node input = node.Inputs[0];
        var tree = new Tree();
        tree.Expressions[node] = null!;
        bool padded = op.PadBefore.Concat(op.PadAfter).Any(p => p != 0);
        if (padded)
        {
            View view = ImageWithin(scope, input, Border.Of(op));
            tree.Expressions[input] = new LoadExpression(view.OfOneSample(input.Shape));
        }

        Expression element = Build(scope, input, tree, allowHeavy: false);

        // From [H, W, C] to [OH, OW, C, KH, KW]: a step of the output moves the window by its stride.
        element = ExpressionRewrite.MapViews(element, v => v with
        {
            Strides = ImmutableArray.Create(v.Strides[0] * op.Stride[0], v.Strides[1] * op.Stride[1], v.Strides[2], v.Strides[0], v.Strides[1]),
        });
        EmitNest(Title(tree.Nodes.Concat(nodes)), node.Shape, target, Shape.Of(op.Size.Select(s => (Size)s)), op.Kind, element, result);
    }

    private void EmitNest(string title, Shape shape, View target, Shape reduceShape, Reduction? reduction, Expression element, Expression? result, float? above = null)
    {
        View place = target.OfOneSample(target.Strides.Length == shape.Rank ? shape : Shape.Of(Extents(shape)));
        Emit(new NestKernel(title, place, Extents(shape), Extents(reduceShape), reduction, element, reduction is null ? element : result!)
        {
            Above = above,
        });
    }
}
