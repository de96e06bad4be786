using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Passes;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Interpret.Streams;

/// <summary>
/// A graph over a whole sequence, told for one moment of it. Every axis of time of a value plays a role: it is now, and then has
/// one element, or it is all that has come so far. What is asked for so far is remembered where it is now; what is summed over so far has to
/// be nothing in the future. Rules are those of primitives, so that whatever is made of them streams.
/// </summary>
internal sealed class StreamSweep(Size time, GraphBuilder builder, IStreamScope scope)
{
    public const char Now = 'n';
    public const char SoFar = 'p';

    private readonly Dictionary<(Node, string), Node> _done = [];
    private readonly Dictionary<Node, ImmutableArray<Node>> _loops = [];
    private readonly Dictionary<Node, bool> _timeless = [];

    /// <summary>The whole sequence, where all of it has come at once; null where what came before is remembered.</summary>
    public WholeSequence? Whole { get; init; }

    public Size Time => time;

    public GraphBuilder Builder => builder;

    public IStreamScope Scope => scope;

    /// <summary>The value now, in all its axes of time.</summary>
    public Node Of(Node node) => Of(node, new string(Now, Axes(node.Shape).Length));

    /// <param name="roles">A letter for each axis of time, in their order.</param>
    public Node Of(Node node, string roles)
    {
        if (!_done.TryGetValue((node, roles), out Node result))
        {
            result = Compute(node, roles);
            result.Label ??= node.Label;
            _done.Add((node, roles), result);
        }

        return result;
    }

    /// <summary>Whether a value does not depend on what comes, only on when.</summary>
    public bool IsTimeless(Node node)
    {
        if (!_timeless.TryGetValue(node, out bool timeless))
        {
            timeless = node.Op is Input ? scope.IsTimeless(node) : node.Inputs.All(IsTimeless);
            _timeless.Add(node, timeless);
        }

        return timeless;
    }

    public int[] Axes(Shape shape) => Enumerable.Range(0, shape.Rank).Where(a => shape[a] == time).ToArray();

    /// <summary>The shape of a value in those roles.</summary>
    public Shape Told(Shape shape, string roles)
    {
        int[] axes = Axes(shape);
        for (int k = 0; k < axes.Length; k++)
        {
            shape = roles[k] == Now ? shape.With(axes[k], 1) : shape;
        }

        return shape;
    }

    private Node Compute(Node node, string roles)
    {
        if (IsShifted(node) || roles.Count(r => r == Now) > 1)
        {
            throw new NoStreamException(FirstShifted(node));
        }

        if (Whole is not null && !IsTimeless(node) && roles.Length > 0)
        {
            if (roles.All(r => r == SoFar))
            {
                return Whole.Of(node);
            }

            if (node.Op is Input or Item)
            {
                return builder.Add(new RowAt(Axes(node.Shape).Single(), time), Whole.Of(node));
            }
        }

        if (roles == SoFar.ToString() && !IsTimeless(node) && node.Op is not (Broadcast or Reshape))
        {
            return Remembered(node);
        }

        switch (node.Op)
        {
            case Input:
                return scope.Input(node, roles) ?? throw new NoStreamException(node);
            case Parameter or Constant:
                return builder.Add(node.Op);
            case Positions when roles == Now.ToString():
                Node last = builder.Add(new Subtract(), builder.Add(new Extent(time)), builder.Add(Constant.Of(1)));
                return builder.Add(new Reshape(Shape.Of(1)), last);
            case Positions:
                return builder.Add(node.Op);
            case Elementwise:
                return builder.Add(node.Op, node.Inputs.Select(i => Of(i, roles)).ToArray());
            case Broadcast broadcast:
                return builder.Add(new Broadcast(Told(node.Shape, roles), broadcast.Axes), Of(node.Inputs[0], RolesAt(node, roles, node.Inputs[0].Shape, k => broadcast.Axes[k])));
            case Transpose transpose:
                return builder.Add(transpose, Of(node.Inputs[0], RolesAt(node, roles, node.Inputs[0].Shape, k => transpose.Permutation.Items.IndexOf(k))));
            case Reshape:
                return builder.Add(new Reshape(Told(node.Shape, roles)), Of(node.Inputs[0], roles));
            case Reduce reduce:
                return Reduced(node, reduce, roles);
            case Slice slice:
                return Sliced(node, slice, roles);
            case Concat concat when !concatsTime(concat):
                return builder.Add(concat, node.Inputs.Select(i => Of(i, roles)).ToArray());
            case Pad pad when Enumerable.Range(0, node.Shape.Rank).All(a => pad.Before[a] + pad.After[a] == 0 || node.Inputs[0].Shape[a] != time):
                return builder.Add(pad, Of(node.Inputs[0], roles));
            case Gather:
                return builder.Add(node.Op, Of(node.Inputs[0], ""), Of(node.Inputs[1], roles));
            case MatMul:
                return Product(node, roles);
            case Convolution convolution:
                return Convolved(node, convolution, roles);
            case Item item when roles.All(r => r == Now):
                return Loop(node.Inputs[0])[item.Index];
            default:
                return node.Inputs.Length > 0 && roles.Length == 0 && IsUntouched(node)
                    ? builder.Add(node.Op, node.Inputs.Select(i => Of(i, "")).ToArray())
                    : throw new NoStreamException(node);
        }

        bool concatsTime(Concat op) => node.Inputs.Any(i => i.Shape[op.Axis] == time);
    }

    /// <summary>Whether it has more elements than the sequence, or fewer.</summary>
    private bool IsShifted(Node node) => node.Types.Any(t => t.Shape.Any(s => s.Symbol == time.Symbol && s.Offset != 0));

    private Node FirstShifted(Node node) => node.Inputs.FirstOrDefault(i => IsShifted(i) && !IsTimeless(i)) is { } before ? FirstShifted(before) : node;

    /// <summary>Whether time is in none of what a node reads.</summary>
    private bool IsUntouched(Node node) => node.Op is not (Extent or Repeat) && node.Inputs.All(i => i.Types.All(t => Axes(t.Shape).Length == 0));

    /// <summary>The roles of an operand's axes of time, each of which is an axis of the result.</summary>
    private string RolesAt(Node node, string roles, Shape operand, Func<int, int> target)
    {
        int[] axes = Axes(node.Shape);
        return string.Concat(Axes(operand).Select(a => roles[Array.IndexOf(axes, target(a))]));
    }

    private Node Remembered(Node node)
    {
        int axis = Axes(node.Shape).Single();
        Node row = Of(node, Now.ToString());

        Node past = scope.Keep(RoomFor(row.Type, axis, time), 0, FormattableString.Invariant($"{node.Id}"));
        return builder.Add(new Remember(axis, time), past, row);
    }

    /// <summary>Room for a sequence along an axis, in whole vectors, rows a distance apart that does not fill the same places of a cache.</summary>
    public static TensorType RoomFor(TensorType type, int axis, Size time)
    {
        int room = (time.Value + 15) / 16 * 16;
        room += room % 1024 == 0 ? 16 : 0;
        return type with { Shape = type.Shape.With(axis, room) };
    }

    private Node Reduced(Node node, Reduce reduce, string roles)
    {
        Node x = node.Inputs[0];
        int[] axes = Axes(x.Shape);
        int next = 0;
        string own = string.Concat(axes.Select(a => reduce.Axes.Contains(a) ? SoFar : roles[next++]));
        foreach (int axis in axes.Where(a => reduce.Axes.Contains(a)))
        {
            float? later = axes.Length == 2 ? Causality.Later(x, axes.First(a => a != axis), axis, scope) : null;
            bool isNothing = later is { } value && (reduce.Kind == Reduction.Sum ? value == 0 : value <= -1e29f);
            if (!isNothing)
            {
                throw new NoStreamException(node);
            }
        }

        return builder.Add(reduce, Of(x, own));
    }

    /// <summary>Rows of a table, one for each moment, or a part of another axis.</summary>
    private Node Sliced(Node node, Slice slice, string roles)
    {
        Node x = node.Inputs[0];
        if (x.Shape[slice.Axis] == time || node.Shape[slice.Axis] != time)
        {
            return x.Shape[slice.Axis] != time ? builder.Add(slice, Of(x, roles)) : throw new NoStreamException(node);
        }

        if (slice.Start != 0 || slice.Step != 1)
        {
            throw new NoStreamException(node);
        }

        int number = Array.IndexOf(Axes(node.Shape), slice.Axis);
        Node table = Of(x, roles.Remove(number, 1));
        return builder.Add(roles[number] == Now ? new RowAt(slice.Axis, time) : slice, table);
    }

    private Node Product(Node node, string roles)
    {
        var product = (MatMul)node.Op;
        (Node a, Node b) = (node.Inputs[0], node.Inputs[1]);
        (int row, int column) = (node.Shape.Rank - 2, node.Shape.Rank - 1);
        string Role(int axis) => node.Shape[axis] == time ? roles[Array.IndexOf(Axes(node.Shape), axis)].ToString() : "";
        string lead = string.Concat(Axes(node.Shape).Where(axis => axis < row).Select(axis => Role(axis)));

        string depth = "";
        if (a.Shape[a.Shape.Rank - 1] == time)
        {
            depth = SoFar.ToString();
            if (a.Shape[row] != time || (product.Triangle != Triangle.Left && Causality.Later(a, row, a.Shape.Rank - 1, scope) is not 0))
            {
                throw new NoStreamException(node);
            }
        }

        // What has come so far lies on this side of the diagonal.
        MatMul told = product with { Triangle = roles.Length + depth.Length > 1 ? Triangle.None : product.Triangle };
        return builder.Add(told, Of(a, lead + Role(row) + depth), Of(b, (b.Shape.Rank == 2 ? "" : lead) + depth + Role(column)));
    }

    /// <summary>A causal convolution sees so many rows before the one of now, which are zeros at the beginning.</summary>
    private Node Convolved(Node node, Convolution op, string roles)
    {
        (Node x, Node w) = (node.Inputs[0], node.Inputs[1]);
        int[] axes = Axes(x.Shape);
        if (axes.Length != 1 || roles != Now.ToString() || axes[0] is not (1 or 2))
        {
            throw new NoStreamException(node);
        }

        int side = axes[0] - 1;
        int reach = op.Dilation[side] * (w.Shape[side].Value - 1);
        if (op.PadBefore[side] != reach || op.PadAfter[side] != 0 || op.Stride[side] != 1 || op.Tile != 0)
        {
            throw new NoStreamException(node);
        }

        Node window = Of(x, roles);
        if (reach > 0)
        {
            Node before = scope.Keep(window.Type with { Shape = window.Shape.With(axes[0], reach) }, 0, "");
            window = builder.Add(new Concat(axes[0]), before, window);
            scope.Update(before, builder.Add(new Slice(axes[0], 1, reach, 1), window));
        }

        return builder.Add(op with { PadBefore = op.PadBefore.Items.SetItem(side, 0).ToEquatable() }, window, Of(w, ""));
    }

    private ImmutableArray<Node> Loop(Node node)
    {
        if (!_loops.TryGetValue(node, out ImmutableArray<Node> results))
        {
            var repeat = (Repeat)node.Op;
            results = repeat.Count == time ? new OneTurn(this, node, repeat).Run() : new StreamLoop(this, node, repeat).Run();
            _loops.Add(node, results);
        }

        return results;
    }
}
