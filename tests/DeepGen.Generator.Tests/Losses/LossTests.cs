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
            Assert.Equal(new TargetSpec("target", loss, 0, 0, new(output[1..])), Assert.Single(net.Training.Targets));
        }
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
