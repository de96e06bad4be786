using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Tests.Passes;

/// <summary>
/// Graphs of every primitive drawn from a seed, with many transposes and reshapes between, and loops of loops. Functions are
/// kept inside their domains, so that outputs can be compared.
/// </summary>
internal sealed class RandomGraphs
{
    /// <summary>The rows of every table that is gathered from.</summary>
    public const int Rows = 3;

    private readonly Random _random;
    private readonly Sketch _sketch;
    private readonly List<Node> _pool = [];
    private readonly int _depth;
    private int _parameters;

    private readonly bool _sumsBatch;

    private RandomGraphs(Random random, int depth, Sketch sketch, bool sumsBatch) =>
        (_random, _depth, _sketch, _sumsBatch) = (random, depth, sketch, sumsBatch);

    /// <param name="seed">Equal seeds draw equal graphs.</param>
    /// <param name="sumsBatch">Whether what belongs to the batch as a whole may occur, which only training has.</param>
    public static Graph Draw(int seed, bool sumsBatch = true)
    {
        var graph = new RandomGraphs(new Random(seed), 0, new Sketch(), sumsBatch);
        graph._pool.Add(graph._sketch.Image(2, 3, 4));
        graph._pool.Add(graph._sketch.Image(4, 4, 2));
        graph._pool.Add(graph._sketch.Image(3));
        graph.Grow(12 + graph._random.Next(20));
        return graph._sketch.Graph(graph.SomeLate(1 + graph._random.Next(3)));
    }

    private void Grow(int steps)
    {
        for (int i = 0; i < steps; i++)
        {
            try
            {
                _pool.Add(Step(Late()));
            }
            catch (IrException)
            {
                // The operation does not fit the shape drawn; the next one may.
            }
        }
    }

    private Node Step(Node x) => _random.Next(27) switch
    {
        < 4 => _sketch.Transpose(x, Shuffled(x.Shape.Rank)),
        < 6 => Reshape(x),
        < 8 => Unary(x),
        < 11 => Binary(x, Partner(x)),
        11 => _sketch.Add(new Select(), _sketch.Add(new Compare(Comparison.Less), x, Partner(x)), x, Partner(x)),
        12 when x.Shape.Rank > 2 && x.Shape.Skip(x.Shape.Rank - 2).All(s => s.IsConstant) && _random.Next(2) == 0 => Triangle(x),
        12 => Broadcast(x),
        13 => Reduce(x),
        14 => Slice(x),
        15 => Pad(x),
        16 => Concat(x),
        17 => _sketch.Add(new Reverse(Axis(x)), x),
        18 => MatMul(x),
        19 => Convolution(x),
        20 => Window(x),
        21 => Gather(x),
        22 when _sumsBatch => Thinned(x),
        23 when _sumsBatch => BatchSum(x),
        _ => _depth < 2 ? Repeat(x) : Unary(x),
    };

    /// <summary>Matrices of which what lies above the diagonal is replaced, and what products and reductions make of them.</summary>
    private Node Triangle(Node x)
    {
        int last = x.Shape.Rank - 1;
        Node turned = Turned(x);
        Node product = Lower(_sketch.Add(new MatMul(1, DeepGen.Generator.Ops.Triangle.Result), x, turned), _random.Next(3) - 1);
        return _random.Next(6) switch
        {
            0 => Lower(x, _random.Next(3) - 1),
            1 => _sketch.Add(new Reduce(Reduction.Max, EquatableArray.Of(last)), Lower(x, -1)),
            2 => _sketch.Add(new Reduce(Reduction.Sum, EquatableArray.Of(last)), Lower(x, 0)),
            3 => _sketch.Add(new MatMul(1, DeepGen.Generator.Ops.Triangle.Left), Lower(x, 0), turned),
            4 => _sketch.Add(new MatMul(1, DeepGen.Generator.Ops.Triangle.LeftTransposed), Turned(Lower(x, 0)), x),
            _ => product,
        };
    }

    private Node Turned(Node x) => _sketch.Add(
        new Transpose(Enumerable.Range(0, x.Shape.Rank - 2).Append(x.Shape.Rank - 1).Append(x.Shape.Rank - 2).ToEquatable()), x);

    private Node Lower(Node x, float above)
    {
        Node Along(int axis) => _sketch.Add(new Broadcast(x.Shape, EquatableArray.Of(axis)), _sketch.Add(new Positions(x.Shape[axis])));
        Node isSeen = _sketch.Add(new Compare(Comparison.LessOrEqual), Along(x.Shape.Rank - 1), Along(x.Shape.Rank - 2));
        return _sketch.Add(new Select(), isSeen, x, _sketch.Number(above, x.Shape));
    }

    private Node Late() => _pool[Math.Max(_random.Next(_pool.Count), _random.Next(_pool.Count))];

    private Node[] SomeLate(int count) => Enumerable.Range(0, count).Select(_ => Late()).ToArray();

    private int Axis(Node x) => x.Shape.Rank == 0 ? 0 : _random.Next(x.Shape.Rank);

    private int[] Shuffled(int count) => Enumerable.Range(0, count).OrderBy(_ => _random.Next()).ToArray();

    private Node Reshape(Node x)
    {
        List<Size> sizes = [.. x.Shape];
        int axis = Axis(x);
        switch (_random.Next(4))
        {
            case 0 when axis + 1 < sizes.Count && sizes[axis].IsConstant && sizes[axis + 1].IsConstant:
                sizes[axis] = sizes[axis].Value * sizes[axis + 1].Value;
                sizes.RemoveAt(axis + 1);
                break;
            case 1 when sizes.Count > 0 && sizes[axis].IsConstant && sizes[axis].Value % 2 == 0:
                sizes.Insert(axis + 1, 2);
                sizes[axis] = sizes[axis].Value / 2;
                break;
            case 2 when sizes.Count > 1 && sizes[0] == Size.Batch && sizes.Skip(1).All(s => s.IsConstant):
                return _sketch.Flatten(x);
            default:
                sizes.Insert(axis, 1);
                break;
        }

        return sizes.Count > 6 ? Unary(x) : _sketch.Reshape(x, [.. sizes]);
    }

    private Node Unary(Node x)
    {
        Node positive = _sketch.Add(new Add(), _sketch.Add(new Abs(), x), _sketch.Number(0.5f, x.Shape));
        return _random.Next(16) switch
        {
            0 => _sketch.Add(new Negate(), x),
            1 => _sketch.Add(new Exp(), _sketch.Add(new Tanh(), x)),
            2 => _sketch.Add(new Log(), positive),
            3 => _sketch.Add(new Sqrt(), positive),
            4 => _sketch.Add(new Sigmoid(), x),
            5 => _sketch.Add(new Erf(), x),
            6 => _sketch.Add(new Softplus(), x),
            7 => _sketch.Add(new Gelu(), x),
            8 => _sketch.Add(new GeluTanh(), x),
            9 => _sketch.Add(new Silu(), x),
            10 => _sketch.Add(new Elu(1), x),
            11 => _sketch.Add(new Divide(), x, positive),
            12 => _sketch.Add(new Outward(Side.Above, 1e-6f, 1e-6f), x),
            _ => _sketch.Add(new Tanh(), x),
        };
    }

    private Node Binary(Node a, Node b) => _random.Next(6) switch
    {
        0 => _sketch.Add(new Subtract(), a, b),
        1 => _sketch.Add(new Multiply(), a, b),
        2 => _sketch.Add(new Maximum(), a, b),
        3 => _sketch.Add(new Minimum(), b, a),
        _ => _sketch.Add(new Add(), a, b),
    };

    /// <summary>Something of the same shape: a value there is, a number, or a parameter along some of the axes.</summary>
    private Node Partner(Node x)
    {
        Node[] same = _pool.Where(n => n.Shape.Equals(x.Shape)).ToArray();
        int choice = _random.Next(4);
        if (choice == 0)
        {
            return _sketch.Number(_random.Next(4) * 0.5f, x.Shape);
        }

        return choice == 1 && _depth == 0 ? Spread(x.Shape) : same[_random.Next(same.Length)];
    }

    private Node Spread(Shape shape)
    {
        int[] axes = Enumerable.Range(0, shape.Rank).Where(a => shape[a].IsConstant && _random.Next(2) == 0).ToArray();
        return _sketch.Broadcast(Parameter(axes.Select(a => shape[a])), shape, axes);
    }

    private Node Parameter(IEnumerable<Size> sizes) => _sketch.Parameter($"p{_parameters++}", [.. sizes]);

    private Node Broadcast(Node x)
    {
        List<Size> target = [.. x.Shape];
        int axis = _random.Next(target.Count + 1);
        target.Insert(axis, 1 + _random.Next(3));
        return target.Count > 6 ? Unary(x) : _sketch.Broadcast(x, Shape.Of(target), [.. Enumerable.Range(0, target.Count).Where(a => a != axis)]);
    }

    private Node Reduce(Node x)
    {
        int[] axes = Enumerable.Range(0, x.Shape.Rank).Where(a => x.Shape[a].IsConstant && _random.Next(3) == 0).ToArray();
        return _sketch.Add(new Reduce(_random.Next(2) == 0 ? Reduction.Sum : Reduction.Max, axes.ToEquatable()), x);
    }

    private Node Slice(Node x)
    {
        int axis = Axis(x);
        int size = x.Shape.Rank > 0 ? x.Shape[axis].Value : 0;
        int start = _random.Next(Math.Max(size, 1));
        int step = 1 + _random.Next(2);
        return _sketch.Add(new Slice(axis, start, 1 + ((size - 1 - start) / step), step), x);
    }

    private Node Pad(Node x)
    {
        int[] Widths() => x.Shape.Select(s => s.IsConstant && s.Value < 5 ? _random.Next(2) : 0).ToArray();
        return _sketch.Add(new Pad(Widths().ToEquatable(), Widths().ToEquatable(), 0.5f * _random.Next(2)), x);
    }

    private Node Concat(Node x) =>
        _sketch.Add(new Concat(Axis(x)), Enumerable.Range(0, 1 + _random.Next(3)).Select(i => i == 1 ? x : Partner(x)).ToArray());

    private Node MatMul(Node x)
    {
        if (x.Shape.Rank < 2)
        {
            return Unary(x);
        }

        Size last = x.Shape[x.Shape.Rank - 1];
        Node other = _depth == 0 && last.IsConstant && _random.Next(4) > 0
            ? Parameter([last, 1 + _random.Next(3)])
            : _sketch.Transpose(x, [.. Enumerable.Range(0, x.Shape.Rank - 2), x.Shape.Rank - 1, x.Shape.Rank - 2]);
        return _sketch.Add(new Tanh(), Scaled(_sketch.Add(new MatMul(), x, other)));
    }

    /// <summary>The cotangent of a table, or of filters, at values that are no cotangents.</summary>
    private Node BatchSum(Node x)
    {
        if (x.Shape.Rank == 0 || _depth > 0 || x.Shape[0] != Size.Batch || x.Shape.Skip(1).Any(s => !s.IsConstant))
        {
            return Unary(x);
        }

        if (x.Shape.Rank != 4 || _random.Next(2) == 0)
        {
            return _sketch.Add(new ScatterAdd(Rows), _sketch.Indices(Size.Batch), x);
        }

        var none = EquatableArray.Of(0, 0);
        var one = EquatableArray.Of(1, 1);
        return _sketch.Add(new FilterGradient(one, none, none, one, 1, 1, 1), x, Partner(x));
    }

    private Node Convolution(Node x)
    {
        if (x.Shape.Rank != 4 || _depth > 0 || x.Shape.Skip(1).Any(s => !s.IsConstant))
        {
            return Unary(x);
        }

        int outputs = _random.Next(2) == 0 ? x.Shape[1].Value : 2;
        Node weight = Parameter([outputs, x.Shape[1], 3, 3]);
        return Scaled(_sketch.Convolution(x, weight, _random.Next(2) == 0 ? Parameter([outputs]) : null, 1));
    }

    /// <summary>Scaled and shifted by parameters once or twice, or not at all.</summary>
    private Node Scaled(Node y)
    {
        for (int i = _depth == 0 ? _random.Next(3) : 0; i > 0; i--)
        {
            Node vector = _sketch.Broadcast(Parameter([y.Shape[1]]), y.Shape, 1);
            y = _random.Next(4) == 0 ? _sketch.Add(new Subtract(), vector, y) : Binary(y, vector);
        }

        return y;
    }

    private Node Window(Node x)
    {
        var size = EquatableArray.Of(1 + _random.Next(2), 1 + _random.Next(2));
        var one = EquatableArray.Of(1, 1);
        var none = EquatableArray.Of(0, 0);
        var op = new Window(_random.Next(2) == 0 ? Reduction.Sum : Reduction.Max, size, _random.Next(2) == 0 ? size : one, none, none);
        if (x.Shape.Rank != 4 || x.Shape.Skip(1).Any(s => !s.IsConstant))
        {
            return Unary(x);
        }

        Node image = _sketch.ToLast(x);
        Node y = _sketch.Add(op, image);
        return _sketch.ToFirst(op.Kind == Reduction.Max && op.Stride == size && size != one ? Placed(op, image, y) : y);
    }

    /// <summary>Maxima back in the image, in the first place of a window or in the next, as their signs have it.</summary>
    private Node Placed(Window op, Node image, Node y)
    {
        Node place = _sketch.Add(new Compare(Comparison.Less), y, _sketch.Add(new Negate(), y));
        return _sketch.Add(new PlaceWinners(op.Size, op.Stride, image.Shape[1].Value, image.Shape[2].Value), y, place);
    }

    private Node Gather(Node x)
    {
        if (_depth > 0 || x.Shape.Rank is 0 or > 4 || !x.Shape[0].IsConstant || x.Shape[0].Value < Rows)
        {
            return Unary(x);
        }

        return _sketch.Add(new Gather(), x, _sketch.Indices(Size.Batch));
    }

    /// <summary>Divided by the size of the batch, or thinned out as Dropout does.</summary>
    private Node Thinned(Node x)
    {
        if (_random.Next(2) == 0 || x.Shape.Rank == 0 || x.Shape.Skip(1).Any(s => !s.IsConstant))
        {
            return _sketch.Add(new Divide(), x, _sketch.Broadcast(_sketch.Add(new Extent(Size.Batch)), x.Shape));
        }

        Node noise = _sketch.Add(new Noise(x.Shape), _sketch.Numbers(_random.Next(9), _random.Next(9)));
        Node isKept = _sketch.Add(new Compare(Comparison.Less), noise, _sketch.Number(0.75f, x.Shape));
        return _sketch.Add(new Multiply(), _sketch.Add(new Detach(), isKept), x);
    }

    private Node Repeat(Node x)
    {
        int count = 1 + _random.Next(3);
        Node[] carried = [x, .. SomeLate(_random.Next(2))];
        Node[] sliced = _pool.Where(n => n.Shape.Rank > 0 && n.Shape[0] == count && _random.Next(2) == 0).Take(2).ToArray();
        if (_depth == 0)
        {
            sliced = [.. sliced, Parameter([count, .. x.Shape.Where(s => s.IsConstant).Take(1)])];
        }

        Node[] results = _sketch.Repeat(count, carried, sliced, SomeLate(_random.Next(2)), (inner, inputs) => Body(inner, inputs, carried.Length));
        return results[_random.Next(results.Length)];
    }

    private Node[] Body(Sketch sketch, Node[] inputs, int carried)
    {
        var body = new RandomGraphs(_random, _depth + 1, sketch, _sumsBatch);
        body._pool.AddRange(inputs);
        body.Grow(3 + _random.Next(8));
        IEnumerable<Node> next = inputs.Take(carried).Select(body.Like);
        return [.. next, .. body.SomeLate(_random.Next(3))];
    }

    /// <summary>A value of the given shape, transposed there if need be: the input itself if there is no other.</summary>
    private Node Like(Node input)
    {
        Node found = _pool.LastOrDefault(n => n != input && n.Shape.Equals(input.Shape)) ?? input;
        return _random.Next(4) == 0 ? found : _sketch.Add(new Tanh(), found);
    }
}
