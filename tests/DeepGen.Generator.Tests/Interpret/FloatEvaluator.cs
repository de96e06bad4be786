using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Tests.Interpret;

/// <summary>
/// A graph in float32, as emitted code would compute it: every operation of a body rounds, every sum goes in a given order.
/// Values are held in double precision tensors, each of them a float, so that moves can be left to the primitives.
/// </summary>
internal sealed class FloatEvaluator(SummationOrder order, bool poorFunctions)
{
    public DenseTensor[] Evaluate(
        Graph graph,
        IReadOnlyDictionary<string, int> sizes,
        Func<int, DenseTensor> inputs,
        Func<string, DenseTensor> parameters)
    {
        Graph bound = graph.Bind(sizes);
        var values = new Dictionary<Node, ImmutableArray<DenseTensor>>();
        foreach (Node node in bound.Nodes)
        {
            var x = node.Inputs.SelectMany(i => values[i]).ToImmutableArray();
            values[node] = node.Op switch
            {
                Input input => [inputs(input.Index)],
                Generator.Ops.Parameter parameter => [parameters(parameter.Path)],
                Adjacency adjacency => [parameters(adjacency.Key)],
                Elementwise op => [Elementwise(op, x)],
                MatMul op => [MatMul(op.Triangle, x[0], x[1])],
                SparseProduct op => [SparseProduct(op, x[0], x[1])],
                EdgeSum op => [new FloatEdges(order, poorFunctions).Sum(op, x)],
                EdgeLogSum op => [new FloatEdges(order, poorFunctions).LogSum(op, x)],
                Convolution op => [Convolution(op, x[0], x[1])],
                Reduce { Kind: Reduction.Sum } op => [Reduce(op, x[0])],
                Window { Kind: Reduction.Sum } op => [Window(op, x[0])],
                Repeat op => Repeat(op, x, parameters),
                _ => node.Op.Evaluate(x),
            };
        }

        return bound.Outputs.Select(o => values[o.Node][0]).ToArray();
    }

    private DenseTensor Elementwise(Elementwise op, ImmutableArray<DenseTensor> x)
    {
        Scalar body = op.Body(Scalar.Arguments(op.Arity));
        double[] y = new double[x[0].Values.Length];
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = FloatScalar.Evaluate(body, x.Select(v => (float)v.Values[i]).ToArray(), order, poorFunctions);
        }

        return new DenseTensor(x[0].Shape, y);
    }

    private DenseTensor MatMul(Triangle triangle, DenseTensor a, DenseTensor b)
    {
        int rank = a.Shape.Length;
        (int rows, int depth, int columns) = (a.Shape[rank - 2], a.Shape[rank - 1], b.Shape[^1]);
        return Sums(a.Shape.SetItem(rank - 1, columns), i =>
        {
            int row = i / columns, matrix = b.Shape.Length == 2 ? 0 : row / rows * depth * columns;
            int m = row % rows;
            return Enumerable.Range(0, depth)
                .Where(k => triangle switch
                {
                    Triangle.Result => i % columns <= m,
                    Triangle.Left => k <= m,
                    Triangle.LeftTransposed => k >= m,
                    _ => true,
                })
                .Select(k => (a.Values[(row * depth) + k], b.Values[matrix + (k * columns) + (i % columns)]));
        });
    }

    /// <summary>Terms are the entries that are there; their forms are rounded up when the matrix is made.</summary>
    private DenseTensor SparseProduct(SparseProduct op, DenseTensor a, DenseTensor x)
    {
        (int rows, int columns, int width) = (a.Shape[^2], a.Shape[^1], x.Shape[^1]);
        (int targets, int sources) = op.IsTransposed ? (columns, rows) : (rows, columns);
        double[] entries = op.Entries(a).Values.Select(v => (double)(op.Form == EntryForm.Plain ? (float)v : BoundBuilder.RoundUp(v))).ToArray();
        return Sums(x.Shape.SetItem(x.Shape.Length - 2, targets), i =>
        {
            int matrix = i / width / targets, row = i / width % targets;
            return Enumerable.Range(0, sources)
                .Select(k => (Entry: (matrix * rows * columns) + (op.IsTransposed ? (k * columns) + row : (row * columns) + k), Row: (matrix * sources) + k))
                .Where(t => entries[t.Entry] != 0)
                .Select(t => (entries[t.Entry], x.Values[(t.Row * width) + (i % width)]));
        });
    }

    private DenseTensor Convolution(Convolution op, DenseTensor x, DenseTensor w)
    {
        var type = op.Infer([TensorType.Float(Shape.OfConstants(x.Shape)), TensorType.Float(Shape.OfConstants(w.Shape))])[0];
        var shape = type.Shape.Select(s => s.Value).ToImmutableArray();
        int depth = w.Shape[2], perGroup = shape[3] / op.Groups;
        return Sums(shape, i =>
        {
            int o = i % shape[3], column = i / shape[3] % shape[2], row = i / shape[3] / shape[2] % shape[1];
            int image = i / shape[3] / shape[2] / shape[1];
            return
                from p in Enumerable.Range(0, w.Shape[0])
                from q in Enumerable.Range(0, w.Shape[1])
                let h = (row * op.Stride[0]) + (p * op.Dilation[0]) - op.PadBefore[0]
                let v = (column * op.Stride[1]) + (q * op.Dilation[1]) - op.PadBefore[1]
                where h >= 0 && h < x.Shape[1] && v >= 0 && v < x.Shape[2]
                from c in Enumerable.Range(0, depth)
                select (
                    x.Values[((((image * x.Shape[1]) + h) * x.Shape[2]) + v) * x.Shape[3] + (o / perGroup * depth) + c],
                    w.Values[((((p * w.Shape[1]) + q) * depth) + c) * shape[3] + o]);
        });
    }

    private DenseTensor Reduce(Reduce op, DenseTensor x)
    {
        // With the reduced axes last, the terms of each sum lie together.
        var shape = x.Shape.Where((_, axis) => !op.Axes.Contains(axis)).ToImmutableArray();
        int[] order = Enumerable.Range(0, x.Shape.Length).OrderBy(a => op.Axes.Contains(a)).ToArray();
        DenseTensor last = new Transpose(new(order.ToImmutableArray())).Evaluate([x])[0];
        int length = last.Values.Length / Math.Max(1, Indexing.Length(shape));
        return Sums(shape, i => Enumerable.Range(i * length, length).Select(k => (last.Values[k], 1.0)));
    }

    private DenseTensor Window(Window op, DenseTensor x)
    {
        // A window sum is a depthwise convolution with ones.
        int channels = x.Shape[3];
        var ones = new DenseTensor([op.Size[0], op.Size[1], 1, channels], Enumerable.Repeat(1.0, op.Size[0] * op.Size[1] * channels).ToArray());
        return Convolution(new Convolution(op.Stride, op.PadBefore, op.PadAfter, new([1, 1]), channels), x, ones);
    }

    private ImmutableArray<DenseTensor> Repeat(Repeat op, ImmutableArray<DenseTensor> x, Func<string, DenseTensor> graphs)
    {
        var values = x;
        var collected = Enumerable.Range(0, op.Collected).Select(_ => new List<DenseTensor>()).ToArray();
        for (int i = 0; i < op.Count.Value; i++)
        {
            for (int s = op.Carried; s < op.Carried + op.Sliced; s++)
            {
                DenseTensor row = new Slice(0, i, 1, 1).Evaluate([x[s]])[0];
                values = values.SetItem(s, new DenseTensor(row.Shape.RemoveAt(0), row.Values));
            }

            var arguments = values;
            var results = Evaluate(op.Body, ImmutableDictionary<string, int>.Empty, k => arguments[k], graphs);
            values = values.RemoveRange(0, op.Carried).InsertRange(0, results.Take(op.Carried));
            for (int k = 0; k < op.Collected; k++)
            {
                collected[k].Add(results[op.Carried + k]);
            }
        }

        return
        [
            .. values.Take(op.Carried),
            .. collected.Select(c => new DenseTensor(c[0].Shape.Insert(0, op.Count.Value), c.SelectMany(t => t.Values).ToArray())),
        ];
    }

    private DenseTensor Sums(ImmutableArray<int> shape, Func<int, IEnumerable<(double A, double B)>> terms)
    {
        double[] y = new double[Indexing.Length(shape)];
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = order.Of(terms(i).Select(t => ((float)t.A, (float)t.B)).ToList());
        }

        return new DenseTensor(shape, y);
    }
}
