using static DeepGen.Ops;

namespace DeepGen.Torch.Tests.Networks;

// The networks of sequences.py.

[Network, Train(Loss.CrossEntropy)]
public sealed partial class CarriedStates
{
    [Lstm(12, Layers = 2, Bidirectional = true)] private partial (Tensor All, Tensor H, Tensor C) Go(Tensor x, Tensor h, Tensor c);
    [Dense(10)] private partial Tensor Head(Tensor x);

    private Tensor Forward([Shape(9, 5)] Tensor x, [Shape(4, 12)] Tensor h, [Shape(4, 12)] Tensor c)
    {
        (x, h, c) = Go(x, h, c);
        return Head(Concat(Flatten(x), Flatten(h), Flatten(c)));
    }
}

[Network, Train(Loss.CrossEntropy)]
public sealed partial class TranslatedStates
{
    [Learned(16)] private partial Tensor Start();
    [Gru(16)] private partial (Tensor All, Tensor H) Read(Tensor x);
    [Gru(16)] private partial Tensor Write(Tensor x, Tensor h);
    [Dense(10)] private partial Tensor Head(Tensor x);

    private Tensor Forward([Shape(9, 5)] Tensor x, [Shape(7, 4)] Tensor y) => Head(Flatten(Write(y, Read(x).H + Start())));
}

[Network, Size("T", 9, Lengths = "lengths"), Train(Loss.CrossEntropy)]
public sealed partial class RaggedLstm
{
    [Lstm(12, Bidirectional = true)] private partial Tensor Go(Tensor x);
    [Dense(10)] private partial Tensor Head(Tensor x);

    private Tensor Forward([Shape("T", 5)] Tensor x) => Head(Mean(Go(x), 0));
}
