using static DeepGen.Generator.Tests.Layers.Specs;

namespace DeepGen.Generator.Tests.Layers;

public class ActivationTests
{
    public static TheoryData<string, string?, double, Func<double, double>> Functions => new()
    {
        { "Relu", null, 0, x => Math.Max(x, 0) },
        { "LeakyRelu", null, 0, x => x > 0 ? x : 0.01f * x },
        { "LeakyRelu", "Slope", 0.25, x => x > 0 ? x : 0.25 * x },
        { "LeakyRelu", "Slope", 1, x => x },
        { "Elu", null, 0, x => x > 0 ? x : Math.Exp(x) - 1 },
        { "Elu", "Alpha", 0.5, x => x > 0 ? x : 0.5 * (Math.Exp(x) - 1) },
        { "Gelu", "Approximate", 1, x => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x)))) },
        { "Gelu", null, 0, x => x * NormalDistribution(x) },
        { "Silu", null, 0, x => x / (1 + Math.Exp(-x)) },
        { "Sigmoid", null, 0, x => 1 / (1 + Math.Exp(-x)) },
        { "Tanh", null, 0, Math.Tanh },
        { "Softplus", null, 0, x => Math.Log(1 + Math.Exp(x)) },
        { "HardTanh", null, 0, x => Math.Clamp(x, -1, 1) },
        { "HardTanh", "Min", -0.5, x => Math.Clamp(x, -0.5, 1) },
    };

    [Theory]
    [MemberData(nameof(Functions))]
    public void An_activation_is_its_function_on_every_value(string kind, string? argument, double value, Func<double, double> f)
    {
        var layer = argument is null ? Layer(kind) : Layer(kind, (argument, value));
        foreach (int[] shape in new int[][] { [1], [9], [3, 5], [2, 3, 3] })
        {
            var net = new Elaborated(Network(shape, layer));
            Values x = net.Random([3, .. shape]).Map(v => 3 * v);
            x.Map(f).AssertNear(net.Run(x));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1)]
    public void Softmax_sums_to_one_along_its_axis(int axis)
    {
        int[] shape = [4, 3];
        var net = new Elaborated(Network(shape, Layer("Softmax", ("Axis", axis))));
        var logarithm = new Elaborated(Network(shape, Layer("LogSoftmax", ("Axis", axis))));
        Values x = net.Random([2, .. shape]);
        Values expected = Torch.Softmax(x, axis == -1 ? 2 : axis + 1);
        expected.AssertNear(net.Run(x));
        expected.Map(Math.Log).AssertNear(logarithm.Run(x));
    }

    [Fact]
    public void Softmax_of_large_values_does_not_overflow()
    {
        var net = new Elaborated(Network([3], Layer("Softmax")));
        net.Run(new Values([1, 3], [1000, 1000, -1000])).AssertNear(new Values([1, 3], [0.5, 0.5, 0]));
    }

    [Fact]
    public void Dropout_does_nothing_when_predicting()
    {
        var net = new Elaborated(Network([5], Layer("Dropout", ("Rate", 0.5))));
        Values x = net.Random(2, 5);
        x.AssertNear(net.Run(x));
    }

    // By Simpson's rule, so that nothing is shared with the compiler's own error function.
    private static double NormalDistribution(double x)
    {
        const int Steps = 2000;
        double h = x / Steps, sum = 0;
        for (int i = 0; i <= Steps; i++)
        {
            sum += (i is 0 or Steps ? 1 : i % 2 == 1 ? 4 : 2) * Math.Exp(-0.5 * i * h * i * h);
        }

        return 0.5 + (sum * h / 3 / Math.Sqrt(2 * Math.PI));
    }
}
