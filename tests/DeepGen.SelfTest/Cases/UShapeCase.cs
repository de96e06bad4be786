using static DeepGen.Ops;

namespace DeepGen.SelfTest.Cases;

[Network, Train(Loss.MeanSquaredError), Certify]
public sealed partial class Outlines
{
    [Conv2D(7, 3, Padding = 1, PaddingMode = PaddingMode.Reflect), InstanceNorm, Relu6]
    private partial Tensor Fine(Tensor x);

    [Conv2D(12, 3, Stride = 2, Padding = 1), Silu]
    private partial Tensor Down(Tensor x);

    [ConvTranspose2D(7, 4, Stride = 2, Padding = 1), Tanh]
    private partial Tensor Up(Tensor x);

    [Upsample2D(2, Mode = UpsampleMode.Bilinear), Conv2D(3, 1)]
    private partial Tensor Wide(Tensor x);

    [Conv2D(8, 3, Padding = 1, PaddingMode = PaddingMode.Replicate), PixelShuffle(2)]
    private partial Tensor Last(Tensor x);

    private Tensor Forward([Shape(2, 10, 14)] Tensor x)
    {
        var fine = Fine(x);
        var coarse = Down(fine);
        return Last(Concat(Up(coarse), fine, Wide(coarse)));
    }
}

/// <summary>Down and up again with a way across: predictions, bounds and learning, hashed to the last bit.</summary>
internal sealed class UShapeCase : Case
{
    private const int Batch = 5, Inputs = 2 * 10 * 14, Outputs = 2 * 20 * 28;

    public override string Name => "a U-shape: predictions, bounds, eight steps";

    public override void Run(Recorder recorder)
    {
        var network = new Outlines(6) { Threads = recorder.Threads };
        float[] images = new Samples(9).Take(Batch * Inputs, 1), targets = new Samples(10).Take(Batch * Outputs, 1);
        float[] outputs = new float[targets.Length], lower = new float[targets.Length], upper = new float[targets.Length];
        network.Predict(images, outputs);
        network.Certify(images, 0.001f, lower, upper);
        recorder.Hash.Add(outputs);
        recorder.Hash.Add(lower);
        recorder.Hash.Add(upper);
        for (int i = 0; i < outputs.Length; i++)
            recorder.Require(lower[i] <= outputs[i] && outputs[i] <= upper[i], $"output {i}, {outputs[i]}, is not within [{lower[i]}, {upper[i]}]");

        var optimizer = new Adam(1e-2);
        recorder.Learn(8, network, () => network.Gradients(images, targets), () => network.Step(optimizer), below: 0.99f);
    }
}
