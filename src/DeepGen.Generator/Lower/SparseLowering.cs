using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Lower;

/// <summary>Products with a sparse matrix of the caller's: a row of the result from the rows that its entries name, and an epilogue.</summary>
internal sealed partial class GraphLowering
{
    private void LowerSparseProduct(Scope scope, Node node, Expression result, Node last, View target, string title)
    {
        var op = (SparseProduct)node.Op;
        int columns = node.Shape[node.Shape.Rank - 1].Value;
        View place = Rows(target, node.Shape);
        Expression epilogue = ExpressionRewrite.MapViews(result, v => InColumns(v, columns));
        if ((place.Strides.Last() != 1 && columns > 1) || !epilogue.Loads().All(l => FitsEpilogue(l.View, columns)))
        {
            View raw = NewView(node.Shape, default);
            LowerSparseProduct(scope, node, new AccumulatorExpression(), node, raw, title);
            var load = new LoadExpression(raw.OfOneSample(node.Shape));
            EmitNest(title, last.Shape, target, Shape.Scalar, null, ReplaceAccumulator(result, load), null);
            return;
        }

        View source = Rows(ViewOf(scope, node.Inputs[1]), node.Inputs[1].Shape);
        if (source.Strides.Last() != 1 && columns > 1)
        {
            throw new IrException($"The rows of {node.Inputs[1]} do not lie in one piece.");
        }

        (Primitive matrix, Dropping? dropping) = MatrixOf(scope, node.Inputs[0]);
        Emit(new SparseKernel(
            title,
            place,
            node.Shape[0].IsBatch && node.Shape.Rank == 2 ? Level.Chunk : Level.Sample,
            node.Shape[node.Shape.Rank - 2],
            columns,
            new SparseOperand(matrix, op.Form, op.IsTransposed, dropping) { IsOfSample = node.Inputs[0].Shape.Rank == 3 },
            source,
            BatchSums.Mixes(node),
            epilogue));
    }

    private static View Rows(View view, Shape shape) => view.OfOneSample(shape);

    private (Primitive Matrix, Dropping? Dropping) MatrixOf(Scope scope, Node matrix) => matrix.Op is SparseDropout dropout
        ? (MatrixOf(scope, matrix.Inputs[0]).Matrix, new Dropping(ViewOf(scope, matrix.Inputs[1]), dropout.Rate))
        : (scope.Matrices.TryGetValue(matrix, out Primitive known) ? known : matrix.Op, null);
}
