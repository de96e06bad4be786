namespace DeepGen;

/// <summary>
/// A graph convolution (Kipf and Welling 2017): y = Â x W + b over the nodes of a graph, which are the samples of the batch, with
/// Â = D⁻½ (A + I) D⁻½. Shape [n] → [units]. Parameters: weight [n, units], bias [units]. DGL: <c>GraphConv</c>; PyTorch Geometric:
/// <c>GCNConv</c>, whose weight is the transpose.
/// </summary>
/// <param name="units">The size of the output; left out, the size of the input.</param>
public sealed class GraphConvAttribute(int units = 0) : LayerAttribute
{
    /// <summary>The size of the output; left out, the size of the input.</summary>
    public int Units { get; } = units;

    /// <summary>Whether b is there.</summary>
    public bool Bias { get; set; } = true;

    /// <summary>Instead of <see cref="Units"/>: the output is this many times as large as the input.</summary>
    public int Expand { get; set; }

    /// <summary>Instead of <see cref="Units"/>: the output is the input's size divided by this, which must divide it.</summary>
    public int Shrink { get; set; }

    /// <summary>How the weight begins.</summary>
    public Initial Init { get; set; }
}

/// <summary>
/// GraphSAGE with the mean of the neighbours (Hamilton et al. 2017): y = x W_r + b + M x W_l over the nodes of a graph, M
/// taking the mean of each node's neighbours, zero where there are none. Shape [n] → [units]. Parameters: lin_l.weight [units, n], lin_l.bias
/// [units], lin_r.weight [units, n]. PyTorch Geometric: <c>SAGEConv</c>.
/// </summary>
/// <param name="units">The size of the output; left out, the size of the input.</param>
public sealed class GraphSageAttribute(int units = 0) : LayerAttribute
{
    /// <summary>The size of the output; left out, the size of the input.</summary>
    public int Units { get; } = units;

    /// <summary>Whether b is there.</summary>
    public bool Bias { get; set; } = true;

    /// <summary>Instead of <see cref="Units"/>: the output is this many times as large as the input.</summary>
    public int Expand { get; set; }

    /// <summary>Instead of <see cref="Units"/>: the output is the input's size divided by this, which must divide it.</summary>
    public int Shrink { get; set; }

    /// <summary>How the weights begin.</summary>
    public Initial Init { get; set; }
}
