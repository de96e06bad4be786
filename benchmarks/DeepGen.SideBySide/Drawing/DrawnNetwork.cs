namespace DeepGen.SideBySide.Drawing;

/// <summary>A network nobody tuned anything for: equal seeds give equal ones.</summary>
internal sealed record DrawnNetwork(string Name, int[] Input, IReadOnlyList<DrawnLayer> Layers)
{
    /// <summary>From a tenth of a millisecond to fifty for a batch of 32, on a core that does a hundred billion operations a second.</summary>
    private const double LeastWork = 0.2e6, MostWork = 50e6;

    /// <summary>Numbers of a sample between layers; more would measure memory alone.</summary>
    private const int LargestValue = 400_000;

    private static readonly int[] s_widths = [17, 33, 50, 64, 100, 128, 129, 200, 255, 256, 300, 333, 400, 512, 777, 1000];
    private static readonly int[] s_channels = [8, 12, 16, 17, 24, 31, 32, 40, 48, 64, 70, 96];
    private static readonly int[] s_sizes = [14, 20, 27, 28, 32, 33, 48, 64, 100];
    private static readonly (string, string)[] s_activations =
        [("Relu", "ReLU"), ("Relu", "ReLU"), ("Relu", "ReLU"), ("Relu", "ReLU"), ("Tanh", "Tanh"), ("Gelu", "GELU"), ("Silu", "SiLU"), ("LeakyRelu", "LeakyReLU"), ("Sigmoid", "Sigmoid"), ("Elu", "ELU")];

    public double MultiplyAdds => Layers.Sum(layer => layer.MultiplyAdds);

    public static IReadOnlyList<DrawnNetwork> Draw(int seed, int count) => [.. Enumerable.Range(0, count).Select(i => One(seed, i))];

    private static DrawnNetwork One(int seed, int index)
    {
        // A generator of each network's own: the tenth does not depend on how often the others were drawn anew.
        var random = new Random(Mixed(seed, index));
        while (true)
        {
            DrawnNetwork drawn = index % 2 == 0 ? Perceptron(random, $"Random{index}") : Convolutions(random, $"Random{index}");
            if (drawn.MultiplyAdds is >= LeastWork and <= MostWork && drawn.Layers.All(layer => DrawnLayer.Size(layer.Output) <= LargestValue))
                return drawn;
        }
    }

    private static DrawnNetwork Perceptron(Random random, string name)
    {
        int[] input = [One(random, s_widths)];
        var layers = new List<DrawnLayer>();
        for (int left = random.Next(1, 5); left > 0; left--)
        {
            layers.Add(DrawnLayer.Dense(layers.LastOrDefault()?.Output[0] ?? input[0], One(random, s_widths)));
            Finish(random, layers);
        }

        layers.Add(DrawnLayer.Dense(layers[^1].Output[0], random.Next(1, 101)));
        return new DrawnNetwork(name, input, layers);
    }

    private static DrawnNetwork Convolutions(Random random, string name)
    {
        int size = One(random, s_sizes);
        int[] input = [One(random, 1, 3, 3, 4, 17), size, size];
        var layers = new List<DrawnLayer>();
        int[] Shape() => layers.LastOrDefault()?.Output ?? input;
        for (int left = random.Next(2, 6); left > 0; left--)
        {
            int stride = Shape()[1] >= 8 && random.Next(4) == 0 ? 2 : 1;
            if (layers.Count > 0 && random.Next(4) == 0)
            {
                layers.Add(DrawnLayer.Depthwise(Shape(), One(random, 3, 3, 5), stride));
                Finish(random, layers);
                layers.Add(DrawnLayer.Conv(Shape(), One(random, s_channels), 1, 1));
            }
            else
            {
                layers.Add(DrawnLayer.Conv(Shape(), One(random, s_channels), One(random, 3, 3, 3, 5, 1), stride));
            }

            Finish(random, layers);
            if (Shape()[1] >= 8 && random.Next(3) == 0)
                layers.Add(random.Next(3) == 0 ? DrawnLayer.Pool("max", Shape(), 3, 2, 1) : DrawnLayer.Pool(One(random, "max", "max", "average"), Shape(), 2, 2, 0));
        }

        layers.Add(DrawnLayer.Size(Shape()) <= 8192 && random.Next(2) == 0 ? DrawnLayer.Flatten(Shape()) : DrawnLayer.GlobalAveragePool(Shape()));
        layers.Add(DrawnLayer.Dense(Shape()[0], random.Next(2, 101)));
        return new DrawnNetwork(name, input, layers);
    }

    /// <summary>What follows a product: a normalisation now and then, and an activation.</summary>
    private static void Finish(Random random, List<DrawnLayer> layers)
    {
        if (random.Next(3) == 0)
            layers.Add(DrawnLayer.BatchNorm(layers[^1].Output));
        (string attribute, string module) = One(random, s_activations);
        layers.Add(DrawnLayer.Activation(attribute, module, layers[^1].Output));
    }

    /// <summary>Seeds that are neighbours begin alike, so their bits are spread (by Knuth's multiplier) first.</summary>
    private static int Mixed(int seed, int index) => (int)((((ulong)(uint)seed << 32) + (uint)index + 1) * 6364136223846793005UL >> 33);

    private static T One<T>(Random random, params T[] choices) => choices[random.Next(choices.Length)];
}
