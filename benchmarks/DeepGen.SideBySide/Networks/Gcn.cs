namespace DeepGen.SideBySide.Networks;

/// <summary>W7: Kipf and Welling's network for Cora, without dropout, whose random numbers no two sides would share.</summary>
[Network, Input(1433, Sparse = true)]
[GraphConv(16), Relu, GraphConv(7)]
[Train(Loss.CrossEntropy, Masked = true)]
public sealed partial class Gcn;
