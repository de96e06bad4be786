using DeepGen.SelfTest.Reference;

namespace DeepGen.SelfTest.Cases;

[Network, Input(2, 35, 34)]
[Conv2D(24, 3, Padding = 1), Relu, MaxPool2D(2), Conv2D(6, 1)]
public sealed partial class LargeImages;

[Network, Input(2, 34, 33)]
[Conv2D(24, 3, Padding = 1), BatchNorm, Relu, Conv2D(8, 1), MaxPool2D(2), Flatten, Dense(3)]
[Train(Loss.CrossEntropy)]
public sealed partial class TrainedLargeImages;

/// <summary>
/// Large images, which kernels go through by bands of rows: a pool that leaves a row out, a product of single pixels,
/// and sums, whose order is that of the bands whatever the registers hold.
/// </summary>
internal sealed class LargeImagesCase : Case
{
    private const int Batch = 5;
    private const int TrainedInputs = 2 * 34 * 33;

    public override string Name => "large images by bands of rows";

    public override void Run(Recorder recorder)
    {
        var network = new LargeImages(19) { Threads = recorder.Threads };
        (double[] Weight, double[] Bias) Layer(string name) => (Values(network, name + ".weight"), Values(network, name + ".bias"));
        var (first, last) = (Layer("0"), Layer("3"));
        recorder.Compare(2 * 35 * 34, 6 * 17 * 17, network.Predict, x => new Image(2, 35, 34, x)
            .Convolve(first.Weight, first.Bias, 24, 3, 1, 1, 1, 1).Map(Scalar.Relu).MaxPool(2, 2, 0)
            .Convolve(last.Weight, last.Bias, 6, 1, 1, 0, 1, 1).Values);

        var trained = new TrainedLargeImages(23) { Threads = recorder.Threads };
        float[] images = new Samples(84).Take(Batch * TrainedInputs, 1);
        int[] classes = new int[Batch];
        for (int i = 0; i < Batch; i++)
            classes[i] = (i * 2) % 3;

        var optimizer = new Adam(3e-3);
        recorder.Learn(6, trained, () => trained.Gradients(images, classes), () => trained.Step(optimizer), below: 0.9f);
    }
}
