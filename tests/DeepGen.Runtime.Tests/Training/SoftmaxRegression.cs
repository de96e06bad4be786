using System.Collections.Immutable;
using DeepGen.Runtime;

namespace DeepGen.Tests;

/// <summary>
/// What the compiler would write for [Input(1, 2, 2)] [Flatten, Dense(3)] [Train(Loss.CrossEntropy)], by plain loops: scores = W x + b,
/// ∂loss/∂score = (softmax − one-hot) / n.
/// </summary>
internal sealed class SoftmaxRegression : ITrainable<SoftmaxRegression>
{
    public const int In = 4;
    public const int Classes = 3;

    private TrainingState? _training;

    public SoftmaxRegression(ulong seed = 1) => Parameters = new ParameterSet(
        [TestParameters.Declare("1.weight", [Classes, In], scale: 0.1f), TestParameters.Declare("1.bias", [Classes], kind: Initializer.Zeros)], seed);

    public static NetworkSignature Signature { get; } =
        new("SoftmaxRegression", [new TensorSignature("input", [1, 2, 2])], [new TensorSignature("output", [Classes])]);

    public static ImmutableArray<TargetSignature> Targets { get; } = [new("target", "CrossEntropy", 0, Classes, [])];

    public static string Summary => "layer      output  parameters\nFlatten    [4]\nDense(3)   [3]             15";

    public static long ParameterCount => (Classes * In) + Classes;

    public ParameterSet Parameters { get; }

    public int Threads { get; set => field = Arguments.Threads(value); } = 1;

    public TrainingState Training => _training ??= new TrainingState(Parameters, 1);

    /// <summary>Replaces the loss of one step, as a test wishes.</summary>
    public Func<long, float, float>? Spoil { get; set; }

    public static SoftmaxRegression Create(ulong seed) => new(seed);

    public void Predict(ReadOnlySpan<ReadOnlyMemory<float>> inputs, ReadOnlySpan<Memory<float>> outputs)
    {
        Arguments.Count(inputs.Length, 1, nameof(inputs));
        Arguments.Count(outputs.Length, 1, nameof(outputs));
        int batch = Arguments.Batch(inputs[0].Length, In, "input");
        Arguments.Output(outputs[0].Length, batch, Classes, "output");
        Scores(inputs[0].Span, outputs[0].Span);
    }

    public float Gradients(Batch batch)
    {
        Arguments.Count(batch.Inputs.Length, 1, "inputs");
        Arguments.Count(batch.Targets.Length, 1, "targets");
        Arguments.Input(batch.Inputs[0].Length, batch.Count, In, "input");
        Arguments.Input(batch.Targets[0].Classes.Length, batch.Count, 1, "target");
        var classes = batch.Targets[0].Classes.Span;
        foreach (int c in classes)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)c, (uint)Classes);
        }

        if (!Training.Accumulate)
        {
            Training.Gradients.Clear();
        }

        var input = batch.Inputs[0].Span;
        var scores = Training.PrepareOutput(0, batch.Count * Classes);
        Scores(input, scores);
        var weight = Training.Gradients.Of(Parameters[0]);
        var bias = Training.Gradients.Of(Parameters[1]);
        double loss = 0;
        for (int i = 0; i < batch.Count; i++)
        {
            var own = scores.Slice(i * Classes, Classes);
            double sum = 0;
            foreach (float score in own)
            {
                sum += Math.Exp(score);
            }

            loss += Math.Log(sum) - own[classes[i]];
            for (int c = 0; c < Classes; c++)
            {
                float d = ((float)(Math.Exp(own[c]) / sum) - (c == classes[i] ? 1 : 0)) / batch.Count;
                bias[c] += d;
                for (int k = 0; k < In; k++)
                {
                    weight[(c * In) + k] += d * input[(i * In) + k];
                }
            }
        }

        float mean = (float)(loss / batch.Count);
        return Spoil is null ? mean : Spoil(Training.StepNumber, mean);
    }

    private void Scores(ReadOnlySpan<float> input, Span<float> scores)
    {
        var weight = Parameters[0].Values;
        var bias = Parameters[1].Values;
        for (int i = 0; i < scores.Length; i++)
        {
            float sum = bias[i % Classes];
            for (int k = 0; k < In; k++)
            {
                sum += weight[(i % Classes * In) + k] * input[(i / Classes * In) + k];
            }

            scores[i] = sum;
        }
    }
}
