using DeepGen.Compiled.Tests.Support;

namespace DeepGen.Compiled.Tests;

/// <summary>What Trace gives is, value by value, what each layer computes: here by loops that know nothing of graphs.</summary>
public sealed class TraceTests
{
    private const int Batch = 3;

    [Fact]
    public void Every_layer_of_a_sequence_is_there_in_order_with_its_values()
    {
        RunningNetwork network = CompiledSource.Load("[Network, Input(5), Trace] [Dense(7), Tanh, Dense(3, Bias = false), Dropout(0.5f)] public sealed partial class N;").Create("N");
        float[] x = network.Inputs(Batch, seed: 1)[0];
        double[] dense = Dense(network, "0", [.. x], 5, 7);
        double[] tanh = [.. dense.Select(Math.Tanh)];
        IReadOnlyList<NamedTensor> trace = network.Trace([x]);
        Assert.Equal(["input [3, 5]", "0 [3, 7]", "1 [3, 7]", "2 [3, 3]"], trace.Select(Text));
        AssertNear([.. x], trace[0]);
        AssertNear(dense, trace[1]);
        AssertNear(tanh, trace[2]);
        AssertNear(Dense(network, "2", tanh, 7, 3), trace[3]);
    }

    [Fact]
    public void Values_inside_a_stack_are_collected_block_by_block()
    {
        RunningNetwork network = CompiledSource.Load("""
            [Network, Input(5), Trace] [Stack<B>(4), Dense(2)] public sealed partial class N;
            [Block, Residual] [Dense(9), Tanh, Dense(5)] public sealed partial class B;
            """).Create("N");
        float[] x = network.Inputs(Batch, seed: 2)[0];
        Dictionary<string, NamedTensor> trace = network.Trace([x]).ToDictionary(t => t.Name);
        Assert.Equal(["input [3, 5]", "0.*.0 [3, 4, 9]", "0.*.1 [3, 4, 9]", "0.*.2 [3, 4, 5]", "0.*.Residual [3, 4, 5]", "0 [3, 5]", "1 [3, 2]"], trace.Values.Select(Text));
        double[] value = [.. x];
        for (int block = 0; block < 4; block++)
        {
            double[] first = Dense(network, $"0.{block}.0", value, 5, 9);
            double[] tanh = [.. first.Select(Math.Tanh)];
            double[] second = Dense(network, $"0.{block}.2", tanh, 9, 5);
            value = [.. second.Zip(value, (a, b) => a + b)];
            AssertNear(first, Copy(trace["0.*.0"], block));
            AssertNear(tanh, Copy(trace["0.*.1"], block));
            AssertNear(second, Copy(trace["0.*.2"], block));
            AssertNear(value, Copy(trace["0.*.Residual"], block));
        }

        AssertNear(value, trace["0"]);
        AssertNear(Dense(network, "1", value, 5, 2), trace["1"]);
    }

    [Fact]
    public void A_graph_names_its_locals_and_tells_equal_names_apart()
    {
        RunningNetwork network = CompiledSource.Load("""
            [Network, Trace]
            public sealed partial class N
            {
                [Dense(4)] private partial Tensor Encode(Tensor x);

                private (Tensor Sum, Tensor Both) Forward([Shape(6)] Tensor left, [Shape(6)] Tensor right)
                {
                    var code = Encode(left);
                    code = code - Relu(Encode(right));
                    return (Sum(code, 0), Concat(code, right));
                }
            }
            """).Create("N");
        float[][] x = network.Inputs(Batch, seed: 3);
        Dictionary<string, NamedTensor> trace = network.Trace(x).ToDictionary(t => t.Name);
        double[] left = Dense(network, "encode", [.. x[0]], 6, 4);
        double[] right = Dense(network, "encode", [.. x[1]], 6, 4);
        double[] code = [.. left.Zip(right, (a, b) => a - Math.Max(b, 0))];
        AssertNear([.. x[1]], trace["right"]);
        AssertNear(left, trace["code"]);
        AssertNear(right, trace["encode"]);
        AssertNear(code, trace["code#2"]);
        AssertNear([.. code.Chunk(4).Select(c => c.Sum())], trace["Sum"]);
        AssertNear([.. code.Chunk(4).Zip(x[1].Chunk(6), (c, r) => c.Concat(r.Select(v => (double)v))).SelectMany(v => v)], trace["Concat"]);
    }

    [Fact]
    public void Values_of_images_lie_channels_first_whatever_the_layout_inside()
    {
        RunningNetwork network = CompiledSource.Load(
            "[Network, Input(3, 5, 7), Trace] [Conv2D(17, 3, Padding = 1), Relu, MaxPool2D(2), Flatten] public sealed partial class N;").Create("N");
        float[] x = network.Inputs(Batch, seed: 4)[0];
        IReadOnlyList<NamedTensor> trace = network.Trace([x]);
        Assert.Equal(["input [3, 3, 5, 7]", "0 [3, 17, 5, 7]", "1 [3, 17, 5, 7]", "2 [3, 17, 2, 3]", "3 [3, 102]"], trace.Select(Text));
        double[] convolved = [.. x.Chunk(3 * 5 * 7).SelectMany(image => Convolve(network, image))];
        double[] relu = [.. convolved.Select(v => Math.Max(v, 0))];
        double[] pooled =
        [
            .. from channel in relu.Chunk(5 * 7)
               from row in Enumerable.Range(0, 2)
               from column in Enumerable.Range(0, 3)
               let at = (2 * row * 7) + (2 * column)
               select new[] { channel[at], channel[at + 1], channel[at + 7], channel[at + 8] }.Max(),
        ];
        AssertNear([.. x], trace[0]);
        AssertNear(convolved, trace[1]);
        AssertNear(relu, trace[2]);
        AssertNear(pooled, trace[3]);
        AssertNear(pooled, trace[4]);
    }

    private static IEnumerable<double> Convolve(RunningNetwork network, float[] image)
    {
        float[] weight = network.Network.Parameters["0.weight"].Values.ToArray();
        float[] bias = network.Network.Parameters["0.bias"].Values.ToArray();
        return from o in Enumerable.Range(0, 17)
               from row in Enumerable.Range(0, 5)
               from column in Enumerable.Range(0, 7)
               select bias[o] + (from c in Enumerable.Range(0, 3)
                                 from u in Enumerable.Range(0, 3)
                                 from v in Enumerable.Range(0, 3)
                                 let y = row + u - 1
                                 let z = column + v - 1
                                 where y is >= 0 and < 5 && z is >= 0 and < 7
                                 select (double)weight[(((((o * 3) + c) * 3) + u) * 3) + v] * image[(((c * 5) + y) * 7) + z]).Sum();
    }

    private static double[] Dense(RunningNetwork network, string path, double[] x, int inputs, int outputs)
    {
        float[] weight = network.Network.Parameters[path + ".weight"].Values.ToArray();
        float[] bias = network.Network.Parameters.TryGet(path + ".bias", out Parameter? given) ? given.Values.ToArray() : new float[outputs];
        return
        [
            .. from sample in x.Chunk(inputs)
               from o in Enumerable.Range(0, outputs)
               select bias[o] + sample.Select((v, i) => v * weight[(o * inputs) + i]).Sum(),
        ];
    }

    /// <summary>The values of one block, of all samples.</summary>
    private static float[] Copy(NamedTensor collected, int block) =>
        [.. collected.Values.Chunk(collected.Values.Length / Batch).SelectMany(sample => sample.Chunk(sample.Length / collected.Shape[1]).ElementAt(block))];

    private static string Text(NamedTensor tensor) => $"{tensor.Name} [{string.Join(", ", tensor.Shape)}]";

    private static void AssertNear(double[] expected, NamedTensor actual) => AssertNear(expected, actual.Values);

    private static void AssertNear(double[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        double scale = expected.Max(Math.Abs);
        Assert.All(expected.Zip(actual), pair => Assert.InRange(pair.Second, pair.First - (1e-5 * scale), pair.First + (1e-5 * scale)));
    }
}
