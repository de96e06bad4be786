using DeepGen;

namespace Citations;

/// <summary>Kipf and Welling's network for Cora: the words of 2708 papers and who cites whom, to seven topics.</summary>
[Network, Input(1433, Sparse = true, Name = "words")]
[Dropout(0.5f), GraphConv(16, Init = Initial.XavierUniform), Relu]
[Dropout(0.5f), GraphConv(7, Init = Initial.XavierUniform)]
[Train(Loss.CrossEntropy, Masked = true)]
public sealed partial class PaperTopics;
