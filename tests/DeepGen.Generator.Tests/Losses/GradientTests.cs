using DeepGen.Generator.Check;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Tests.Layers;

namespace DeepGen.Generator.Tests.Losses;

/// <summary>The gradient of every loss, through what layers do while training, against differences of the loss itself.</summary>
public class GradientTests
{
    public static TheoryData<string> Networks => new(
        "Input(3), Dense(4), Train(Loss.CrossEntropy)",
        "Input(3), Dense(4), Train(Loss.CrossEntropy, LabelSmoothing = 0.2f, ClassWeights = new[] { 1f, 2f, 0.5f, 3f })",
        "Input(3), Dense(4), Softmax, Train(Loss.CrossEntropy, Soft = true)",
        "Input(3), Dense(4), Train(Loss.BinaryCrossEntropy)",
        "Input(3), Dense(4), Train(Loss.MeanSquaredError)",
        "Input(3), Dense(4), Train(Loss.L1)",
        "Input(3), Dense(4), Train(Loss.Huber, Delta = 0.5f)",
        "Input(3), Dense(4), LogSoftmax, Train(Loss.KullbackLeibler)",
        "Input(3), Dense(4), Train(Loss.GaussianNll)",
        "Input(3), Dense(4), Train(Loss.CosineEmbedding)",
        "Input(3), Dense(4), BatchNorm, Tanh, Dense(2), Train(Loss.MeanSquaredError)",
        "Input(2, 3, 3), BatchNorm, Tanh, Flatten, Dense(2), Train(Loss.MeanSquaredError)",
        "Input(3), Dense(8), Dropout(0.5f), Tanh, Dense(2), Train(Loss.MeanSquaredError)",
        "Input(1, 4, 4), Conv2D(3, 3), BatchNorm, Tanh, MaxPool2D(2), Flatten, Dense(2), Train(Loss.MeanSquaredError)",
        "Input(3), Stack<Normal>(3), Dense(2), Train(Loss.MeanSquaredError)",
        "Input(3), Stack<Normal>(3, Checkpoint = true), Dense(2), Train(Loss.MeanSquaredError)",
        "Input(3), Stack<Part>(2), Dense(4), Train(Loss.CrossEntropy, Certified = true)",
        "Input(1, 4, 4), Conv2D(3, 3), Relu, Flatten, Dense(4), Train(Loss.CrossEntropy, Certified = true, Lowest = -1, Highest = 1)",
        "Input(3), Dense(5), Relu, Dense(4), Train(Loss.CrossEntropy, Certified = true)",
        "Input(3), Gat(2, Heads = 2), Tanh, Gat(4), Train(Loss.CrossEntropy, Certified = true)",
        "Input(3), Dense(5), Tanh, Dense(4), Tanh, Train(Loss.CrossEntropy, Certified = true, Lowest = -1, Highest = 1)");

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_gradient_is_what_differences_say(string attributes)
    {
        var net = new Trained(new UserProgram(
            "[Block, Residual, Dense, BatchNorm, Tanh, Dropout(0.25f)] public sealed partial class Normal;",
            "[Block, Residual, Dense, LayerNorm, Tanh, Dropout(0.25f)] public sealed partial class Part;",
            $"[Network, {attributes}] public sealed partial class Net;").Spec("Net"));
        net.OverRing(4);
        Graph backward = Backward.Run(net.Graph, "loss", net.Training.TrainableParameters);
        GraphVerifier.Verify(backward);
        Values[] values = [net.Random([4, .. Sizes(net, 0)]), Target(net, attributes), .. net.Training.Settings.Select(Setting)];
        var results = net.Step(backward, values);
        Assert.Equal(net.Loss(values), results["loss"].Data[0], 1e-12);
        foreach (string path in net.Training.TrainableParameters)
        {
            Values parameter = net.Parameters[path];
            for (int i = 0; i < parameter.Data.Length; i++)
            {
                double kept = parameter.Data[i];
                parameter.Data[i] = kept + 1e-5;
                double above = net.Loss(values);
                parameter.Data[i] = kept - 1e-5;
                double below = net.Loss(values);
                parameter.Data[i] = kept;
                double gradient = results["gradient:" + path].Data[i];
                Assert.True(Math.Abs(gradient - ((above - below) / 2e-5)) < 1e-6, $"{path}[{i}]: {gradient} instead of {(above - below) / 2e-5}");
            }
        }
    }

    private static int[] Sizes(Trained net, int input) => [.. net.Graph.Inputs[input].Shape.Skip(1).Select(s => s.Value)];

    private static Values Target(Trained net, string attributes)
    {
        if (net.Training.Targets[0].Classes > 0)
        {
            return new([4], [0, 3, 1, 1]);
        }

        bool isShare = attributes.Contains("Soft = true", StringComparison.Ordinal) || attributes.Contains("Kullback", StringComparison.Ordinal);
        return net.Random([4, .. Sizes(net, 1)]).Map(v => isShare ? Math.Abs(v) / 4 : v);
    }

    private static Values Setting(SettingSpec setting) => setting.Kind switch
    {
        SettingKind.Epsilon => new([], [0.2]),
        SettingKind.PlainShare => new([], [0.3]),
        _ => Values.From(setting.Length == 2 ? [2] : [setting.Length / 2, 2], i => 5 + i[^1] + (i.Length > 1 ? 10 * i[0] : 0)),
    };
}
