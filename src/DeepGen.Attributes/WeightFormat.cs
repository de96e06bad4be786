namespace DeepGen;

/// <summary>How predictions store a number of a weight.</summary>
public enum WeightFormat
{
    /// <summary>As the parameter has it.</summary>
    Float32,

    /// <summary>
    /// Rounded to the upper half of a float32, eight bits of precision: half the memory to read, which is what a prediction for one
    /// sample of a large network waits for. Sums and all else stay float32, parameters and training too.
    /// </summary>
    BFloat16,
}

/// <summary>
/// How predictions store the weights of products: of dense, recurrent and attention layers and of convolutions that are neither grouped
/// nor computed in tiles. Biases, normalisations and embeddings stay as they are.
/// </summary>
/// <param name="format">How.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class WeightsAttribute(WeightFormat format) : Attribute
{
    /// <summary>How.</summary>
    public WeightFormat Format { get; } = format;
}
