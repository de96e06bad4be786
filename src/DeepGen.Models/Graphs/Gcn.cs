namespace DeepGen.Models;

/// <summary>
/// The graph convolution network of Kipf and Welling (2017) for Cora: the words of papers and who cites whom, to seven topics. Papers
/// whose topic is not known have the class −1. They train it by Adam at 0.01 for 200 epochs, with a weight decay of 5e-4 on the first
/// layer.
/// </summary>
[Network, Input(1433, Sparse = true, Name = "words")]
[Dropout(0.5f), GraphConv(16, Init = Initial.XavierUniform), Relu]
[Dropout(0.5f), GraphConv(7, Init = Initial.XavierUniform)]
[Train(Loss.CrossEntropy, Masked = true)]
public sealed partial class Gcn;
