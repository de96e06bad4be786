using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Lower;

/// <summary>What lies around a value: zeros that stay in its memory, or what is put there before it is computed.</summary>
internal sealed partial class GraphLowering
{
    /// <summary>A buffer of its own, with what its readers want around it.</summary>
    private View NewPlace(Scope scope, Node node)
    {
        Border frame = scope.FrameOf(node);
        View place = NewView(node.Shape, frame);
        if (frame.Value != 0)
        {
            FillAround(node, node.Shape, place, frame.ToPad());
        }

        return place;
    }

    private void Fill(Node node, Shape shape, View target, float value) =>
        EmitNest("fill " + Title(node), shape, target, Shape.Scalar, null, new ConstantExpression(value), null);

    /// <summary>
    /// What is around a value, before that is computed in its place. Where one side is no whole rows, or not known before it comes, memory is filled from the first
    /// corner to the last.
    /// </summary>
    private void FillAround(Node node, Shape shape, View interior, Pad pad)
    {
        List<int> axes = Enumerable.Range(0, shape.Rank).Where(a => pad.Before[a] + pad.After[a] > 0).Reverse().ToList();
        bool areRows = axes.All(a => a < shape.Rank - 1 && shape[a].IsConstant);
        foreach (int axis in axes)
        {
            if (areRows)
            {
                FillSide(axis, pad.Before[axis], -pad.Before[axis]);
                FillSide(axis, pad.After[axis], shape[axis].Value);
            }

            shape = shape.With(axis, shape[axis] + (pad.Before[axis] + pad.After[axis]));
            interior = interior.Slice(axis, -pad.Before[axis], 1);
        }

        if (!areRows)
        {
            Fill(node, shape, interior, pad.Value);
        }

        void FillSide(int axis, int width, int start)
        {
            if (width > 0)
            {
                Fill(node, shape.With(axis, width), interior.Slice(axis, start, 1), pad.Value);
            }
        }
    }

    /// <summary>The image seen from the corner of what it lies in: pixel (0, 0) of the view is the first that a window touches.</summary>
    private View ImageWithin(Scope scope, Node image, Border border)
    {
        if (!scope.IsDeferred(image) && ViewOf(scope, image) is var view && view.Frame.Contains(border))
        {
            return FromCorner(view, border);
        }

        return CopyWithin(scope, image, border);
    }

    /// <summary>The same of a copy made for that: where sides are known, in memory that keeps its zeros, or else in what is filled.</summary>
    private View CopyWithin(Scope scope, Node image, Border border)
    {
        Shape shape = image.Shape;
        bool keepsZeros = border.Value == 0 && !shape.IsOpen;
        Shape outer = shape.With(1, shape[1] + (border.Top + border.Bottom)).With(2, shape[2] + (border.Left + border.Right));
        View interior = keepsZeros ? NewView(shape, border) : NewView(outer, default).Slice(1, border.Top, 1).Slice(2, border.Left, 1);
        if (!keepsZeros)
        {
            FillAround(image, shape, interior, border.ToPad());
        }

        PlacePart(scope, image, interior);
        return FromCorner(interior, border);
    }

    private static View FromCorner(View image, Border border) => image.Slice(1, -border.Top, 1).Slice(2, -border.Left, 1);

    /// <summary>The image seen from the corner of its zero border; copied into a bordered buffer if it has none.</summary>
    private View BorderedImage(Scope scope, Node x, Border border)
    {
        if (x.Shape.IsOpen)
        {
            // Where the image ends is not known before it comes.
            return CopyWithin(scope, x, border);
        }

        View view = ViewOf(scope, x);
        bool manyChannels = x.Shape[3].Value >= View.ShortestPaddedRow;
        bool scattered = manyChannels && view.Strides[3] != 1;
        if (scattered || !view.Frame.Contains(border))
        {
            view = manyChannels ? ChannelsLastCopy(scope, x, view) : BorderedCopy(scope, x, view);
        }

        return FromCorner(view, border);
    }

    /// <summary>Channels side by side, as the sums along the depth walk them.</summary>
    private View ChannelsLastCopy(Scope scope, Node x, View view, bool? paddedRows = null)
    {
        View copy = NewView(x.Shape, scope.BorderOf(x), paddedRows);
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
}
