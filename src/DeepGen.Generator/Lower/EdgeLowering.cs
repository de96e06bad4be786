using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Lower;

/// <summary>Sums over the edges of a graph whose weights are computed on the way.</summary>
internal sealed partial class GraphLowering
{
    private void LowerEdges(Scope scope, Node node, View target)
    {
        int columns = node.Shape[node.Shape.Rank - 1].Value;
        View row = Rows(target, node.Shape);
        View place = row.Strides.Last() == 1 || columns == 1 ? row : Rows(NewView(node.Shape, default), node.Shape);
        (Primitive matrix, Dropping? dropping) = MatrixOf(scope, node.Inputs[0]);
        var operand = new SparseOperand(matrix, EntryForm.Plain, node.Op is EdgeSum { IsTransposed: true }, dropping) { IsOfSample = node.Inputs[0].Shape.Rank == 3 };
        Emit(new EdgeKernel(Title(node), place, node.Shape[node.Shape.Rank - 2], columns, node.Op, operand, node.Inputs.Skip(1).Select(x => InOnePiece(scope, x)).ToList()));
        if (place != row)
        {
            EmitNest(Title(node), node.Shape, target, Shape.Scalar, null, new LoadExpression(place), null);
        }
    }

    /// <summary>A row for each node whose columns lie side by side.</summary>
    private View InOnePiece(Scope scope, Node x)
    {
        View row = Rows(ViewOf(scope, x), x.Shape);
        if (row.Strides.Last() == 1 || x.Shape[x.Shape.Rank - 1] == 1)
        {
            return row;
        }

        View copy = NewView(x.Shape, default);
        Copy(scope, x, copy);
        return Rows(copy, x.Shape);
    }
}
