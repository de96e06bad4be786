using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Lower;

/// <summary>
/// Products with the gradient of a maximum over windows, of which each window has at most one value that is not zero: such
/// values are listed once for each image, and only they are multiplied. Vectors run along a patch of the image, not along the
/// outputs.
/// </summary>
internal sealed partial class GraphLowering
{
    private readonly Dictionary<(Node, bool, string), View> _liveLists = [];

    private void AccumulateLiveFilters(Scope scope, Node node, FilterGradient op, View target)
    {
        Node x = node.Inputs[0];
        View image = BorderedImage(scope, x, Border.Of(op));
        if (image.Strides[3] != 1 || image.Strides[2] != Lanes.RoundUp(x.Shape[3].Value) || !image.Buffer.MayOverread)
        {
            ChannelsLastCopy(scope, x, ViewOf(scope, x), paddedRows: true);
            image = BorderedImage(scope, x, Border.Of(op));
        }

        var patch = new Patch(op.KernelHeight, op.KernelWidth * (int)image.Strides[2] / Lanes.Count, image.Strides[1]);
        Node winners = node.Inputs[1];
        var place = (PlaceWinners)winners.Op;
        (int row, int column) = ((int)image.Strides[1] * op.Stride[0], (int)image.Strides[2] * op.Stride[1]);
        View list = LiveList(scope, winners, byChannel: true, ImmutableArray.Create(place.Stride[0] * row, place.Stride[1] * column, row, column));
        Emit(new LiveFilterKernel("gradient of " + Title(node), target, image, list, WindowsOf(winners), patch));
    }

    private void LowerLiveConvolution(Scope scope, Node node, Convolution op, WeightValue weight, Expression result, Node last, View target, string title)
    {
        Node winners = node.Inputs[0];
        Node w = node.Inputs[1];
        (int height, int width) = (w.Shape[0].Value, w.Shape[1].Value);
        View weights = _weights!.Patches(weight);
        Shape framed = node.Shape.With(1, winners.Shape[1].Value + height - 1).With(2, winners.Shape[2].Value + width - 1);
        View whole = NewView(framed, default, paddedRows: true);
        var patch = new Patch(height, width * (int)whole.Strides[2] / Lanes.Count, whole.Strides[1]);
        View list = LiveList(scope, winners, byChannel: false, ImmutableArray.Create((int)patch.Length));
        Emit(new LiveImageKernel(title, whole.OfOneSample(framed), weights, list, WindowsOf(winners), patch));
        View interior = whole.Slice(1, height - 1 - op.PadBefore[0], 1).Slice(2, width - 1 - op.PadBefore[1], 1) with { PaddedRows = true };
        EmitNest(title, last.Shape, target, Shape.Scalar, null, ReplaceAccumulator(result, new LoadExpression(interior.OfOneSample(node.Shape))), null);
    }

    private View LiveList(Scope scope, Node winners, bool byChannel, ImmutableArray<int> steps)
    {
        var key = (winners, byChannel, string.Join(",", steps));
        if (!_liveLists.TryGetValue(key, out View list))
        {
            LiveWindows windows = WindowsOf(winners);
            Shape shape = Shape.Of(Size.Batch, checked((int)windows.ListLength(byChannel)));
            list = NewView(shape, default, paddedRows: false).OfOneSample(shape);
            string kind = byChannel ? "channel" : "pixel";
            Emit(new LiveListKernel(
                $"what is not zero, by {kind}: {Title(winners)}", list, InRows(scope, winners.Inputs[0]), InRows(scope, winners.Inputs[1]), windows, steps, byChannel));
            _liveLists.Add(key, list);
        }

        return list;
    }

    /// <summary>The view of one sample with its channels side by side.</summary>
    private View InRows(Scope scope, Node node)
    {
        View view = ViewOf(scope, node);
        if (view.Strides[3] != 1 && node.Shape[3] != 1)
        {
            View copy = NewView(node.Shape, default);
            EmitNest("rows of " + Title(node), node.Shape, copy, Shape.Scalar, null, new LoadExpression(view.OfOneSample(node.Shape)), null);
            view = copy;
        }

        return view.OfOneSample(node.Shape);
    }

    private static LiveWindows WindowsOf(Node winners)
    {
        var op = (PlaceWinners)winners.Op;
        Shape d = winners.Inputs[0].Shape;
        return new LiveWindows(d[1].Value, d[2].Value, d[3].Value, op.Size[0], op.Size[1], op.Stride[0], op.Stride[1]);
    }
}
