namespace DeepGen;

/// <summary>
/// Rows of a table, chosen by number: ids [t] → [t, size]. It is the first layer an input goes to, which thereby becomes one
/// of whole numbers (<c>int</c>). Parameter: weight [vocabulary, size]. PyTorch: <c>nn.Embedding</c>.
/// </summary>
/// <param name="vocabulary">How many rows: ids go from 0 to one less.</param>
/// <param name="size">The size of a row.</param>
public sealed class EmbeddingAttribute(int vocabulary, int size) : LayerAttribute
{
    /// <summary>How many rows: ids go from 0 to one less.</summary>
    public int Vocabulary { get; } = vocabulary;

    /// <summary>The size of a row.</summary>
    public int Size { get; } = size;

    /// <summary>How the weight begins: left out, normal with deviation 1.</summary>
    public Initial Init { get; set; }
}

/// <summary>
/// y = W x with the weight of another layer of the same class, an <see cref="EmbeddingAttribute"/> or a
/// <see cref="DenseAttribute"/> used before it: scores of all ids from the rows that stand for them. No parameters of its own.
/// PyTorch: <c>head.weight = embedding.weight</c>.
/// </summary>
/// <param name="layer">The other layer's name: of a layer method in camel case, of a list of layers its number.</param>
public sealed class TiedAttribute(string layer) : LayerAttribute
{
    /// <summary>The other layer's name.</summary>
    public string Layer { get; } = layer;
}

/// <summary>
/// y[i] = x[i] + weight[i]: a learned row for each position of a sequence [t, n]. Parameter: weight [longest, n]. PyTorch:
/// <c>x + embedding(arange(t))</c>.
/// </summary>
public sealed class LearnedPositionsAttribute : LayerAttribute
{
    /// <summary>How many rows the weight has; left out, as many as the sequence.</summary>
    public int Longest { get; set; }

    /// <summary>How the weight begins: left out, normal with deviation 1.</summary>
    public Initial Init { get; set; }
}

/// <summary>
/// y[i] = x[i] + (sin(i / base^(2k / n)), cos(i / base^(2k / n)))ₖ: sines of falling frequencies for each position of a
/// sequence [t, n], n being even (Vaswani et al. 2017).
/// </summary>
public sealed class SinusoidalPositionsAttribute : LayerAttribute
{
    /// <summary>The base of the frequencies.</summary>
    public float Base { get; set; } = 10000f;
}

/// <summary>
/// y = x / √(mean of x² + ε) · weight over the last axis of a vector or a sequence. Parameter: weight [n]. PyTorch:
/// <c>nn.RMSNorm</c>.
/// </summary>
public sealed class RmsNormAttribute : LayerAttribute
{
    /// <summary>ε, which keeps the division away from zero.</summary>
    public float Epsilon { get; set; } = 1e-5f;

    /// <summary>How the weight begins: left out at one, or at <see cref="Initial.Zeros"/>.</summary>
    public Initial Init { get; set; }
}

/// <summary>
/// y = W₃ (silu(W₁ x) · W₂ x) along the last axis of a vector or a sequence, whose shape it keeps. Parameters:
/// gate_proj.weight, up_proj.weight [hidden, n], down_proj.weight [n, hidden], the names of llama's.
/// </summary>
/// <param name="hidden">The size in between; left out, four times the input's.</param>
public sealed class SwiGluAttribute(int hidden = 0) : LayerAttribute
{
    /// <summary>The size in between.</summary>
    public int Hidden { get; } = hidden;

    /// <summary>Whether the three products have biases.</summary>
    public bool Bias { get; set; }

    /// <summary>How the weights begin.</summary>
    public Initial Init { get; set; }
}
