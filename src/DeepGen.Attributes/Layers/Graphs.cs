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

/// <summary>
/// Graph attention (Veličković et al. 2018): yᵢ = Σⱼ αᵢⱼ W xⱼ + b over the neighbours j of node i and the node itself, with
/// αᵢⱼ = softmaxⱼ(leaky(a_src · W xⱼ + a_dst · W xᵢ)), for each of some heads. Shape [n] → [heads · units], or [units] where the mean of the heads
/// is taken. Parameters: lin.weight [heads · units, n], att_src and att_dst [1, heads, units], bias. PyTorch Geometric: <c>GATConv</c>.
/// </summary>
/// <param name="units">The size of a head's output; left out, the size of the input.</param>
public sealed class GatAttribute(int units = 0) : LayerAttribute
{
    /// <summary>The size of a head's output; left out, the size of the input.</summary>
    public int Units { get; } = units;

    /// <summary>How many heads.</summary>
    public int Heads { get; set; } = 1;

    /// <summary>Whether the outputs of all heads stand side by side; otherwise their mean is taken.</summary>
    public bool Concat { get; set; } = true;

    /// <summary>What a negative score is multiplied by before the softmax; at least 0 and below 1.</summary>
    public float Slope { get; set; } = 0.2f;

    /// <summary>The share of the coefficients αᵢⱼ set to zero while training, of each head others; the rest is multiplied up.</summary>
    public float Dropout { get; set; }

    /// <summary>Whether b is there.</summary>
    public bool Bias { get; set; } = true;

    /// <summary>Instead of <see cref="Units"/>: a head's output is this many times as large as the input.</summary>
    public int Expand { get; set; }

    /// <summary>Instead of <see cref="Units"/>: a head's output is the input's size divided by this, which must divide it.</summary>
    public int Shrink { get; set; }

    /// <summary>How the weights begin.</summary>
    public Initial Init { get; set; }
}

/// <summary>
/// One row of all nodes of a graph: their mean, their sum, or the largest of each value. Each sample is a graph. Shape [nodes, n] →
/// [n]. PyTorch Geometric: <c>global_mean_pool</c>, <c>global_add_pool</c>, <c>global_max_pool</c>.
/// </summary>
/// <param name="pooling">What is taken of the nodes.</param>
public sealed class GraphPoolAttribute(Pooling pooling = Pooling.Mean) : LayerAttribute
{
    /// <summary>What is taken of the nodes.</summary>
    public Pooling Pooling { get; } = pooling;
}

/// <summary>What is taken of all nodes of a graph.</summary>
public enum Pooling
{
    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>The largest.</summary>
    Max,
}
