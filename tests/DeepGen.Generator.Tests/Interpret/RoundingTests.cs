using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Tests.Ops;

namespace DeepGen.Generator.Tests.Interpret;

public sealed class RoundingTests
{
    /// <summary>Every primitive that computes something, by the titles of its samples.</summary>
    public static TheoryData<string> Computing { get; } =
    [
        "exp", "log", "sqrt", "tanh", "sigmoid", "erf", "softplus", "gelu", "gelu_tanh", "silu", "elu alpha=1", "add", "subtract",
        "multiply", "divide", "sum", "window sum", "matmul", "matmul of batches", "convolution", "repeat, recurrent",
        "repeat, stacked", "log of sums over edges", "sum over edges", "sum over edges, transposed", "sum of weights of edges", "sum over edges that are weighted",
    ];

    [Theory, MemberData(nameof(Computing))]
    public void Leaving_rounding_out_is_caught_on_point_boxes(string title)
    {
        OpSample sample = OpSamples.All.Single(s => s.Title == title);
        bool Caught(Rounding rounding) => Enumerable.Range(0, 5).Any(seed => new BoxTrial(sample, 0, 0, seed, rounding).Violation() is not null);
        Assert.True(Caught(Rounding.None));
        Assert.False(Caught(Rounding.Float32));
    }

    [Theory]
    [InlineData("add", 16)]
    [InlineData("multiply", 16)]
    [InlineData("sqrt", 16)]
    [InlineData("exp", 44)]
    [InlineData("tanh", 80)]
    [InlineData("silu", 100)]
    [InlineData("gelu", 200)]
    [InlineData("softplus", 80)]
    public void A_point_has_bounds_a_few_units_apart(string title, double units)
    {
        OpSample sample = OpSamples.All.Single(s => s.Title == title);
        double widest = Enumerable.Range(0, 5).Max(seed => new BoxTrial(sample, 0, 0, seed).Width());
        Assert.InRange(widest, 0, units * Math.Pow(2, -24));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(1000)]
    public void The_bounds_of_a_sum_of_products_at_a_point_are_four_gamma_apart(int terms)
    {
        // All terms are 1, so that Σ |a| |b| is the sum itself.
        var graph = new GraphBuilder();
        Node x = graph.Add(new Input(0, "x", TensorType.Float(1, terms)));
        Node w = graph.Add(new Parameter("w", Shape.Of(terms, 1)));
        Graph bounds = Interval.Run(graph.Build([new("y", graph.Add(new MatMul(), x, w))]));
        var ones = new DenseTensor([1, terms], Enumerable.Repeat(1.0, terms).ToArray());
        double[] y = [.. new FloatEvaluator(SummationOrder.FirstToLast, false)
            .Evaluate(bounds, new Dictionary<string, int>(), _ => ones, _ => new DenseTensor([terms, 1], ones.Values))
            .Select(t => t.Values[0])];
        Assert.InRange(y[1] - y[0], 0, terms * ((4.1 * Rounding.Float32.Gamma(terms)) + (16 * Rounding.Float32.Unit)));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1e-7, 0)]
    [InlineData(0.01, 0)]
    [InlineData(0.12, 1e-44)]
    [InlineData(1e-7, 1e-30)]
    [InlineData(1e-6, 1e-3)]
    public void A_step_outward_covers_its_own_rounding(double relative, double absolute)
    {
        var graph = new GraphBuilder();
        Node x = graph.Add(new Input(0, "x", TensorType.Float(1)));
        var build = new BoundBuilder(graph, Rounding.Float32);
        (Scalar below, Scalar above) = (Body(build.Below(x, relative, absolute)), Body(build.Above(x, relative, absolute)));
        var random = new Random(1);
        for (int trial = 0; trial < 20000; trial++)
        {
            float value = BitConverter.UInt32BitsToSingle((uint)random.NextInt64(1L << 32));
            foreach (SummationOrder order in new[] { SummationOrder.FirstToLast, SummationOrder.Unfused })
            {
                float lower = FloatScalar.Evaluate(below, [value], order, false);
                float upper = FloatScalar.Evaluate(above, [value], order, false);

                // Additions are exact where they underflow, so a relative error alone means none down there.
                double error = Math.Abs(value) < 3e-38 && absolute == 0 ? 0 : (relative * Math.Abs(value)) + absolute;
                Assert.True(float.IsNaN(value) || lower <= value - error, $"{lower:R} is above {value:R}");
                Assert.True(float.IsNaN(value) || upper >= value + error, $"{upper:R} is below {value:R}");
                Assert.False(float.IsNaN(lower) || float.IsNaN(upper));
            }
        }

        static Scalar Body(Node node) => ((Elementwise)node.Op).Body(Scalar.Arguments(1));
    }

    [Fact]
    public void Rounding_up_never_rounds_down()
    {
        var random = new Random(2);
        for (int trial = 0; trial < 10000; trial++)
        {
            double value = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-44, 38));
            float up = BoundBuilder.RoundUp(value);
            Assert.True(up >= value && MathF.BitDecrement(up) < value);
        }
    }

    [Theory, MemberData(nameof(ConformanceTests.Bounded), MemberType = typeof(ConformanceTests))]
    public void Bounds_are_numbers_and_hold_where_float32_overflows(int index, string title)
    {
        OpSample sample = OpSamples.All[index];
        foreach ((double low, double high) in new[] { (-3e38, 3e38), (1e38, 3e38), (-3e38, -1e38), (-1e-44, 1e-44) })
        {
            if (sample.Op is Log && high < 0)
            {
                continue;
            }

            OpSample extreme = sample with { Operands = [.. sample.Operands.Select(o => o.IsGiven ? o : o with { Low = low, High = high })] };
            foreach (double width in new[] { 0, high - low })
            {
                string? violation = new BoxTrial(extreme, 0, width, index).Violation();
                Assert.True(violation is null, $"{title} in [{low}, {high}]: {violation}");
            }
        }
    }
}
