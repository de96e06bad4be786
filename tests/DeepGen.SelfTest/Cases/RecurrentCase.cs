namespace DeepGen.SelfTest.Cases;

[Network, Size("T", 23), Input("T", 6)]
[Lstm(19), Gru(10), Dense(3)]
[Train(Loss.CrossEntropy, ClassAxis = -1), Certify, Stream]
public sealed partial class Melody;

/// <summary>Recurrent layers over sequences of several lengths, whole and step by step: hashed to the last bit.</summary>
internal sealed class RecurrentCase : Case
{
    private const int Batch = 5, Longest = 23, Inputs = 6, Outputs = 3;

    public override string Name => "recurrent layers: sequences of three lengths, steps, bounds, learning";

    public override void Run(Recorder recorder)
    {
        var network = new Melody(12) { Threads = recorder.Threads };
        foreach (int length in new[] { 1, 8, Longest })
            Predict(network, recorder, length);

        float[] notes = new Samples(5).Take(Batch * Longest * Inputs, 1);
        int[] classes = [.. Enumerable.Range(0, Batch * Longest).Select(i => notes[i * Inputs] < -0.3f ? 0 : notes[i * Inputs] < 0.3f ? 1 : 2)];
        var optimizer = new Adam(1e-2);
        recorder.Learn(12, network, () => network.Gradients(notes, classes), () => network.Step(optimizer), below: 0.95f);
    }

    private static void Predict(Melody network, Recorder recorder, int length)
    {
        float[] notes = new Samples((ulong)length).Take(Batch * length * Inputs, 1);
        float[] outputs = new float[Batch * length * Outputs], lower = new float[outputs.Length], upper = new float[outputs.Length];
        network.Predict(notes, outputs, length);
        network.Certify(notes, 0.01f, lower, upper, length);
        recorder.Hash.Add(outputs);
        recorder.Hash.Add(lower);
        recorder.Hash.Add(upper);
        for (int i = 0; i < outputs.Length; i++)
            recorder.Require(lower[i] <= outputs[i] && outputs[i] <= upper[i], $"output {i}, {outputs[i]}, is not within [{lower[i]}, {upper[i]}]");

        var state = network.NewState(Batch);
        float[] now = new float[Batch * Inputs], said = new float[Batch * Outputs];
        for (int t = 0; t < length; t++)
        {
            for (int b = 0; b < Batch; b++)
                notes.AsSpan(((b * length) + t) * Inputs, Inputs).CopyTo(now.AsSpan(b * Inputs));
            network.Step(now, said, state);
            for (int b = 0; b < Batch; b++)
            {
                var whole = outputs.AsSpan(((b * length) + t) * Outputs, Outputs);
                recorder.Require(whole.SequenceEqual(said.AsSpan(b * Outputs, Outputs)), $"step {t} of {length} differs from the whole sequence");
            }
        }
    }
}
