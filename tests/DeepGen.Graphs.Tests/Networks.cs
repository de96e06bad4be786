using static DeepGen.Ops;

namespace DeepGen.Graphs.Tests;

/// <summary>The first layer is narrower before, the second after its product.</summary>
[Network, Input(9)]
[GraphConv(16), Relu, GraphConv(5)]
[Train(Loss.CrossEntropy, Masked = true), Certify, Trace]
public sealed partial class Convolutions;

[Network, Input(40)]
[Dropout(0.5f), GraphConv(17), Relu, Dropout(0.3f), GraphConv(5)]
[Train(Loss.CrossEntropy, Masked = true)]
public sealed partial class DenseWords;

[Network, Input(40, Sparse = true)]
[Dropout(0.5f), GraphConv(17), Relu, Dropout(0.3f), GraphConv(5)]
[Train(Loss.CrossEntropy, Masked = true)]
public sealed partial class SparseWords;

/// <summary>Sparse vectors without a graph: every sample is computed by itself.</summary>
[Network, Input(40, Sparse = true)]
[Dense(17), Relu, Dense(5)]
[Train(Loss.CrossEntropy)]
public sealed partial class SparsePerceptron;

[Network, Input(40)]
[Dense(17), Relu, Dense(5)]
[Train(Loss.CrossEntropy)]
public sealed partial class DensePerceptron;

[Network, Input(9)]
[GraphSage(70), Relu, GraphSage(3)]
[Train(Loss.MeanSquaredError, Masked = true), Certify]
public sealed partial class Means;

/// <summary>Heads side by side, of a width that fills vectors and one that does not; then the mean of two.</summary>
[Network, Input(9)]
[Gat(8, Heads = 5), Elu, Gat(16, Heads = 2, Slope = 0.1f), Elu, Gat(5, Heads = 2, Concat = false)]
[Train(Loss.CrossEntropy, Masked = true), Trace]
public sealed partial class Attentive;

[Network, Input(40)]
[Dropout(0.5f), Gat(4, Heads = 3), Elu, Dropout(0.3f), Gat(5)]
[Train(Loss.CrossEntropy, Masked = true)]
public sealed partial class AttentiveDense;

[Network, Input(40, Sparse = true)]
[Dropout(0.5f), Gat(4, Heads = 3), Elu, Dropout(0.3f), Gat(5)]
[Train(Loss.CrossEntropy, Masked = true)]
public sealed partial class AttentiveSparse;

[Block, Residual]
[Gat(Shrink = 3, Heads = 3), Tanh]
public sealed partial class AttentiveBlock;

[Network, Input(9)]
[Dense(12), Stack<AttentiveBlock>(3), Dense(5)]
[Train(Loss.CrossEntropy)]
public sealed partial class DeepAttentive;

[Block, Residual]
[GraphConv, Tanh]
public sealed partial class GraphBlock;

/// <summary>A loop whose iterations wait for all nodes.</summary>
[Network, Input(9)]
[Dense(12), Stack<GraphBlock>(5), BatchNorm, Dense(5)]
[Train(Loss.CrossEntropy)]
public sealed partial class DeepGraph;

/// <summary>Each node holds a sequence, of a length known at run time only.</summary>
[Network, Size("T", 8)]
[Train(Loss.CrossEntropy, Masked = true), Certify, Trace]
public sealed partial class Histories
{
    [Dense(7), Tanh] private partial Tensor First(Tensor x);
    [GraphConv(5)] private partial Tensor Last(Tensor x);

    private Tensor Forward([Shape("T", 6)] Tensor x) => Last(Mean(First(x), 0));
}

/// <summary>The same of three steps always.</summary>
[Network]
[Train(Loss.CrossEntropy, Masked = true), Certify, Trace]
public sealed partial class ShortHistories
{
    [Dense(7), Tanh] private partial Tensor First(Tensor x);
    [GraphConv(5)] private partial Tensor Last(Tensor x);

    private Tensor Forward([Shape(3, 6)] Tensor x) => Last(Mean(First(x), 0));
}
