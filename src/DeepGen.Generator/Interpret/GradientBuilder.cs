using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Interpret;

/// <summary>What gradient rules are written with: arithmetic on nodes, and moves that vanish where they move nothing.</summary>
internal sealed class GradientBuilder(GraphBuilder graph)
{
    public Node Add(Primitive op, params Node[] inputs) => graph.Add(op, inputs);

    /// <summary>One number everywhere.</summary>
    public Node Filled(double value, Shape shape)
    {
        Node number = Add(Constant.Of((float)value));
        return shape.Rank == 0 ? number : Add(new Broadcast(shape, EquatableArray<int>.Empty), number);
    }

    public Node Filled(double value, Node like) => Filled(value, like.Shape);

    public Node Zero(Node like) => Filled(0, like);

    /// <summary>The number a value is everywhere, or null.</summary>
    public static float? Number(Node x) => (x.Op is Broadcast ? x.Inputs[0] : x).Op is Constant { Values.Count: 1 } number ? number.Values[0] : null;

    public Node Plus(Node a, Node b) => Add(new Add(), a, b);

    /// <summary>A sum of two contributions of which either may be missing.</summary>
    public Node? Total(Node? a, Node? b) => a is null ? b : b is null ? a : Plus(a, b);

    public Node Minus(Node a, Node b) => Add(new Subtract(), a, b);

    public Node Times(Node a, Node b) => Number(b) switch
    {
        1 => a,
        -1 => Negate(a),
        _ => Add(new Multiply(), a, b),
    };

    public Node Times(Node a, double number) => Times(a, Filled(number, a));

    public Node Over(Node a, Node b) => Add(new Divide(), a, b);

    public Node Negate(Node a) => Add(new Negate(), a);

    /// <summary>1 where a is less than b, else 0; so are the next two.</summary>
    public Node Less(Node a, Node b) => Add(new Compare(Comparison.Less), a, b);

    public Node LessOrEqual(Node a, Node b) => Add(new Compare(Comparison.LessOrEqual), a, b);

    public Node Equal(Node a, Node b) => Add(new Compare(Comparison.Equal), a, b);

    public Node Select(Node condition, Node a, Node b) => Add(new Select(), condition, a, b);

    /// <summary>
    /// The sum over some axes. Those within a sample go first, so that what is summed over the batch is as small as can be, in
    /// a node of its own: there every other sum belongs to one sample. A factor that is the same in all that is added up
    /// multiplies the sum instead, which often exists already: Σ(dy · a) = a · Σdy.
    /// </summary>
    public Node SumOver(Node x, IEnumerable<int> axes)
    {
        int[] all = axes.OrderBy(a => a).ToArray();
        if (all.Length > 0 && x.Op is Negate)
        {
            return Negate(SumOver(x.Inputs[0], all));
        }

        for (int i = 0; all.Length > 0 && x.Op is Multiply && i < 2; i++)
        {
            if (x.Inputs[i].Op is Broadcast factor && !factor.Axes.Intersect(all).Any())
            {
                Node sum = SumOver(x.Inputs[1 - i], all);
                return Times(sum, Spread(x.Inputs[i].Inputs[0], sum.Shape, factor.Axes.Select(a => a - all.Count(w => w < a))));
            }
        }

        int[] within = all.Where(a => !x.Shape[a].IsBatch).ToArray();
        int[] across = all.Except(within).Select(a => a - within.Count(w => w < a)).ToArray();
        return Sum(Sum(x, within), across);
    }

    /// <summary>The value repeated along the axes of the target that are not listed.</summary>
    public Node Spread(Node x, Shape target, IEnumerable<int> axes) =>
        x.Shape.Equals(target) ? x : Add(new Broadcast(target, axes.ToEquatable()), x);

    /// <summary>The axes of a shape but for some.</summary>
    public static IEnumerable<int> Except(Shape shape, IEnumerable<int> axes) => Enumerable.Range(0, shape.Rank).Except(axes);

    public Node Reshape(Node x, Shape target) => x.Shape.Equals(target) ? x : Add(new Reshape(target), x);

    public Node Transpose(Node x, params int[] permutation) =>
        permutation.SequenceEqual(Enumerable.Range(0, permutation.Length)) ? x : Add(new Transpose(permutation.ToEquatable()), x);

    /// <summary>The matrices of a value, which lie along its last two axes, transposed.</summary>
    public Node TransposeMatrices(Node x)
    {
        int last = x.Shape.Rank - 1;
        return Transpose(x, [.. Enumerable.Range(0, last - 1), last, last - 1]);
    }

    public Node Slice(Node x, int axis, int start, Size length, int step = 1) =>
        start == 0 && x.Shape[axis] == length ? x : Add(new Slice(axis, start, length, step), x);

    public Node Reverse(Node x, int axis) => x.Shape[axis] == 1 ? x : Add(new Reverse(axis), x);

    /// <summary>A number put around a value along one axis.</summary>
    public Node Pad(Node x, int axis, int before, int after, float value = 0)
    {
        EquatableArray<int> Widths(int width) => Enumerable.Range(0, x.Shape.Rank).Select(a => a == axis ? width : 0).ToEquatable();
        return before == 0 && after == 0 ? x : Add(new Pad(Widths(before), Widths(after), value), x);
    }

    private Node Sum(Node x, int[] axes) => axes.Length == 0 ? x : Add(new Reduce(Reduction.Sum, axes.ToEquatable()), x);
}
