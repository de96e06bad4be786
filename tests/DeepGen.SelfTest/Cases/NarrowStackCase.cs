using DeepGen.SelfTest.Reference;

namespace DeepGen.SelfTest.Cases;

[Network, Input(16)]
[Dense(16), Relu, Dense(16), Tanh, Dense(16), Relu, Dense(16), Sigmoid, Dense(16), Relu, Dense(4)]
internal sealed partial class NarrowStack;

/// <summary>One sample of it is more than one method of the JIT's can hold: its last layers are methods of their own.</summary>
internal sealed class NarrowStackCase : Case
{
    private static readonly Func<double, double>[] s_between = [Scalar.Relu, Scalar.Tanh, Scalar.Relu, Scalar.Sigmoid, Scalar.Relu];

    public override string Name => "narrow stack";

    public override void Run(Recorder recorder)
    {
        var network = new NarrowStack(11) { Threads = recorder.Threads };
        Dense[] layers = [.. new[] { "0", "2", "4", "6", "8", "10" }.Select(n => Dense(network, n))];
        recorder.Compare(16, 4, network.Predict, x =>
        {
            for (int i = 0; i < layers.Length; i++)
                x = layers[i].Apply(i == 0 ? x : Scalar.Map(x, s_between[i - 1]));
            return x;
        });
    }
}
