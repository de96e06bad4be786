namespace DeepGen;

/// <summary>
/// Every position of a sequence [t, n] takes the mean of the values of all positions, weighted by how well its query agrees with
/// their keys: for each head, softmax(q kᵀ / √size) v. Shape unchanged. On a method of two tensors the second is the memory
/// [m, k] that keys and values come from; with <see cref="Masking"/> the last says which keys there are.
/// </summary>
/// <remarks>
/// Parameters: in_proj_weight [3n, n], in_proj_bias [3n], out_proj.weight [n, n], out_proj.bias [n], as
/// <c>nn.MultiheadAttention(n, heads, batch_first=True)</c> has them; with <see cref="Separate"/> or <see cref="KeyValueHeads"/>
/// q_proj, k_proj, v_proj and o_proj, each with weight and bias, as llama has.
/// </remarks>
/// <param name="heads">The number of heads; it must divide n unless <see cref="HeadSize"/> is given.</param>
public sealed class MultiHeadAttentionAttribute(int heads) : LayerAttribute
{
    /// <summary>The number of heads.</summary>
    public int Heads { get; } = heads;

    /// <summary>The number of heads of keys and values, which several heads of queries share; left out, as many as heads.</summary>
    public int KeyValueHeads { get; set; }

    /// <summary>The size of a head; left out, the input's divided by the number of heads.</summary>
    public int HeadSize { get; set; }

    /// <summary>Whether a position sees itself and those before it alone.</summary>
    public bool Causal { get; set; }

    /// <summary>Which keys there are, if not all.</summary>
    public Masking Masking { get; set; }

    /// <summary>Turns queries and keys by their positions.</summary>
    public Rotary Rotary { get; set; }

    /// <summary>The base of the frequencies by which they are turned.</summary>
    public float RotaryBase { get; set; } = 10000f;

    /// <summary>Whether each projection has weights under a name of its own.</summary>
    public bool Separate { get; set; }

    /// <summary>Whether queries, keys and values have biases.</summary>
    public bool Bias { get; set; } = true;

    /// <summary>Whether the output has one; left out, as <see cref="Bias"/> says.</summary>
    public bool OutputBias { get; set; } = true;

    /// <summary>How the weights begin: left out, as PyTorch's do.</summary>
    public Initial Init { get; set; }
}

/// <summary>What the last tensor of an attention says.</summary>
public enum Masking
{
    /// <summary>There is none: all keys count.</summary>
    None,

    /// <summary>A number for each key, [t]: those where it is zero do not count.</summary>
    Keys,

    /// <summary>One number, [1]: so many keys count, from the first on.</summary>
    Length,
}

/// <summary>Rotary positions (Su et al. 2021): which two numbers of a head are turned together.</summary>
public enum Rotary
{
    /// <summary>None are.</summary>
    None,

    /// <summary>Number k of the first half and number k of the second, as GPT-NeoX and llama have it.</summary>
    Halves,

    /// <summary>Numbers 2k and 2k + 1, as GPT-J and the original paper have it.</summary>
    Pairs,
}
