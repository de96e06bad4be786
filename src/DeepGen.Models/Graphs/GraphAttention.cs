namespace DeepGen.Models;

/// <summary>
/// The graph attention network of Veličković et al. (2018) for Cora, but for the dropout of attention itself: eight heads of eight
/// values, then one for the seven topics. They train it by Adam at 0.005 with a weight decay of 5e-4.
/// </summary>
[Network, Input(1433, Sparse = true, Name = "words")]
[Dropout(0.6f), Gat(8, Heads = 8, Init = Initial.XavierUniform), Elu]
[Dropout(0.6f), Gat(7, Init = Initial.XavierUniform)]
[Train(Loss.CrossEntropy, Masked = true)]
public sealed partial class GraphAttention;
