namespace DeepGen.Torch.Tests.Networks;

// One layer and a loss each, as in the second list of reference.py.

[Network, Input(7), Dense(5), Train(Loss.CrossEntropy)]
public sealed partial class CrossEntropy;

[Network, Input(7), Dense(5), Train(Loss.CrossEntropy, LabelSmoothing = 0.2f)]
public sealed partial class CrossEntropySmoothed;

[Network, Input(7), Dense(5), Train(Loss.CrossEntropy, ClassWeights = [0.5f, 2, 0, 1.25f, 3])]
public sealed partial class CrossEntropyWeighted;

[Network, Input(7), Dense(5), Train(Loss.CrossEntropy, ClassWeights = [0.5f, 2, 0, 1.25f, 3], LabelSmoothing = 0.2f)]
public sealed partial class CrossEntropyWeightedSmoothed;

[Network, Input(7), Dense(5), Train(Loss.CrossEntropy, Soft = true)]
public sealed partial class CrossEntropySoft;

[Network, Input(7), Dense(5), Train(Loss.CrossEntropy, Soft = true, LabelSmoothing = 0.2f)]
public sealed partial class CrossEntropySoftSmoothed;

[Network, Input(7), Dense(5), Train(Loss.CrossEntropy, Soft = true, ClassWeights = [0.5f, 2, 0, 1.25f, 3], LabelSmoothing = 0.2f)]
public sealed partial class CrossEntropySoftWeightedSmoothed;

[Network, Input(2, 3, 4), Conv2D(5, 1), Train(Loss.CrossEntropy)]
public sealed partial class CrossEntropyOfPixels;

[Network, Input(2, 3, 4), Conv2D(5, 1), Train(Loss.CrossEntropy, ClassWeights = [0.5f, 2, 0, 1.25f, 3], LabelSmoothing = 0.2f)]
public sealed partial class CrossEntropyOfPixelsWeightedSmoothed;

[Network, Input(7), Dense(5), Train(Loss.BinaryCrossEntropy)]
public sealed partial class BinaryCrossEntropy;

[Network, Input(7), Dense(5), Train(Loss.MeanSquaredError)]
public sealed partial class MeanSquaredError;

[Network, Input(7), Dense(5), Train(Loss.L1)]
public sealed partial class L1;

[Network, Input(7), Dense(5), Train(Loss.Huber)]
public sealed partial class Huber;

[Network, Input(7), Dense(5), Train(Loss.Huber, Delta = 0.6f)]
public sealed partial class HuberDelta;

[Network, Input(7), Dense(5), LogSoftmax, Train(Loss.KullbackLeibler)]
public sealed partial class KullbackLeibler;

[Network, Input(7), Dense(6), Train(Loss.GaussianNll)]
public sealed partial class GaussianNll;

[Network, Input(7), Dense(5), Train(Loss.CosineEmbedding)]
public sealed partial class CosineEmbedding;

[Network, Train(Loss.CosineEmbedding, Output = "Left", Other = "Right")]
public sealed partial class CosineEmbeddingPair
{
    [Dense(5)] private partial Tensor Left(Tensor x);
    [Dense(5)] private partial Tensor Right(Tensor x);

    private (Tensor Left, Tensor Right) Forward([Shape(7)] Tensor x) => (Left(x), Right(x));
}

[Network, Train(Loss.CosineEmbedding, Output = "Left", Other = "Right", Margin = 0.3f)]
public sealed partial class CosineEmbeddingPairMargin
{
    [Dense(5)] private partial Tensor Left(Tensor x);
    [Dense(5)] private partial Tensor Right(Tensor x);

    private (Tensor Left, Tensor Right) Forward([Shape(7)] Tensor x) => (Left(x), Right(x));
}
