using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Passes;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Tests.Passes;

/// <summary>Graphs written by hand, in few words. Images are (B, C, H, W), as layers expand to them.</summary>
internal sealed class Sketch
{
    private static readonly int[] _toLast = [0, 2, 3, 1];
    private static readonly int[] _toFirst = [0, 3, 1, 2];

    private readonly GraphBuilder _builder = new();
    private int _inputs;

    public Node Input(params Size[] sizes) => Input(TensorType.Float(sizes));

    public Node Indices(params Size[] sizes) => Input(new TensorType(ElementType.Int32, Shape.Of(sizes)));

    private Node Input(TensorType type) => Add(new Input(_inputs, $"x{_inputs++}", type));

    public Node Image(params Size[] sizes) => Input([Size.Batch, .. sizes]);

    public Node Parameter(string path, params Size[] sizes) => Add(new Generator.Ops.Parameter(path, Shape.Of(sizes)));

    public Node Add(Primitive op, params Node[] inputs) => _builder.Add(op, inputs);

    public Node Number(float value, Shape shape) =>
        shape.Rank == 0 ? Add(Constant.Of(value)) : Broadcast(Add(Constant.Of(value)), shape);

    public Node Numbers(params float[] values) => Add(new Constant(Shape.Of(values.Length), values.ToEquatable()));

    public Node Broadcast(Node x, Shape target, params int[] axes) => Add(new Broadcast(target, axes.ToEquatable()), x);

    public Node Transpose(Node x, params int[] permutation) => Add(new Transpose(permutation.ToEquatable()), x);

    public Node Reshape(Node x, params Size[] sizes) => Add(new Reshape(Shape.Of(sizes)), x);

    public Node Relu(Node x) => Add(new Maximum(), x, Number(0, x.Shape));

    public Node ToLast(Node x) => Transpose(x, _toLast);

    public Node ToFirst(Node x) => Transpose(x, _toFirst);

    public Node Convolution(Node x, Node weight, Node? bias, int padding, int tile = 0)
    {
        var op = new Convolution(EquatableArray.Of(1, 1), EquatableArray.Of(padding, padding), EquatableArray.Of(padding, padding), EquatableArray.Of(1, 1), 1, tile);
        Node y = ToFirst(Add(op, ToLast(x), Transpose(weight, 2, 3, 1, 0)));
        return bias is null ? y : Add(new Add(), y, Broadcast(bias, y.Shape, 1));
    }

    public Node MaxPool(Node x, int size)
    {
        EquatableArray<int> sizes = EquatableArray.Of(size, size);
        return ToFirst(Add(new Window(Reduction.Max, sizes, sizes, EquatableArray.Of(0, 0), EquatableArray.Of(0, 0)), ToLast(x)));
    }

    public Node Flatten(Node x) => Reshape(x, x.Shape[0], (int)Shape.Of(x.Shape.Skip(1)).ConstantLength);

    public Node Dense(Node x, string path, int units)
    {
        Node weight = Parameter(path + ".weight", units, x.Shape[x.Shape.Rank - 1]);
        Node y = Add(new MatMul(), x, Transpose(weight, 1, 0));
        return Add(new Add(), y, Broadcast(Parameter(path + ".bias", units), y.Shape, y.Shape.Rank - 1));
    }

    /// <summary>weight·(x - mean) / √(variance + ε) + bias, each a vector over the channels.</summary>
    public Node BatchNorm(Node x, Node weight, Node bias, Node mean, Node variance)
    {
        Node deviation = Add(new Sqrt(), Add(new Add(), variance, Number(1e-5f, variance.Shape)));
        Node centred = Add(new Subtract(), x, Broadcast(mean, x.Shape, 1));
        Node scaled = Add(new Multiply(), centred, Broadcast(Add(new Divide(), weight, deviation), x.Shape, 1));
        return Add(new Add(), scaled, Broadcast(bias, x.Shape, 1));
    }

    public Node GlobalAverage(Node x)
    {
        Node sum = Add(new Reduce(Reduction.Sum, EquatableArray.Of(2, 3)), x);
        return Add(new Multiply(), sum, Number(1f / (x.Shape[2].Value * x.Shape[3].Value), sum.Shape));
    }

    public Node[] Repeat(int count, Node[] carried, Node[] sliced, Node[] shared, Func<Sketch, Node[], Node[]> body)
    {
        var inner = new Sketch();
        IEnumerable<TensorType> types = carried.Select(c => c.Type)
            .Concat(sliced.Select(s => s.Type with { Shape = Shape.Of(s.Shape.Skip(1)) }))
            .Concat(shared.Select(s => s.Type));
        Node[] results = body(inner, types.Select(inner.Input).ToArray());
        var op = new Repeat(inner.Graph(results), count, carried.Length, sliced.Length, results.Length - carried.Length);
        Node loop = Add(op, [.. carried, .. sliced, .. shared]);
        return results.Select((_, k) => Add(new Item(k), loop)).ToArray();
    }

    public Graph Graph(params Node[] outputs) => _builder.Build(outputs.Select((n, k) => new GraphOutput("y" + k, n)));
}
