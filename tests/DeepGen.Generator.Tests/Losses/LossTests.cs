using DeepGen.Generator.Ir;
using DeepGen.Generator.Check;
using DeepGen.Generator.Tests.Layers;

namespace DeepGen.Generator.Tests.Losses;

/// <summary>Every other loss against plain loops over the formula that PyTorch documents.</summary>
public class LossTests
{
    public static TheoryData<string, string> Deviations => new()
    {
        { "MeanSquaredError", "" }, { "L1", "" }, { "Huber", "" }, { "Huber", ", Delta = 0.25f" }, { "BinaryCrossEntropy", "" },
    };

    [Theory]
    [MemberData(nameof(Deviations))]
    public void Of_one_value_at_a_time_is_the_mean_over_all_values(string loss, string arguments)
    {
        double delta = arguments.Length > 0 ? 0.25 : 1;
        Func<double, double, double> f = loss switch
        {
            "MeanSquaredError" => (z, t) => (z - t) * (z - t),
            "L1" => (z, t) => Math.Abs(z - t),
            "Huber" => (z, t) => Math.Abs(z - t) <= delta ? 0.5 * (z - t) * (z - t) : delta * (Math.Abs(z - t) - (0.5 * delta)),
            _ => (z, t) => -(t * Math.Log(Sigmoid(z))) - ((1 - t) * Math.Log(1 - Sigmoid(z))),
        };
        foreach (string layers in new[] { "Input(3), Dense(4)", "Input(2, 3, 4), Conv2D(3, 1)" })
        {
            var net = new Trained($"{layers}, Train(Loss.{loss}{arguments})");
            int[] input = [5, .. net.Graph.Inputs[0].Shape.Skip(1).Select(s => s.Value)];
            int[] output = [5, .. net.Graph.Inputs[1].Shape.Skip(1).Select(s => s.Value)];
            Values target = net.Random(output).Map(v => loss == "BinaryCrossEntropy" ? (v + 2) / 4 : v);
            var step = net.Step(net.Random(input), target);
            double expected = step["output:output"].Data.Zip(target.Data, f).Average();
            Assert.Equal(expected, step["loss"].Data[0], 1e-6 * Math.Max(1, expected));
            Assert.Equal(new TargetSpec("target", loss, 0, 0, new(output[1..].Select(s => (Size)s))), Assert.Single(net.Training.Targets));
        }
    }

    [Fact]
    public void Binary_cross_entropy_does_not_overflow()
    {
        var net = new Trained("Input(1), Dense(Bias = false), Train(Loss.BinaryCrossEntropy)");
        net.Parameters["0.weight"] = new([1, 1], [1]);
        Assert.Equal(400, net.Loss(new([2, 1], [800, -800]), new([2, 1], [0, 0])), 1e-9);
    }

    [Fact]
    public void Kullback_and_Leibler_is_a_sum_over_the_sample_and_zero_times_the_logarithm_of_zero_is_zero()
    {
        var net = new Trained("Input(3), LogSoftmax, Dense, Train(Loss.KullbackLeibler)");
        Values t = new([2, 3], [0.25, 0, 0.75, 0.5, 0.25, 0.25]);
        var step = net.Step(net.Random(2, 3), t);
        double expected = t.Data.Zip(step["output:output"].Data, (p, z) => (p == 0 ? 0 : p * Math.Log(p)) - (p * z)).Sum() / 2;
        Assert.Equal(expected, step["loss"].Data[0], 1e-6);
    }

    [Theory]
    [InlineData("Input(3), Dense(4)")]
    [InlineData("Input(5, 3), Dense(4)")]
    public void The_output_of_Gaussian_likelihood_holds_means_and_then_raw_variances(string layers)
    {
        var net = new Trained($"{layers}, Train(Loss.GaussianNll)");
        int[] input = [2, .. net.Graph.Inputs[0].Shape.Skip(1).Select(s => s.Value)];
        int[] target = [.. input[..^1], 2];
        Assert.Equal(target[1..].Select(s => (Size)s), net.Training.Targets[0].Shape);
        Values t = net.Random(target);
        var step = net.Step(net.Random(input), t);
        Values z = step["output:output"];
        Values each = Values.From(target, i =>
        {
            double mean = z[i], variance = Math.Log(1 + Math.Exp(z[[.. i[..^1], i[^1] + 2]])) + 1e-6;
            return 0.5 * (Math.Log(variance) + ((mean - t[i]) * (mean - t[i]) / variance));
        });
        Assert.Equal(each.Data.Average(), step["loss"].Data[0], 1e-6);
    }

    [Fact]
    public void Cosine_embedding_compares_an_output_with_its_target()
    {
        var net = new Trained("Input(3), Dense, Train(Loss.CosineEmbedding)");
        Values t = net.Random(4, 3);
        var step = net.Step(net.Random(4, 3), t);
        double expected = Enumerable.Range(0, 4).Average(b => 1 - Cosine(step["output:output"], t, b));
        Assert.Equal(expected, step["loss"].Data[0], 1e-6);
    }

    [Fact]
    public void Cosine_embedding_brings_two_outputs_together_or_apart()
    {
        var net = new Trained("Train(Loss.CosineEmbedding, Output = \"Left\", Other = \"Right\", Margin = 0.3f)", Twins);
        Assert.Equal(new TargetSpec("target of 'left'", "CosineEmbedding", 0, 0, new([])), Assert.Single(net.Training.Targets));
        Values y = new([6], [1, -1, 1, -1, -1, -1]);
        var step = net.Step(net.Random(6, 3), net.Random(6, 3), y);
        double expected = Enumerable.Range(0, 6).Average(b =>
        {
            double cosine = Cosine(step["output:left"], step["output:right"], b);
            return y[b] > 0 ? 1 - cosine : Math.Max(0, cosine - 0.3f);
        });
        Assert.Equal(expected, step["loss"].Data[0], 1e-6);
    }

    [Fact]
    public void Several_losses_are_added_with_their_weights_each_with_its_target()
    {
        var net = new Trained(
            "Train(Loss.MeanSquaredError, Output = \"left\"), Train(Loss.L1, Output = \"right\", Weight = 0.25f), Train(Loss.L1, Output = \"left\")", Twins);
        Assert.Equal(["target of 'left' 0", "target of 'right' 1", "target of 'left' for L1 0"], net.Training.Targets.Select(t => $"{t.Name} {t.OutputIndex}"));
        Values[] t = [net.Random(4, 3), net.Random(4, 3), net.Random(4, 3)];
        var step = net.Step(net.Random(4, 3), net.Random(4, 3), t[0], t[1], t[2]);
        Values left = step["output:left"], right = step["output:right"];
        double expected = left.Data.Zip(t[0].Data, (z, v) => (z - v) * (z - v)).Average()
            + (0.25 * right.Data.Zip(t[1].Data, (z, v) => Math.Abs(z - v)).Average())
            + left.Data.Zip(t[2].Data, (z, v) => Math.Abs(z - v)).Average();
        Assert.Equal(expected, step["loss"].Data[0], 1e-6);
    }

    [Fact]
    public void A_loss_of_the_class_is_a_method_over_an_output_and_targets()
    {
        var net = new Trained("Input(3), Dense, Train(nameof(Pinball))", """
            private static Tensor Pinball(Tensor output, [Shape(3)] Tensor target, [Shape(3)] Tensor weight)
            {
                var d = target - output;
                return weight * Max(0.9f * d, -0.1f * d);
            }
            """);
        Assert.Equal([new("target", "Pinball", 0, 0, new([3])), new TargetSpec("weight", "Pinball", 0, 0, new([3]))], net.Training.Targets.AsEnumerable());
        Values t = net.Random(4, 3), w = net.Random(4, 3);
        var step = net.Step(net.Random(4, 3), t, w);
        double[] d = [.. t.Data.Zip(step["output:output"].Data, (a, b) => a - b)];
        Assert.Equal(d.Zip(w.Data, (v, weight) => weight * Math.Max(0.9f * v, -0.1f * v)).Average(), step["loss"].Data[0], 1e-6);
    }

    [Fact]
    public void A_loss_of_the_class_may_look_at_all_outputs_and_at_no_target()
    {
        var net = new Trained("Train(nameof(Agree)), Train(Loss.L1, Output = \"right\")", Twins + """
            private Tensor Agree(Tensor left, Tensor right) => (left - right) * (left - right);
            """);
        Assert.Equal("target of 'right'", Assert.Single(net.Training.Targets).Name);
        Values t = net.Random(4, 3);
        var step = net.Step(net.Random(4, 3), net.Random(4, 3), t);
        Values left = step["output:left"], right = step["output:right"];
        double expected = (left.Data.Zip(right.Data, (a, b) => (a - b) * (a - b)).Average()) + right.Data.Zip(t.Data, (a, b) => Math.Abs(a - b)).Average();
        Assert.Equal(expected, step["loss"].Data[0], 1e-6);
    }

    [Fact]
    public void Outputs_are_those_of_Forward_and_parameters_keep_their_order()
    {
        var net = new Trained("Input(2, 4, 4), Conv2D(3, 3), BatchNorm, Relu, Flatten, Dense(2), Train(Loss.L1)");
        Assert.Equal(["loss", "output:output", "update:1.running_mean", "update:1.running_var"], net.Graph.Outputs.Select(o => o.Name));
        Assert.Equal(["0.weight", "0.bias", "1.weight", "1.bias", "4.weight", "4.bias"], net.Training.TrainableParameters.AsEnumerable());
        Assert.Equal(Generator.Ir.Shape.Scalar, net.Graph.Outputs[0].Node.Shape);
    }

    private const string Twins = """
        [Dense] private partial Tensor Encode(Tensor x);

        private (Tensor Left, Tensor Right) Forward([Shape(3)] Tensor a, [Shape(3)] Tensor b) => (Encode(a), Encode(b));

        """;

    private static double Cosine(Values a, Values b, int row)
    {
        double Dot(Values x, Values y) => Enumerable.Range(0, x.Shape[1]).Sum(i => x[row, i] * y[row, i]);
        return Dot(a, b) / Math.Sqrt((Dot(a, a) + 1e-12) * (Dot(b, b) + 1e-12));
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
