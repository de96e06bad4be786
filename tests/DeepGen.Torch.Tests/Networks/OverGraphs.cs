namespace DeepGen.Torch.Tests.Networks;

[Network, Input(12)]
[GraphConv(20), Relu, GraphConv(5)]
[Train(Loss.CrossEntropy, Masked = true)]
public sealed partial class GraphConvolutions;

[Network, Input(12)]
[GraphSage(8), Tanh, GraphSage(5)]
[Train(Loss.CrossEntropy, Masked = true)]
public sealed partial class GraphMeans;

[Network, Input(12)]
[Gat(6, Heads = 3), Elu, Gat(5, Heads = 2, Concat = false)]
[Train(Loss.CrossEntropy, Masked = true)]
public sealed partial class GraphAttention;

[Network, Size("N", 12, Lengths = "nodes"), Input("N", 12)]
[GraphConv(20), Relu, GraphConv(9), Tanh, GraphPool, Dense(5)]
[Train(Loss.CrossEntropy)]
public sealed partial class PooledMeans;

[Network, Size("N", 12, Lengths = "nodes"), Input("N", 12)]
[GraphSage(8), Tanh, GraphPool(Pooling.Sum), Dense(6), Relu, Dense(5)]
[Train(Loss.CrossEntropy)]
public sealed partial class PooledSums;

[Network, Size("N", 12, Lengths = "nodes"), Input("N", 12)]
[Gat(6, Heads = 3), Elu, GraphPool(Pooling.Max), Dense(5)]
[Train(Loss.CrossEntropy)]
public sealed partial class PooledMaxima;
