using System.Collections.Immutable;
using DeepGen.Runtime;

namespace DeepGen.Tests;

/// <summary>
/// What the compiler would write for [Input(2)] [Dense(6), Tanh, Dropout(0.25), Dense(1)] [Train(Loss.MeanSquaredError), Trace], by
/// plain loops. What is dropped is a function of seed, step, piece and place; a counter stands for running statistics.
/// </summary>
internal sealed class SmallPerceptron : ITrainable<SmallPerceptron>, ITraceable
{
    public const int In = 2;
    private const int Hidden = 6;
    private const float Keep = 0.75f;

    private readonly float[] _hidden = new float[Hidden];
    private readonly float[] _mask = new float[Hidden];
    private TrainingState? _training;

    public SmallPerceptron(ulong seed = 1) => Parameters = new ParameterSet(
        [
            TestParameters.Declare("0.weight", [Hidden, In]),
            TestParameters.Declare("0.bias", [Hidden]),
            TestParameters.Declare("3.weight", [1, Hidden]),
            TestParameters.Declare("3.bias", [1]),
            new ParameterDeclaration("4.running_mean", [1], [], Initializer.Zeros, 0, false),
        ],
        seed);

    public static NetworkSignature Signature { get; } =
        new("SmallPerceptron", [new TensorSignature("input", [In])], [new TensorSignature("output", [1])]);

    public static ImmutableArray<TargetSignature> Targets { get; } = [new("target", "MeanSquaredError", 0, 0, [1])];

    public static string Summary => "Dense(6), Tanh, Dropout(0.25), Dense(1)";

    public static long ParameterCount => (Hidden * In) + Hidden + Hidden + 1;

    public ParameterSet Parameters { get; }

    public int Threads { get; set => field = Arguments.Threads(value); } = 1;

    public TrainingState Training => _training ??= new TrainingState(Parameters, 1);

    public static SmallPerceptron Create(ulong seed) => new(seed);

    public void Predict(ReadOnlySpan<ReadOnlyMemory<float>> inputs, ReadOnlySpan<Memory<float>> outputs)
    {
        Arguments.Count(inputs.Length, 1, nameof(inputs));
        Arguments.Count(outputs.Length, 1, nameof(outputs));
        int batch = Arguments.Batch(inputs[0].Length, In, "input");
        Arguments.Output(outputs[0].Length, batch, 1, "output");
        for (int i = 0; i < batch; i++)
        {
            outputs[0].Span[i] = Forward(inputs[0].Span.Slice(i * In, In));
        }
    }

    public IReadOnlyList<NamedTensor> Trace(ReadOnlySpan<ReadOnlyMemory<float>> inputs)
    {
        int batch = Arguments.Batch(inputs[0].Length, In, "input");
        var hidden = new float[batch * Hidden];
        var outputs = new float[batch];
        for (int i = 0; i < batch; i++)
        {
            outputs[i] = Forward(inputs[0].Span.Slice(i * In, In));
            _hidden.CopyTo(hidden, i * Hidden);
        }

        return [new NamedTensor("Tanh", [batch, Hidden], hidden), new NamedTensor("Dense1", [batch, 1], outputs)];
    }

    public float Gradients(Batch batch)
    {
        Arguments.Count(batch.Inputs.Length, 1, "inputs");
        Arguments.Count(batch.Targets.Length, 1, "targets");
        Arguments.Input(batch.Inputs[0].Length, batch.Count, In, "input");
        Arguments.Input(batch.Targets[0].Values.Length, batch.Count, 1, "target");
        if (!Training.Accumulate)
        {
            Training.Gradients.Clear();
        }

        var output = Training.PrepareOutput(0, batch.Count);
        double loss = 0;
        double mean = 0;
        for (int i = 0; i < batch.Count; i++)
        {
            for (int h = 0; h < Hidden; h++)
            {
                var random = new CounterRandom(Training.Seed + (ulong)Training.StepNumber, $"dropout {Training.MicroBatch}");
                _mask[h] = random.Uniform((i * Hidden) + h) < (2 * Keep) - 1 ? 1 / Keep : 0;
            }

            var x = batch.Inputs[0].Span.Slice(i * In, In);
            output[i] = Forward(x, _mask);
            float difference = output[i] - batch.Targets[0].Values.Span[i];
            loss += difference * difference;
            mean += output[i];
            Backward(x, 2 * difference / batch.Count);
        }

        Parameters["4.running_mean"].Write([(0.9f * Parameters["4.running_mean"].Values[0]) + (0.1f * (float)(mean / batch.Count))]);
        return (float)(loss / batch.Count);
    }

    private float Forward(ReadOnlySpan<float> x, float[]? mask = null)
    {
        var w = Parameters[0].Values;
        var b = Parameters[1].Values;
        var v = Parameters[2].Values;
        float sum = Parameters[3].Values[0];
        for (int h = 0; h < Hidden; h++)
        {
            _hidden[h] = MathF.Tanh(b[h] + (w[h * In] * x[0]) + (w[(h * In) + 1] * x[1]));
            sum += v[h] * _hidden[h] * (mask is null ? 1 : mask[h]);
        }

        return sum;
    }

    private void Backward(ReadOnlySpan<float> x, float d)
    {
        var dw = Training.Gradients.Of(Parameters[0]);
        var db = Training.Gradients.Of(Parameters[1]);
        var dv = Training.Gradients.Of(Parameters[2]);
        Training.Gradients.Of(Parameters[3])[0] += d;
        for (int h = 0; h < Hidden; h++)
        {
            dv[h] += d * _hidden[h] * _mask[h];
            float inner = d * Parameters[2].Values[h] * _mask[h] * (1 - (_hidden[h] * _hidden[h]));
            db[h] += inner;
            dw[h * In] += inner * x[0];
            dw[(h * In) + 1] += inner * x[1];
        }
    }
}
