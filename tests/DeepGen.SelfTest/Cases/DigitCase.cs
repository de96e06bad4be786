using DeepGen.SelfTest.Reference;

namespace DeepGen.SelfTest.Cases;

[Network, Input(1, 12, 12)]
[Conv2D(16, 3, Padding = 1), Relu, MaxPool2D(2)]
[Conv2D(32, 3, Padding = 1), Relu, MaxPool2D(2)]
[Flatten, Dense(20), Relu, Dense(10)]
public sealed partial class Digit;

internal sealed class DigitCase : Case
{
    public override string Name => "two convolutions with pooling, then dense";

    public override void Run(Recorder recorder)
    {
        var network = new Digit(15) { Threads = recorder.Threads };
        double[] w0 = Values(network, "0.weight"), b0 = Values(network, "0.bias"), w3 = Values(network, "3.weight"), b3 = Values(network, "3.bias");
        Dense hidden = Dense(network, "7"), scores = Dense(network, "9");
        recorder.Compare(144, 10, network.Predict, x =>
        {
            var image = new Image(1, 12, 12, x)
                .Convolve(w0, b0, 16, 3, 1, 1, 1, 1).Map(Scalar.Relu).MaxPool(2, 2, 0)
                .Convolve(w3, b3, 32, 3, 1, 1, 1, 1).Map(Scalar.Relu).MaxPool(2, 2, 0);
            return scores.Apply(Scalar.Map(hidden.Apply(image.Values), Scalar.Relu));
        });
    }
}
