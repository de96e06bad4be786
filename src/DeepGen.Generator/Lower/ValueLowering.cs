using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Lower;

/// <summary>Where values lie: views of other values where strides can say it, else buffers of their own.</summary>
internal sealed partial class GraphLowering
{
    /// <summary>Where the node's elements lie; computes it first if nobody has yet.</summary>
    private View ViewOf(Scope scope, Node node)
    {
        if (scope.Views.TryGetValue(node, out View view))
        {
            return view;
        }

        view = scope.Weights.TryGetValue(node, out WeightValue weight) ? _weights!.Plain(weight) : node.Op switch
        {
            Constant constant => ConstantView(constant),
            Extent { Of.IsBatch: true } => BatchSize(),
            Transpose transpose => ViewOf(scope, node.Inputs[0]).Permute(transpose.Permutation.Items),
            Broadcast broadcast => ViewOf(scope, node.Inputs[0]).Broadcast(node.Shape.Rank, broadcast.Axes),
            Slice slice => ViewOf(scope, node.Inputs[0]).Slice(slice.Axis, slice.Start, slice.Step),
            Reverse reverse => ViewOf(scope, node.Inputs[0]).Reverse(reverse.Axis, node.Shape[reverse.Axis]),
            Reshape => ReshapedView(scope, node),
            Item item => LowerRepeat(scope, node.Inputs[0])[item.Index],
            _ => Materialise(scope, node, null),
        };
        scope.Views[node] = view;
        return view;
    }

    private View ReshapedView(Scope scope, Node node)
    {
        Node source = node.Inputs[0];
        View view = ViewOf(scope, source);
        if (view.Reshape(source.Shape, node.Shape) is { } reshaped)
        {
            return reshaped;
        }

        // No strides say it: lay the elements out without gaps first.
        View dense = NewView(source.Shape, default, paddedRows: false);
        EmitNest(Title(node), source.Shape, dense, Shape.Scalar, null, new LoadExpression(view.OfOneSample(source.Shape)), null);
        return dense.Reshape(source.Shape, node.Shape) ?? throw new IrException($"{node} cannot be reshaped.");
    }

    private View ConstantView(Constant constant)
    {
        Shape shape = constant.ConstantShape;
        bool uniform = constant.Values.Count == 1;
        var buffer = new Buffer(Memory.Constant, _constants.Count, constant.Values.Count);
        _constants.Add(constant.Values);
        View view = View.Dense(buffer, shape, paddedRows: false);
        return uniform ? view with { Strides = shape.Select(_ => 0L).ToImmutableArray() } : view;
    }

    private View NewView(Shape shape, Border border, bool? paddedRows = null) =>
        View.Framed(shape, border, paddedRows ?? View.PadsRows(shape), (outer, padded) => NewBuffer(outer, padded, border));

    private Buffer NewBuffer(Shape shape, bool padded, Border border, int copies = 1)
    {
        var buffer = new Buffer(Memory.Workspace, 0, View.Length(shape, padded) * copies)
        {
            HasSamples = shape.HasBatch,
            Borders = border.IsEmpty ? null : $"{shape} {border} {padded} {copies}",
        };
        _buffers.Add(buffer);
        return buffer;
    }
}
