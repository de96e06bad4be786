using DeepGen.Runtime;

namespace DeepGen.Tests;

/// <summary>Parameters in several slabs, one longer than a block, with numbers between them that no optimiser may touch.</summary>
internal static class OptimizerCases
{
    public const int Steps = 20;

    /// <summary>One optimiser of every kind and option.</summary>
    public static readonly IReadOnlyDictionary<string, Func<Optimizer>> Makers = new Dictionary<string, Func<Optimizer>>
    {
        ["sgd"] = () => new Sgd(0.05),
        ["sgd, decay"] = () => new Sgd(0.05, weightDecay: 0.01),
        ["sgd, momentum, dampening"] = () => new Sgd(0.05, momentum: 0.9, dampening: 0.2, weightDecay: 0.01),
        ["sgd, nesterov"] = () => new Sgd(0.05, momentum: 0.8, nesterov: true, weightDecay: 0.01),
        ["adam"] = () => new Adam(0.01),
        ["adam, decay"] = () => new Adam(0.01, beta1: 0.8, beta2: 0.99, weightDecay: 0.1),
        ["adam, amsgrad"] = () => new Adam(0.01, beta2: 0.9, amsGrad: true),
        ["adamw"] = () => new AdamW(0.01, weightDecay: 0.1),
        ["adamw, amsgrad"] = () => new AdamW(0.01, beta2: 0.9, weightDecay: 0.1, amsGrad: true),
        ["rmsprop"] = () => new RmsProp(0.01, weightDecay: 0.1),
        ["rmsprop, momentum"] = () => new RmsProp(0.01, alpha: 0.9, momentum: 0.7),
        ["rmsprop, centred"] = () => new RmsProp(0.01, alpha: 0.9, centered: true),
        ["rmsprop, centred, momentum"] = () => new RmsProp(0.01, alpha: 0.9, momentum: 0.7, centered: true, weightDecay: 0.1),
        ["adagrad"] = () => new Adagrad(0.05),
        ["adagrad, options"] = () => new Adagrad(0.05, rateDecay: 0.1, weightDecay: 0.1, initialSum: 0.5, epsilon: 1e-6),
        ["lion"] = () => new Lion(0.01, weightDecay: 0.1),
    };

    public static TheoryData<string> Names => [.. Makers.Keys];

    public static ParameterSet Parameters() => new(
        [
            TestParameters.Declare("0.weight", [70, 80]),
            new("0.running_mean", [70], [], Initializer.Normal, 0.5f, false),
            TestParameters.Declare("0.bias", [70], kind: Initializer.Constant, scale: 0.25f),
            TestParameters.Declare("1.*.weight", [3, 5], [3], Initializer.Normal),
            TestParameters.Declare("1.*.bias", [5], [3], Initializer.Normal),
            new("2.num", [], [], Initializer.Ones, 0, true),
        ],
        7);

    /// <summary>A gradient that a float holds exactly, between -1 and 1; everywhere, also where it must not count.</summary>
    public static float Gradient(int index, long step) => ((((index * 7919L) + ((step + 1) * 104729L)) % 2001) - 1000) / 1024f;

    public static void Fill(GradientSet gradients, long step)
    {
        for (int i = 0; i < gradients.Storage.Length; i++)
        {
            gradients.Storage[i] = Gradient(i, step);
        }
    }

    /// <summary>The parameters after some steps more.</summary>
    public static float[] Run(Optimizer optimizer, ParameterSet parameters, int steps = Steps, int threads = 1)
    {
        var gradients = new GradientSet(parameters);
        for (int i = 0; i < steps; i++)
        {
            Fill(gradients, optimizer.Steps);
            optimizer.Step(parameters, gradients, threads);
        }

        return parameters.Storage.ToArray();
    }

    public static bool[] Trainable(ParameterSet parameters)
    {
        var marks = new bool[parameters.Storage.Length];
        foreach (var parameter in parameters.Where(p => p.Trainable))
        {
            marks.AsSpan(parameter.Offset, parameter.Length).Fill(true);
        }

        return marks;
    }
}
