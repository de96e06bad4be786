using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Layers;

/// <summary>A value while a formula is being written: <c>x * a + b</c> adds the nodes for it to the graph.</summary>
internal sealed class Term(GraphBuilder graph, Node node)
{
    public Node Node { get; } = node;

    public GraphBuilder Graph { get; } = graph;

    public Shape Shape => Node.Shape;

    /// <summary>The shape without the batch: what users count axes in.</summary>
    public Shape Sample { get; } = Shape.Of(node.Shape.Sizes.Where(s => s != Size.Batch));

    public long SampleLength => Sample.ConstantLength;

    public static Term operator +(Term x, Term y) => x.Apply(new Add(), y);

    public static Term operator -(Term x, Term y) => x.Apply(new Subtract(), y);

    public static Term operator *(Term x, Term y) => x.Apply(new Multiply(), y);

    public static Term operator /(Term x, Term y) => x.Apply(new Divide(), y);

    public static Term operator +(Term x, float y) => x + x.Filled(y);

    public static Term operator *(Term x, float y) => x * x.Filled(y);

    public static Term Constant(GraphBuilder graph, float value) => new(graph, graph.Add(Ops.Constant.Of(value)));

    /// <summary>A tensor of this one's shape that holds one number everywhere.</summary>
    public Term Filled(float value) => Constant(Graph, value).Over(Shape);

    public Term Apply(Primitive op, params Term[] others)
    {
        var inputs = new Node[others.Length + 1];
        inputs[0] = Node;
        for (int i = 0; i < others.Length; i++)
        {
            inputs[i + 1] = others[i].Node;
        }

        return new(Graph, Graph.Add(op, inputs));
    }

    /// <summary>Repeats the value along new axes: own axis i becomes axis axes[i] of the target.</summary>
    public Term Over(Shape target, params int[] axes)
    {
        if (Shape.Equals(target))
        {
            return this;
        }

        // One broadcast of the origin says more than a chain of them: a constant stays visibly constant.
        return Node.Op is Broadcast inner
            ? new Term(Graph, Node.Inputs[0]).Over(target, inner.Axes.Select(a => axes[a]).ToArray())
            : Apply(new Broadcast(target, new(axes)));
    }

    public Term Reshape(Shape target) => Shape.Equals(target) ? this : Apply(new Reshape(target));

    public Term Transpose(params int[] permutation) =>
        permutation.SequenceEqual(Enumerable.Range(0, permutation.Length)) ? this : Apply(new Transpose(new(permutation)));

    /// <summary>The size of an axis as a number, for those that are not known yet.</summary>
    public Term Extent(int axis) => new(Graph, Graph.Add(new Extent(Shape[axis])));

    public Term Maximum(Term other) => Apply(new Maximum(), other);

    public Term Minimum(Term other) => Apply(new Minimum(), other);

    public Term Sqrt() => Apply(new Sqrt());

    public Term Exp() => Apply(new Exp());

    public Term Log() => Apply(new Log());

    public Term Sum(params int[] axes) => Fold(Reduction.Sum, axes);

    public Term Max(params int[] axes) => Fold(Reduction.Max, axes);

    public Term Mean(params int[] axes)
    {
        int[] open = axes.Where(a => Shape[a].IsOpen).ToArray();
        Term sum = Sum(axes) * (float)(1.0 / axes.Except(open).Aggregate(1.0, (n, a) => n * Shape[a].Value));
        return open.Aggregate(sum, (mean, axis) => mean / Extent(axis).Over(mean.Shape));
    }

    private Term Fold(Reduction kind, int[] axes) => axes.Length == 0 ? this : Apply(new Reduce(kind, new(axes)));
}
