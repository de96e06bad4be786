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
[Train(Loss.CrossEntropy, Masked = true), Certify, Trace]
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
[Train(Loss.CrossEntropy), Certify]
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

/// <summary>Each sample is a graph of up to 12 nodes; the second layer is narrower before its product.</summary>
[Network, Size("N", 12, Lengths = "nodes"), Input("N", 9)]
[GraphConv(5), Relu, GraphConv(20), Tanh, GraphPool, Dense(7), Relu, Dense(3)]
[Train(Loss.CrossEntropy), Certify, Trace]
public sealed partial class Molecules;

[Network, Size("N", 12, Lengths = "nodes"), Input("N", 9)]
[GraphSage(18), Relu, GraphPool(Pooling.Sum), Dense(2)]
[Train(Loss.MeanSquaredError), Certify]
public sealed partial class SummedMolecules;

[Block, Residual]
[Gat(Shrink = 3, Heads = 3), Tanh]
public sealed partial class BondBlock;

/// <summary>Attention within each graph, in a stack, and the largest of every value.</summary>
[Network, Size("N", 40, Lengths = "nodes"), Input("N", 9)]
[Gat(6, Heads = 3), Elu, Stack<BondBlock>(3), GraphPool(Pooling.Max), Dense(3)]
[Train(Loss.CrossEntropy), Certify, Trace]
public sealed partial class AttentiveMolecules;

/// <summary>The same for the tests of Fit alone: those that count allocated bytes must not meet others in the workspaces of a class.</summary>
[Network, Size("N", 40, Lengths = "nodes"), Input("N", 9)]
[Gat(6, Heads = 3), Elu, Stack<BondBlock>(3), GraphPool(Pooling.Max), Dense(3)]
[Train(Loss.CrossEntropy)]
public sealed partial class FittedMolecules;

/// <summary>Graphs of so many nodes always, and an output for every node beside the one for all.</summary>
[Network]
[Train(Loss.MeanSquaredError, Output = "whole"), Train(Loss.MeanSquaredError, Output = "each"), Certify]
public sealed partial class Sensors
{
    [GraphConv(6), Relu] private partial Tensor First(Tensor x);
    [GraphPool(Pooling.Sum)] private partial Tensor All(Tensor x);
    [Dense(1)] private partial Tensor Whole(Tensor x);
    [Dense(2)] private partial Tensor Each(Tensor x);

    private (Tensor whole, Tensor each) Forward([Shape(7, 3)] Tensor x)
    {
        var h = First(x);
        return (Whole(All(h)), Each(h));
    }
}

/// <summary>The same as <see cref="SparseWords"/>, without the rows that no loss needs.</summary>
[Network, Input(40, Sparse = true)]
[Dropout(0.5f), GraphConv(17), Relu, Dropout(0.3f), GraphConv(5)]
[Train(Loss.CrossEntropy, Masked = true, OnlyNeeded = true)]
public sealed partial class NeededWords;

[Network, Input(9)]
[GraphSage(70), Relu, GraphSage(3)]
[Train(Loss.MeanSquaredError, Masked = true, OnlyNeeded = true)]
public sealed partial class NeededMeans;

[Network, Input(40, Sparse = true)]
[Dropout(0.5f), Gat(4, Heads = 3), Elu, Dropout(0.3f), Gat(5)]
[Train(Loss.CrossEntropy, Masked = true, OnlyNeeded = true)]
public sealed partial class NeededAttention;

/// <summary>A stack and the statistics of a batch need everything; what comes after them does not.</summary>
[Network, Input(9)]
[GraphConv(12), Stack<GraphBlock>(3), BatchNorm, GraphConv(8), Tanh, GraphConv(5)]
[Train(Loss.CrossEntropy, Masked = true)]
public sealed partial class MixedWhole;

[Network, Input(9)]
[GraphConv(12), Stack<GraphBlock>(3), BatchNorm, GraphConv(8), Tanh, GraphConv(5)]
[Train(Loss.CrossEntropy, Masked = true, OnlyNeeded = true)]
public sealed partial class MixedNeeded;

/// <summary>Two losses, each with a target of other nodes; the first output is nearer to the inputs.</summary>
[Network]
[Train(Loss.CrossEntropy, Output = "near", Masked = true), Train(Loss.L1, Output = "far", Masked = true)]
public sealed partial class TwoWhole
{
    [GraphConv(8), Tanh] private partial Tensor First(Tensor x);
    [GraphConv(4)] private partial Tensor Second(Tensor x);
    [GraphConv(2)] private partial Tensor Third(Tensor x);

    private (Tensor near, Tensor far) Forward([Shape(9)] Tensor x)
    {
        var near = Second(First(x));
        return (near, Third(Relu(near)));
    }
}

[Network]
[Train(Loss.CrossEntropy, Output = "near", Masked = true, OnlyNeeded = true), Train(Loss.L1, Output = "far", Masked = true)]
public sealed partial class TwoNeeded
{
    [GraphConv(8), Tanh] private partial Tensor First(Tensor x);
    [GraphConv(4)] private partial Tensor Second(Tensor x);
    [GraphConv(2)] private partial Tensor Third(Tensor x);

    private (Tensor near, Tensor far) Forward([Shape(9)] Tensor x)
    {
        var near = Second(First(x));
        return (near, Third(Relu(near)));
    }
}

/// <summary>Coefficients of attention are dropped, of one head and of several.</summary>
[Network, Input(9)]
[Gat(8, Heads = 3, Dropout = 0.4f), Elu, Gat(5, Dropout = 0.5f)]
[Train(Loss.CrossEntropy, Masked = true)]
public sealed partial class DroppingAttention;

/// <summary>Tells whether like nodes are neighbours; how many there are of each kind says nothing.</summary>
[Network, Size("N", 16, Lengths = "nodes"), Input("N", 2)]
[GraphSage(16), Relu, GraphPool(Pooling.Mean), Dense(2)]
[Train(Loss.CrossEntropy)]
public sealed partial class Likeness;

/// <summary>An output for every node.</summary>
[Network, Size("N", 16, Lengths = "nodes"), Input("N", 2)]
[GraphSage(16), Relu, Dense(2)]
[Train(Loss.CrossEntropy, ClassAxis = -1)]
public sealed partial class NodeClasses;

/// <summary>Values for every node.</summary>
[Network, Size("N", 16, Lengths = "nodes"), Input("N", 2)]
[GraphSage(16), Tanh, Dense(3)]
[Train(Loss.MeanSquaredError)]
public sealed partial class NodeValues;

/// <summary>Sequences, which samples of rows are as well.</summary>
[Network, Size("T", 20, Lengths = "lengths"), Input("T", 3)]
[MultiHeadAttention(1), Gru(8), Dense(2)]
[Train(Loss.MeanSquaredError), Trace]
public sealed partial class Follow;
