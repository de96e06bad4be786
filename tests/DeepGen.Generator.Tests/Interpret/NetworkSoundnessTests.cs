using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Support;
using DeepGen.Generator.Tests.Ops;

namespace DeepGen.Generator.Tests.Interpret;

/// <summary>Small whole networks of several kinds: errors of the primitives must add up soundly.</summary>
public sealed class NetworkSoundnessTests
{
    private static readonly Size _b = Size.Batch;

    public static TheoryData<string> Networks { get; } = ["perceptron", "image", "attention", "norm", "recurrent", "graph", "graph, dropped"];

    [Theory, MemberData(nameof(Networks))]
    public void No_execution_in_the_box_leaves_the_bounds(string network)
    {
        Graph forward = Build(network);
        for (int seed = 0; seed < 4; seed++)
        {
            foreach (double width in new[] { 0, 1e-5, 0.01, 0.3, 2 })
            {
                var random = new Random(seed);
                string? violation = new BoxTrial(forward, (_, shape) => Weights(shape, random), width, seed).Violation();
                Assert.True(violation is null, $"{network}, width {width}: {violation}");
            }
        }
    }

    [Theory, MemberData(nameof(Networks))]
    public void Bounds_of_a_small_box_are_small(string network)
    {
        var random = new Random(7);
        Assert.InRange(new BoxTrial(Build(network), (_, shape) => Weights(shape, random), 1e-5, 7).Width(), 0, 0.01);
    }

    private static DenseTensor Weights(Shape shape, Random random)
    {
        double scale = 1 / Math.Sqrt(shape[0].Value);
        return new OperandSample(TensorType.Float(shape), -scale, scale).Draw(random, ImmutableDictionary<string, int>.Empty);
    }

    private static Graph Build(string network)
    {
        var g = new GraphBuilder();
        Node Fill(float value, Node like) => g.Add(new Broadcast(like.Shape, OpSamples.A()), g.Add(Constant.Of(value)));
        Node Spread(Node x, Shape target, params int[] axes) => g.Add(new Broadcast(target, OpSamples.A(axes)), x);
        Node Dense(Node x, string path, int units)
        {
            Node y = g.Add(new MatMul(), x, g.Add(new Parameter(path + ".weight", Shape.Of(x.Shape[x.Shape.Rank - 1], units))));
            return g.Add(new Add(), y, Spread(g.Add(new Parameter(path + ".bias", Shape.Of(units))), y.Shape, y.Shape.Rank - 1));
        }

        Node Softmax(Node x)
        {
            int last = x.Shape.Rank - 1;
            int[] kept = [.. Enumerable.Range(0, last)];
            Node top = Spread(g.Add(new Reduce(Reduction.Max, OpSamples.A(last)), x), x.Shape, kept);
            Node e = g.Add(new Exp(), g.Add(new Subtract(), x, top));
            return g.Add(new Divide(), e, Spread(g.Add(new Reduce(Reduction.Sum, OpSamples.A(last)), e), x.Shape, kept));
        }

        Node Normal(Node x)
        {
            Node Mean(Node v) => Spread(
                g.Add(new Multiply(), g.Add(new Reduce(Reduction.Sum, OpSamples.A(1)), v), g.Add(new Broadcast(Shape.Of(_b), OpSamples.A()), g.Add(Constant.Of(1f / 12)))),
                v.Shape,
                0);
            Node d = g.Add(new Subtract(), x, Mean(x));
            Node variance = Mean(g.Add(new Multiply(), d, d));
            return g.Add(new Divide(), d, g.Add(new Sqrt(), g.Add(new Add(), variance, Fill(1e-5f, x))));
        }

        Node Relu(Node x) => g.Add(new Maximum(), x, Fill(0, x));
        Node Input(params Size[] sizes) => g.Add(new Input(0, "x", TensorType.Float(sizes)));
        Node y = network switch
        {
            "perceptron" => Softmax(Dense(g.Add(new Gelu(), Dense(g.Add(new Tanh(), Dense(Input(_b, 20), "a", 24)), "b", 16)), "c", 5)),
            "image" => Image(),
            "attention" => Attention(),
            "graph" => OverEdges(g.Add(new Tanh(), OverEdges(Input(_b, 5, 3), "a", 0)), "b", 0),
            "graph, dropped" => OverEdges(g.Add(new Tanh(), OverEdges(Input(_b, 5, 3), "a", 0.3f)), "b", 0.6f),
            "norm" => Dense(Normal(Dense(Input(_b, 6), "a", 12)), "b", 3),
            _ => Recurrent(),
        };
        return g.Build([new GraphOutput("y", y)]);

        Node Image()
        {
            Node w = g.Add(new Parameter("w", Shape.Of(3, 3, 2, 4)));
            Node x = g.Add(new Convolution(OpSamples.A(1, 1), OpSamples.A(1, 1), OpSamples.A(1, 1), OpSamples.A(1, 1), 1), Input(_b, 6, 6, 2), w);
            Node pooled = g.Add(new Window(Reduction.Max, OpSamples.A(2, 2), OpSamples.A(2, 2), OpSamples.A(0, 0), OpSamples.A(0, 0)), Relu(x));
            return Dense(g.Add(new Reshape(Shape.Of(_b, 36)), pooled), "b", 3);
        }

        Node Attention()
        {
            Node x = Input(_b, 4, 6);
            Node scores = g.Add(new MatMul(), Dense(x, "q", 5), g.Add(new Transpose(OpSamples.A(0, 2, 1)), Dense(x, "k", 5)));
            return g.Add(new MatMul(), Softmax(g.Add(new Multiply(), scores, Fill(0.4472136f, scores))), Dense(x, "v", 5));
        }

        // Some nodes listen to none at all. Scores are large, so that boxes come where the weights' ends are far apart.
        Node OverEdges(Node x, string path, float rate)
        {
            Node a = g.Add(Adjacency.Of(NeighbourWeights.WithSelf, x.Shape)), h = Dense(x, path, 4);
            Node Score(string name) => g.Add(new Multiply(), Dense(h, path + name, 4), Fill(3, h));
            (Node d, Node s) = (Score("d"), Score("s"));
            Node sum = g.Add(new EdgeLogSum(0.2f), a, d, s);
            return rate == 0
                ? g.Add(new EdgeSum(0.2f) { IsMean = true }, a, d, s, sum, h)
                : g.Add(new EdgeSum(0.2f) { IsWeighted = true, IsMean = true, MostEntry = 1 / (1 - rate) }, g.Add(new SparseDropout(rate), a, g.Add(new Constant(Shape.Of(2), EquatableArray.Of(3f, 5f)))), d, s, sum, h);
        }

        Node Recurrent()
        {
            var body = OpSamples.All.Single(s => s.Title == "repeat, recurrent").Op;
            Node w = g.Add(new Parameter("w", Shape.Of(3, 4))), u = g.Add(new Parameter("u", Shape.Of(4, 4)));
            Node start = g.Add(new Broadcast(Shape.Of(_b, 4), OpSamples.A()), g.Add(Constant.Of(0)));
            Node steps = g.Add(new Transpose(OpSamples.A(1, 0, 2)), Input(_b, 5, 3));
            return Dense(g.Add(new Item(0), g.Add(body, start, steps, w, u)), "b", 2);
        }
    }
}
