using DeepGen.SelfTest.Reference;

namespace DeepGen.SelfTest;

/// <summary>One network of the suite, with the plain loops that say what it must compute.</summary>
internal abstract class Case
{
    public abstract string Name { get; }

    public abstract void Run(Recorder recorder);

    /// <summary>A dense layer's weights, as doubles, under the name the network gives them.</summary>
    protected static Dense Dense(INetwork network, string name) => new(Values(network, name + ".weight"), Values(network, name + ".bias"));

    protected static double[] Values(INetwork network, string name) => Recorder.Widen(network.Parameters[name].Values);

    /// <summary>Statistics and scales start as 0 and 1, which would hide their absence: give them values that show.</summary>
    protected static void Scatter(INetwork network, string name, float around, ulong seed)
    {
        var parameter = network.Parameters[name];
        parameter.Write(new Samples(seed).Take(parameter.Values.Length, 0.4f, around));
    }
}
