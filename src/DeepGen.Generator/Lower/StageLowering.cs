using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Lower;

/// <summary>
/// A stage of a program with sums over the batch, lowered by itself: the values that come from other stages are its inputs,
/// those that other stages read are its outputs. A sum over samples grows in its place, sample by sample.
/// </summary>
internal sealed partial class GraphLowering
{
    private bool _sumsGrow;

    public static LoweredProgram LowerStage(StageGraph stage, WeightTable weights, IReadOnlyDictionary<string, string> layers)
    {
        var lowering = new GraphLowering(weights, layers) { _sumsGrow = stage.IsSamples };
        var scope = new Scope(stage.Graph);
        foreach (KeyValuePair<Node, View> pair in stage.Views)
        {
            scope.Views.Add(pair.Key, pair.Value);
        }

        foreach (KeyValuePair<Node, WeightValue> pair in stage.Weights)
        {
            scope.Weights.Add(pair.Key, pair.Value);
        }

        foreach (KeyValuePair<Node, Primitive> pair in stage.Matrices)
        {
            scope.Matrices.Add(pair.Key, pair.Value);
        }

        foreach (Node leaf in stage.Graph.Nodes.Where(n => n.Op is Parameter or Constant))
        {
            scope.Weights[leaf] = new WeightValue(leaf, ImmutableArray<LoopVariable>.Empty);
        }

        lowering._guard = stage.IsSamples ? LossGuard.Of(stage.Graph, scope) : null;
        lowering.LowerScope(scope, stage.Outputs);
        if (lowering._guard is { } guard)
        {
            lowering._statements = Conditions.Gather(lowering._statements, lowering.ViewOf(scope, guard.Classes));
        }

        List<Statement> statements = SampleLoops.Wrap(lowering._statements, stage.IsSamples);
        JoinMaps.Run(statements);
        JoinRows.Run(statements);
        RunningSums.Run(statements);
        Bands.Run(statements, lowering._buffers);
        PooledProducts.Run(statements);
        int chunk = MemoryPlan.ChooseChunk(statements, lowering._buffers);
        long length = MemoryPlan.Assign(statements, lowering._buffers, chunk);
        return new LoweredProgram(statements, lowering._buffers, lowering._constants, length, chunk);
    }

    /// <summary>Where the number of samples in the batch stands, as a float: the first of the values.</summary>
    private static View BatchSize() => View.Dense(new Buffer(Memory.Values, 0, 1), Shape.Scalar, paddedRows: false);

    private bool IsGrowing(Node node) => _sumsGrow && BatchSums.IsSum(node);

    private void Accumulate(Scope scope, Node node, View target)
    {
        if (node.Op is FilterGradient filters)
        {
            AccumulateFilters(scope, node, filters, target);
            return;
        }

        if (node.Op is not Reduce { Kind: Reduction.Sum, Axes.Count: 1 } reduce)
        {
            throw new IrException($"{node.Op.Name} {node.Op.Attributes} does not add up samples one by one.");
        }

        // The sum has no axis for the samples; to the kernel of one sample it looks like a part of that sample.
        Node x = node.Inputs[0];
        int axis = reduce.Axes[0];
        View place = target with { Strides = target.Strides.Insert(axis, 0) };
        var before = new LoadExpression(place.OfOneSample(x.Shape));
        var tree = new Tree();
        tree.Expressions[node] = null!;
        Expression value = Build(scope, x, tree, allowHeavy: true);
        Expression sum = new OperationExpression(ScalarOp.Add, ImmutableArray.Create(before, value));
        if (tree.Heavy is { } heavy)
        {
            MaterialiseHeavy(scope, heavy, sum, x, place, tree.Nodes);
        }
        else
        {
            EmitNest("sum of " + Title(tree.Nodes.Count > 0 ? tree.Nodes : [x]), x.Shape, place, Shape.Scalar, null, sum, null);
        }
    }
}
