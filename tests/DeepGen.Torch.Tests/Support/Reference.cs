using DeepGen.Data;
using DeepGen.Tests;

namespace DeepGen.Torch.Tests.Support;

/// <summary>What PyTorch has computed, once for all tests.</summary>
public sealed class Reference : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public Reference()
    {
        // It is made for skipped tests too.
        if (Torch.WhyNot is null)
            Torch.Run(_folder.Path).MustSucceed();
    }

    internal Example this[params string[] name] => new(Path.Combine([_folder.Path, .. name]));

    public void Dispose() => _folder.Dispose();
}

[CollectionDefinition(Name)]
public sealed class ReferenceCollection : ICollectionFixture<Reference>
{
    public const string Name = "what PyTorch computes";
}

/// <summary>The files of one network or loss; weights are found by their names, which must be the network's, one for one.</summary>
internal sealed class Example(string folder)
{
    public float[] Numbers(string name) => NpyFile.Read(Path.Combine(folder, name + ".npy")).Values;

    /// <summary>A network whose parameters are the file's tensors.</summary>
    public T Load<T>(string name)
        where T : INetwork<T>
    {
        var network = T.Create(seed: 0);
        network.Parameters.Load(Path.Combine(folder, name + ".safetensors"));
        return network;
    }

    /// <summary>All samples, in batches as large as said.</summary>
    public IEnumerable<Batch> Batches<T>(int size)
        where T : ITrainable<T>
    {
        float[] targets = Numbers("targets");
        var signature = T.Targets.Single();
        var inputs = T.Signature.Inputs.Select((input, i) => (Values: Numbers(i == 0 ? "inputs" : $"inputs{i}"), input.Length)).ToList();
        int targetLength = signature.Length;
        for (int first = 0; first < targets.Length / targetLength; first += size)
        {
            var values = targets.AsMemory(first * targetLength, size * targetLength);
            var target = signature.Classes > 0 ? new Target(Array.ConvertAll(values.ToArray(), c => (int)c)) : new Target(values);
            yield return new Batch(size, [.. inputs.Select(i => (ReadOnlyMemory<float>)i.Values.AsMemory(first * i.Length, size * i.Length))], [target]);
        }
    }
}
