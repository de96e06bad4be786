using DeepGen.Data;

namespace DeepGen.Tests;

/// <summary>Small data whose answer is known.</summary>
internal static class Samples
{
    /// <summary>Images of two by two pixels: the class is the pixel that is brightest, but for the last one.</summary>
    public static DataSet Classes(int count = 200, ulong seed = 5)
    {
        var random = new CounterRandom(seed, "samples");
        var inputs = new float[count * SoftmaxRegression.In];
        var classes = new int[count];
        for (int i = 0; i < count; i++)
        {
            classes[i] = i % SoftmaxRegression.Classes;
            for (int k = 0; k < SoftmaxRegression.In; k++)
            {
                float noise = 0.5f + (0.5f * random.Uniform((i * SoftmaxRegression.In) + k));
                inputs[(i * SoftmaxRegression.In) + k] = k == classes[i] ? 0.6f + (0.4f * noise) : 0.7f * noise;
            }
        }

        return DataSet.FromArrays(inputs, [1, 2, 2], classes, ["left", "right", "below"]);
    }

    /// <summary>y = x₀ − x₁ / 2.</summary>
    public static DataSet Values(int count = 100, ulong seed = 6)
    {
        var random = new CounterRandom(seed, "samples");
        var inputs = new float[count * SmallPerceptron.In];
        var targets = new float[count];
        for (int i = 0; i < count; i++)
        {
            inputs[2 * i] = random.Uniform(2 * i);
            inputs[(2 * i) + 1] = random.Uniform((2 * i) + 1);
            targets[i] = inputs[2 * i] - (inputs[(2 * i) + 1] / 2);
        }

        return DataSet.FromArrays(inputs, [SmallPerceptron.In], targets, [1]);
    }
}
