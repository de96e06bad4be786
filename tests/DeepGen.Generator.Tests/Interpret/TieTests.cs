using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Tests.Layers;
using DeepGen.Generator.Tests.Ops;
using static DeepGen.Generator.Tests.Layers.Specs;

namespace DeepGen.Generator.Tests.Interpret;

/// <summary>Where there is no derivative, or more than one: what PyTorch takes it to be.</summary>
public sealed class TieTests
{
    private static readonly Size _b = Size.Batch;

    [Fact]
    public void Relu_has_the_slope_zero_at_zero() => Assert.Equal([0, 0, 1], OfLayer("Relu", -1, 0, 1));

    [Fact]
    public void A_relu_written_the_other_way_round_is_the_same()
    {
        var g = new GraphBuilder();
        Node x = g.Add(new Input(0, "x", TensorType.Float(_b, 3)));
        Node zero = g.Add(new Broadcast(x.Shape, OpSamples.A()), g.Add(Constant.Of(0)));
        Assert.Equal([0, 0, 1], Pull(g.Build([new("y", g.Add(new Maximum(), x, zero))]), [-1, 0, 1])[0]);
    }

    [Fact]
    public void Leaky_relu_has_at_zero_the_slope_it_has_below() =>
        Assert.Equal([0.01f, 0.01f, 1], OfLayer("LeakyRelu", -1, 0, 1));

    [Fact]
    public void Elu_has_at_zero_the_slope_it_has_just_below()
    {
        double[] slopes = OfLayer(Layer("Elu", ("Alpha", 0.5)), -1e-9, 0, 1);
        Assert.Equal([0.5, 1], slopes[1..]);
        Assert.Equal(0.5, slopes[0], 1e-8);
    }

    [Fact]
    public void HardTanh_passes_nothing_on_at_its_ends() => Assert.Equal([0, 0, 1, 0, 0], OfLayer("HardTanh", -2, -1, 0, 1, 2));

    [Fact]
    public void An_absolute_value_has_the_slope_zero_at_zero()
    {
        var g = new GraphBuilder();
        Node x = g.Add(new Input(0, "x", TensorType.Float(_b, 3)));
        Assert.Equal([-1, 0, 1], Pull(g.Build([new("y", g.Add(new Abs(), x))]), [-1, 0, 1])[0]);
    }

    [Fact]
    public void Two_variables_that_tie_share_their_maximum_and_their_minimum()
    {
        foreach (Primitive op in new Primitive[] { new Maximum(), new Minimum() })
        {
            var g = new GraphBuilder();
            Node x = g.Add(new Input(0, "x", TensorType.Float(_b, 3))), y = g.Add(new Input(1, "y", TensorType.Float(_b, 3)));
            double[][] dx = Pull(g.Build([new("y", g.Add(op, x, y))]), [1, 2, 3], [3, 2, 1]);
            Assert.Equal(op is Maximum ? [0, 0.5, 1] : [1, 0.5, 0], dx[0]);
            Assert.Equal(op is Maximum ? [1, 0.5, 0] : [0, 0.5, 1], dx[1]);
        }
    }

    [Fact]
    public void A_pool_gives_its_gradient_to_the_first_maximum_row_by_row()
    {
        // Windows of 2 × 2 over 2 × 4: the left one is all equal, the right one ties on a diagonal.
        Graph pool = Alone(new Window(Reduction.Max, OpSamples.A(2, 2), OpSamples.A(2, 2), OpSamples.A(0, 0), OpSamples.A(0, 0)), 2, 4, 1);
        Assert.Equal([1, 0, 0, 1, 0, 0, 0, 0], Pull(pool, [5, 5, 1, 7, 5, 5, 7, 2])[0]);
    }

    [Fact]
    public void Overlapping_windows_give_a_common_maximum_both_their_gradients()
    {
        Graph pool = Alone(new Window(Reduction.Max, OpSamples.A(1, 3), OpSamples.A(1, 1), OpSamples.A(0, 1), OpSamples.A(0, 1)), 1, 4, 1);
        Assert.Equal([0, 3, 0, 1], Pull(pool, [0, 9, 0, 8])[0]);
    }

    [Fact]
    public void A_maximum_over_an_axis_is_shared_by_all_that_attain_it() =>
        Assert.Equal([0.5, 0, 0.5, 0], Pull(Alone(new Reduce(Reduction.Max, OpSamples.A(1)), 4), [3, 1, 3, 2])[0]);

    [Fact]
    public void A_value_selected_takes_all_and_the_condition_nothing()
    {
        var g = new GraphBuilder();
        Node[] x = [.. Enumerable.Range(0, 3).Select(i => g.Add(new Input(i, $"x{i}", TensorType.Float(_b, 2))))];
        double[][] dx = Pull(g.Build([new("y", g.Add(new Select(), x))]), [0, 3], [5, 6], [7, 8]);
        Assert.Equal([[0, 0], [0, 1], [1, 0]], dx);
    }

    [Fact]
    public void Nothing_passes_a_detached_value_nor_the_noise_of_a_mask()
    {
        var g = new GraphBuilder();
        Node x = g.Add(new Input(0, "x", TensorType.Float(_b, 2)));
        Node y = g.Add(new Multiply(), x, g.Add(new Detach(), x));
        Assert.Equal([3, 4], Pull(g.Build([new("y", y)]), [3, 4])[0]);
    }

    private static double[] OfLayer(string kind, params double[] x) => OfLayer(Layer(kind), x);

    private static double[] OfLayer(Declare.LayerSpec layer, params double[] x) =>
        Pull(new Elaborated(Network([x.Length], layer)).Forward, x)[0];

    private static Graph Alone(Primitive op, params Size[] sizes)
    {
        var g = new GraphBuilder();
        return g.Build([new("y", g.Add(op, g.Add(new Input(0, "x", TensorType.Float([_b, .. sizes])))))]);
    }

    /// <summary>The cotangents of the inputs for a batch of one, where that of the output is one everywhere.</summary>
    private static double[][] Pull(Graph graph, params double[][] x)
    {
        Graph pulled = GradientTrial.PullGraph(graph);
        DenseTensor Value(Node input, double[]? values)
        {
            var shape = input.Shape.Select(s => s.IsConstant ? s.Value : 1).ToArray();
            return new DenseTensor([.. shape], values ?? [.. Enumerable.Repeat(1.0, shape.Aggregate(1, (n, s) => n * s))]);
        }

        DenseTensor[] inputs = [.. pulled.Inputs.Select((n, i) => Value(n, i < x.Length ? x[i] : null))];
        return [.. ReferenceEvaluator.Evaluate(pulled, 1, inputs, _ => throw new InvalidOperationException()).Select(t => t.Values)];
    }
}
