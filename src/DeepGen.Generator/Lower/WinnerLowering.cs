using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Lower;

/// <summary>Winners in their places: every element of a window is the window's value if the element's number is the winner's, else 0.</summary>
internal sealed partial class GraphLowering
{
    private void LowerPlaceWinners(Scope scope, Node node, PlaceWinners op, View target)
    {
        Shape windows = node.Inputs[0].Shape;
        bool covers = Enumerable.Range(0, 2).All(side => op.Stride[side] == op.Size[side] && windows[side + 1].Value * op.Size[side] == node.Shape[side + 1].Value);
        if (!covers)
        {
            Fill(node, node.Shape, target, 0);
        }

        // Axes: a window's row, a row in the window, a window's column, a column in the window, channels.
        View d = ViewOf(scope, node.Inputs[0]).OfOneSample(windows);
        View tap = ViewOf(scope, node.Inputs[1]).OfOneSample(windows);
        View image = target.OfOneSample(node.Shape);
        View numbers = ConstantView(new Constant(Shape.OfConstants(op.Size), Enumerable.Range(0, op.Taps).Select(t => (float)t).ToEquatable()));
        var isWinner = new OperationExpression(
            ScalarOp.Equal, ImmutableArray.Create<Expression>(InWindow(tap, 0, 0), InWindow(numbers, numbers.Strides[0], numbers.Strides[1])));
        var value = new OperationExpression(
            ScalarOp.Select, ImmutableArray.Create<Expression>(isWinner, InWindow(d, 0, 0), new ConstantExpression(0)));
        View place = image with
        {
            Strides = ImmutableArray.Create(
                image.Strides[0] * op.Stride[0], image.Strides[0], image.Strides[1] * op.Stride[1], image.Strides[1], image.Strides[2]),
        };
        Shape split = Shape.Of(windows[1], op.Size[0], windows[2], op.Size[1], windows[3]);
        EmitNest(Title(node), split, place, Shape.Scalar, null, value, null);

        // The same for all elements of a window, or for all windows.
        LoadExpression InWindow(View view, long row, long column)
        {
            (long down, long across, long channel) = view == numbers ? (0, 0, 0) : (view.Strides[0], view.Strides[1], view.Strides[2]);
            return new LoadExpression(view with { Strides = ImmutableArray.Create(down, row, across, column, channel) });
        }
    }
}
