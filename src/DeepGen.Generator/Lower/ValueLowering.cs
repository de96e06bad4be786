using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Passes;
using DeepGen.Generator.Support;

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

        // A view that has to be laid out is there for everybody who reads it.
        view = As(Occasion.Always, () => NewViewOf(scope, node));
        scope.Views[node] = view;
        return view;
    }

    private View NewViewOf(Scope scope, Node node) =>
        scope.Weights.TryGetValue(node, out WeightValue weight) ? _weights!.Plain(weight) : node.Op switch
        {
            Constant constant => ConstantView(constant),
            Extent { Of.IsBatch: true } => BatchSize(),
            Positions positions => PositionsView(positions),
            Transpose transpose => ViewOf(scope, node.Inputs[0]).Permute(transpose.Permutation.Items),
            Broadcast broadcast => ViewOf(scope, node.Inputs[0]).Broadcast(node.Shape.Rank, broadcast.Axes),
            Slice slice => ViewOf(scope, node.Inputs[0]).Slice(slice.Axis, slice.Start, slice.Step),
            RowAt row => ViewOf(scope, node.Inputs[0]).RowAt(row.Axis, row.Time),
            Reverse reverse => ViewOf(scope, node.Inputs[0]).Reverse(reverse.Axis, node.Shape[reverse.Axis]),
            Reshape => ReshapedView(scope, node),
            Item item => LowerRepeat(scope, node.Inputs[0])[item.Index],
            _ => Materialise(scope, node, null),
        };

    /// <summary>
    /// A place for a value that is rearranged before anybody reads it, and in a way that no strides could say: it is born where the
    /// rearranged one lies. Null where there is no such need.
    /// </summary>
    private View? Rearranged(Scope scope, Node node)
    {
        var moves = new List<Node>();
        Node last = node;
        while (scope.OnlyUser(last) is { Op: Reshape or Transpose } user)
        {
            moves.Add(user);
            last = user;
        }

        if (moves.Count < 2 || !node.Shape.Skip(1).All(s => s.IsConstant))
        {
            return null;
        }

        View? plain = View.Dense(new Buffer(Memory.Workspace, 0, 0), node.Shape, View.PadsRows(node.Shape));
        foreach (Node move in moves)
        {
            plain = move.Op is Transpose transpose ? plain?.Permute(transpose.Permutation.Items) : plain?.Reshape(move.Inputs[0].Shape, move.Shape);
        }

        if (plain is not null)
        {
            return null;
        }

        // Looked at before there is a buffer, so that none is left over.
        View dense = View.Dense(new Buffer(Memory.Workspace, 0, 0), last.Shape, View.PadsRows(last.Shape));
        if (Back(dense) is not { } trial || trial.Strides[trial.Strides.Length - 1] != 1)
        {
            return null;
        }

        return Back(NewView(last.Shape, default));

        View? Back(View view)
        {
            View? place = view;
            foreach (Node move in Enumerable.Reverse(moves))
            {
                place = move.Op is Transpose transpose
                    ? place?.Permute(Permutation.Inverse(transpose.Permutation).Items)
                    : place?.Reshape(move.Shape, move.Inputs[0].Shape);
            }

            return place;
        }
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

    private View PositionsView(Positions positions)
    {
        var numbers = new Constant(Shape.Of(positions.Along.Value), Enumerable.Range(0, positions.Along.Value).Select(i => (float)i).ToEquatable());
        return _weights is null
            ? ConstantView(numbers)
            : _weights.Plain(new WeightValue(new GraphBuilder().Add(numbers), ImmutableArray<LoopVariable>.Empty));
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
            Borders = border.IsEmpty || border.Value != 0 ? null : $"{shape} {border} {padded} {copies}",
        };
        _buffers.Add(buffer);
        return buffer;
    }
}
