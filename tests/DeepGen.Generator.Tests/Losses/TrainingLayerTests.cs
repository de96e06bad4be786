using DeepGen.Generator.Check;
using DeepGen.Generator.Declare;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Tests.Layers;

namespace DeepGen.Generator.Tests.Losses;

/// <summary>What layers do while training and not when predicting.</summary>
public class TrainingLayerTests
{
    [Theory]
    [InlineData("", 0.1)]
    [InlineData("Momentum = 0.75f", 0.75)]
    public void BatchNorm_normalises_by_the_batch_and_its_running_statistics_follow(string arguments, double momentum)
    {
        foreach (int[] shape in new int[][] { [3], [3, 4], [3, 2, 5] })
        {
            var net = new Trained($"Input({string.Join(", ", shape)}), BatchNorm({arguments}), Train(Loss.MeanSquaredError)");
            Values x = net.Random([4, .. shape]);
            var step = net.Step(x, net.Random([4, .. shape]));
            var (mean, variance, count) = Statistics(x);
            Torch.BatchNorm(x, net.Parameters["0.weight"], net.Parameters["0.bias"], mean, variance, 1e-5f).AssertNear(step["output:output"]);
            Blend(net.Parameters["0.running_mean"], mean).AssertNear(step["update:0.running_mean"]);
            Blend(net.Parameters["0.running_var"], variance.Map(v => v * count / (count - 1))).AssertNear(step["update:0.running_var"]);
        }

        Values Blend(Values running, Values batch) => Torch.Zip(running, batch, (r, b) => ((1 - momentum) * r) + (momentum * b));
    }

    [Fact]
    public void A_single_value_of_a_channel_gives_finite_statistics()
    {
        var net = new Trained("Input(3), BatchNorm, Train(Loss.MeanSquaredError)");
        var step = net.Step(net.Random(1, 3), net.Random(1, 3));
        Assert.All(step.Values.SelectMany(v => v.Data), v => Assert.True(double.IsFinite(v)));
        net.Parameters["0.running_var"].Map(v => 0.9f * v).AssertNear(step["update:0.running_var"]);
    }

    [Fact]
    public void Statistics_of_a_shared_layer_follow_one_use_after_the_other()
    {
        var net = new Trained("Train(Loss.L1)", """
            [BatchNorm] private partial Tensor Norm(Tensor x);

            private Tensor Forward([Shape(2)] Tensor a, [Shape(2)] Tensor b) => Norm(a) - Norm(b);
            """);
        Values a = net.Random(5, 2), b = net.Random(5, 2);
        var step = net.Step(a, b, net.Random(5, 2));
        Values expected = net.Parameters["norm.running_mean"];
        foreach (Values x in new[] { a, b })
        {
            expected = Torch.Zip(expected, Statistics(x).Mean, (r, m) => (0.9 * r) + (0.1 * m));
        }

        expected.AssertNear(step["update:norm.running_mean"]);
    }

    [Fact]
    public void Statistics_in_stacks_of_stacks_are_slabs_of_the_copies()
    {
        const string Blocks = """
            [Block, BatchNorm] public sealed partial class Inner;
            [Block, Stack<Inner>(2), BatchNorm] public sealed partial class Outer;
            """;
        var spec = new UserProgram(Blocks, """
            [Network, Input(2), Stack<Outer>(3), Train(Loss.L1)]
            public sealed partial class Net;
            """).Spec("Net");
        var net = new Trained(spec);
        Values x = net.Random(6, 2);
        var step = net.Step(x, net.Random(6, 2));
        Assert.Equal([3, 2, 2], step["update:0.*.0.*.0.running_mean"].Shape);
        Assert.Equal([3, 2], step["update:0.*.1.running_var"].Shape);

        // One BatchNorm after the other, each on what the one before made of the batch.
        Values value = x;
        for (int outer = 0; outer < 3; outer++)
        {
            for (int inner = 0; inner < 3; inner++)
            {
                string path = inner < 2 ? "0.*.0.*.0." : "0.*.1.";
                int copy = inner < 2 ? (outer * 2) + inner : outer;
                var (mean, variance, _) = Statistics(value);
                Torch.Zip(Of("running_mean"), mean, (r, m) => (0.9 * r) + (0.1 * m)).AssertNear(Row(step[$"update:{path}running_mean"], copy));
                value = Torch.BatchNorm(value, Of("weight"), Of("bias"), mean, variance, 1e-5f);

                Values Of(string name) => Row(net.Parameters[path + name], copy);
            }
        }

        value.AssertNear(step["output:output"]);
        static Values Row(Values slab, int i) => new([2], slab.Data[(2 * i)..((2 * i) + 2)]);
    }

    [Fact]
    public void Dropout_keeps_its_share_of_values_and_divides_them_by_it()
    {
        var net = new Trained("Input(40), Dropout(0.25f), Dense(1), Train(Loss.L1)");
        Assert.Equal(new SettingSpec("dropout.0", SettingKind.DropoutKeys, 2), Assert.Single(net.Training.Settings));
        Values x = net.Random(300, 40);
        var step = new Traced(net, "0");
        Values y = step.Run(x, net.Random(300, 1), new([2], [17, 4]));
        int kept = 0;
        for (int i = 0; i < x.Data.Length; i++)
        {
            kept += y.Data[i] != 0 ? 1 : 0;
            Assert.True(y.Data[i] == 0 || Math.Abs(y.Data[i] - (x.Data[i] / 0.75)) < 1e-6);
        }

        // Five deviations of a binomial of 12 000 draws.
        Assert.InRange(kept / 12_000.0, 0.73, 0.77);
        Values again = step.Run(x, net.Random(300, 1), new([2], [17, 4]));
        Assert.Equal(y.Data, again.Data);
        Assert.NotEqual(y.Data, step.Run(x, net.Random(300, 1), new([2], [17, 5])).Data);
    }

    [Fact]
    public void Every_use_of_a_dropout_has_keys_of_its_own()
    {
        var net = new Trained(new UserProgram(
            "[Block, Dense, Dropout(0.5f)] public sealed partial class Part;",
            """
            [Network, Train(Loss.L1)]
            public sealed partial class Net
            {
                [Dropout(0.5f)] private partial Tensor Drop(Tensor x);

                [Stack<Part>(3)] private partial Tensor Deep(Tensor x);

                private Tensor Forward([Shape(2)] Tensor x) => Drop(Deep(Drop(Deep(x))));
            }
            """).Spec("Net"));
        Assert.Equal(
            ["dropout.deep.*.1 6", "dropout.drop 2", "dropout.deep.*.1#2 6", "dropout.drop#2 2"],
            net.Training.Settings.Select(s => $"{s.Name} {s.Length}"));
        Assert.Equal(["0 [B,2]", "1 [B,2]", "2 [3,2]", "3 [2]", "4 [3,2]", "5 [2]"], net.Graph.Inputs.Select(n => $"{((Input)n.Op).Index} {n.Shape}"));
    }

    [Fact]
    public void A_rate_of_zero_drops_nothing_and_asks_for_nothing() =>
        Assert.Empty(new Trained("Input(4), Dropout(0), Dense(1), Train(Loss.L1)").Training.Settings);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_stack_computes_twice_what_it_is_told_not_to_keep(bool isCheckpoint)
    {
        var spec = new UserProgram(
            "[Block, Dense, Tanh] public sealed partial class Part;",
            $"[Network, Input(2), Stack<Part>(3{(isCheckpoint ? ", Checkpoint = true" : "")}), Train(Loss.L1)] public sealed partial class Net;").Spec("Net");
        Assert.Equal(isCheckpoint, new Trained(spec).Graph.Nodes.Select(n => n.Op).OfType<Repeat>().Single().Checkpoint);
        Assert.False(Elaborator.Elaborate(spec).Forward!.Nodes.Select(n => n.Op).OfType<Repeat>().Single().Checkpoint);
    }

    [Theory]
    [InlineData("Input(3), Dense(4), BatchNorm, Dropout(0.5f), Relu, Dense(2)")]
    [InlineData("Input(2, 6, 6), Conv2D(4, 3), BatchNorm, GlobalAveragePool, Dropout(0.5f), Dense(2)")]
    public void What_is_predicted_does_not_change_by_being_trained(string layers)
    {
        NetworkSpec trained = Trained.Program(layers + ", Train(Loss.L1)", "");
        NetworkSpec plain = Trained.Program(layers, "");
        Assert.Equal(GraphPrinter.Print(Elaborator.Elaborate(plain).Forward!), GraphPrinter.Print(Elaborator.Elaborate(trained).Forward!));
    }

    private static (Values Mean, Values Variance, double Count) Statistics(Values x)
    {
        int channels = x.Shape[1];
        int pixels = x.Data.Length / x.Shape[0] / channels;
        var mean = new double[channels];
        var variance = new double[channels];
        double count = x.Shape[0] * pixels;
        for (int c = 0; c < channels; c++)
        {
            double[] values = [.. x.Data.Where((_, i) => i / pixels % channels == c)];
            mean[c] = values.Average();
            variance[c] = values.Average(v => (v - mean[c]) * (v - mean[c]));
        }

        return (new([channels], mean), new([channels], variance), count);
    }

    /// <summary>One labelled value of the step.</summary>
    private sealed class Traced(Trained net, string label)
    {
        public Values Run(params Values[] values)
        {
            Node node = net.Graph.Nodes.Single(n => n.Label == label);
            var graph = new Graph(net.Graph.Inputs, [new GraphOutput("value", node)]);
            var result = ReferenceEvaluator.Evaluate(graph, values[0].Shape[0], [.. values.Select(v => new DenseTensor([.. v.Shape], v.Data))], _ => throw new InvalidOperationException())[0];
            return new Values([.. result.Shape], result.Values);
        }
    }
}
