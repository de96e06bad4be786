using DeepGen.SelfTest.Reference;
using static DeepGen.Ops;

namespace DeepGen.SelfTest.Cases;

[Network]
public sealed partial class SharedEncoder
{
    [Dense(24)]
    private partial Tensor Encode(Tensor x);

    [Dense(6), Tanh, Dense(1)]
    private partial Tensor Score(Tensor x);

    private (Tensor Score, Tensor Code) Forward([Shape(50)] Tensor left, [Shape(50)] Tensor right)
    {
        var a = Relu(Encode(left));
        var b = Relu(Encode(right));
        return (Score(Concat(a, b)), a - b);
    }
}

internal sealed class SharedEncoderCase : Case
{
    public override string Name => "two inputs, one encoder, two outputs";

    public override void Run(Recorder recorder)
    {
        var network = new SharedEncoder(21) { Threads = recorder.Threads };
        Dense encode = Dense(network, "encode"), first = Dense(network, "score.0"), second = Dense(network, "score.2");
        recorder.Compare(100, 25, Predict, x =>
        {
            double[] a = Scalar.Map(encode.Apply(Scalar.Slice(x, 0, 50)), Scalar.Relu), b = Scalar.Map(encode.Apply(Scalar.Slice(x, 50, 50)), Scalar.Relu);
            return Scalar.Join(second.Apply(Scalar.Map(first.Apply(Scalar.Join(a, b)), Scalar.Tanh)), Scalar.Zip(a, b, (s, t) => s - t));
        });

        // The recorder knows one input and one output: left and right lie side by side in them.
        void Predict(ReadOnlySpan<float> input, Span<float> output)
        {
            int batch = input.Length / 100;
            float[] left = new float[batch * 50], right = new float[batch * 50], score = new float[batch], code = new float[batch * 24];
            for (int i = 0; i < batch; i++)
            {
                input.Slice(i * 100, 50).CopyTo(left.AsSpan(i * 50));
                input.Slice((i * 100) + 50, 50).CopyTo(right.AsSpan(i * 50));
            }

            network.Predict(left, right, score, code);
            for (int i = 0; i < batch; i++)
            {
                output[i * 25] = score[i];
                code.AsSpan(i * 24, 24).CopyTo(output[((i * 25) + 1)..]);
            }
        }
    }
}
