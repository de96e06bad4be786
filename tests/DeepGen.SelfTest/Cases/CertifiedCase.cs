namespace DeepGen.SelfTest.Cases;

[Network, Input(1, 6, 6)]
[Conv2D(6, 3, Padding = 1), Relu, MaxPool2D(2), Flatten, Dense(12), Tanh, Dense(4), Softmax]
[Certify]
public sealed partial class Certified;

/// <summary>Bounds are hashed like predictions, and no point of the box, corners included, may leave them.</summary>
internal sealed class CertifiedCase : Case
{
    private const int Inputs = 36;
    private const int Outputs = 4;

    public override string Name => "certified bounds of a small convolutional network";

    public override void Run(Recorder recorder)
    {
        var network = new Certified(22) { Threads = recorder.Threads };
        var samples = new Samples(220);
        foreach (float epsilon in (float[])[0, 1e-6f, 0.01f, 0.3f])
        {
            float[] centre = samples.Take(Inputs), lower = new float[Inputs], upper = new float[Inputs];
            for (int i = 0; i < Inputs; i++)
            {
                lower[i] = centre[i] - epsilon;
                upper[i] = centre[i] + epsilon;
            }

            float[] least = new float[Outputs], greatest = new float[Outputs];
            network.Certify(lower, upper, least, greatest);
            recorder.Hash.Add(least);
            recorder.Hash.Add(greatest);
            for (int attempt = 0; attempt < 64; attempt++)
                RequireInside(recorder, network, PointOf(samples, lower, upper, corner: attempt % 2 == 0), least, greatest);
        }
    }

    private static float[] PointOf(Samples samples, float[] lower, float[] upper, bool corner)
    {
        var point = new float[Inputs];
        for (int i = 0; i < Inputs; i++)
        {
            float t = (samples.Next() + 1) / 2;
            point[i] = corner ? (t < 0.5f ? lower[i] : upper[i]) : Math.Clamp(lower[i] + (t * (upper[i] - lower[i])), lower[i], upper[i]);
        }

        return point;
    }

    private static void RequireInside(Recorder recorder, Certified network, float[] point, float[] least, float[] greatest)
    {
        var output = new float[Outputs];
        network.Predict(point, output);
        for (int i = 0; i < Outputs; i++)
            recorder.Require(least[i] <= output[i] && output[i] <= greatest[i], "an output leaves its certified interval");
    }
}
