namespace DeepGen.SelfTest.Cases;

[Block, Residual]
[Dense, Relu, Dense(Init = Initial.Zeros)]
public sealed partial class LearningBlock;

[Network, Input(2, 10, 10)]
[Conv2D(12, 3, Padding = 1), BatchNorm, Relu, MaxPool2D(2)]
[Conv2D(17, 3, Stride = 2), LeakyRelu]
[Flatten, Dense(20), Gelu, Dropout(0.2f), Stack<LearningBlock>(3), Dense(5)]
[Train(Loss.CrossEntropy, LabelSmoothing = 0.1f)]
public sealed partial class Learning;

/// <summary>
/// A few steps of training, hashed to the last bit: losses, weights and statistics. What they ought to be is a matter of the
/// tests of gradients; here, that the gradient points where the loss falls, and that every machine takes the same way.
/// </summary>
internal sealed class TrainingCase : Case
{
    private const int Batch = 37;
    private const int Inputs = 2 * 10 * 10;

    public override string Name => "twelve steps of training";

    public override void Run(Recorder recorder)
    {
        var network = new Learning(31) { Threads = recorder.Threads };
        var samples = new Samples(77);
        float[] images = samples.Take(Batch * Inputs, 1);
        int[] classes = new int[Batch];
        for (int i = 0; i < Batch; i++)
            classes[i] = (i * 7) % 5;

        CheckSlope(network, recorder, images, classes);
        var optimizer = new Adam(3e-3) { ClipNorm = 1 };
        optimizer.Group("*.bias", weightDecay: 0);
        recorder.Learn(12, network, () => network.Gradients(images, classes), () => network.Step(optimizer), below: 0.8f);
    }

    /// <summary>A small step against the gradient lowers the loss by the step times the gradient's square, to within a few percent.</summary>
    private static void CheckSlope(Learning network, Recorder recorder, float[] images, int[] classes)
    {
        double Loss() => network.Gradients(images, classes);
        double before = Loss();
        double square = 0;
        var gradients = network.Parameters.Where(p => p.Trainable).ToDictionary(p => p.Name, p => network.Training.Gradients.Of(p).ToArray());
        foreach (float[] gradient in gradients.Values)
            square += gradient.Sum(g => (double)g * g);

        float rate = (float)(0.01 / square);
        foreach (var (name, gradient) in gradients)
        {
            var parameter = network.Parameters[name];
            float[] values = parameter.Values.ToArray();
            for (int i = 0; i < values.Length; i++)
                values[i] -= rate * gradient[i];
            parameter.Write(values);
        }

        double fall = (before - Loss()) / 0.01;
        recorder.Require(fall is > 0.8 and < 1.1, $"along the gradient the loss fell by {fall} of what it promises");
    }
}
