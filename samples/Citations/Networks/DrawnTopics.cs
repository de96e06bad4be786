using DeepGen;

namespace Citations;

/// <summary>The same for the graph that the sample draws.</summary>
[Network, Input(400, Sparse = true, Name = "words")]
[Dropout(0.5f), GraphConv(16, Init = Initial.XavierUniform), Relu]
[Dropout(0.5f), GraphConv(5, Init = Initial.XavierUniform)]
[Train(Loss.CrossEntropy, Masked = true)]
public sealed partial class DrawnTopics;
