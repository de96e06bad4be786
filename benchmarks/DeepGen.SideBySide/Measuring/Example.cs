using System.Runtime.InteropServices;
using DeepGen.Runtime;

namespace DeepGen.SideBySide.Measuring;

/// <summary>What both sides of a comparison are given: weights, inputs and targets, in a folder and in memory.</summary>
internal sealed class Example
{
    private const int Seed = 4;

    private readonly Workload _workload;

    public Example(Workload workload, string folder)
    {
        (_workload, Folder) = (workload, folder);
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);

        INetwork drawn = workload.Create(Seed);
        var random = new Random(Seed);
        Unsettle(drawn.Parameters, random);
        if (workload.RoundsWeights)
        {
            foreach (Parameter parameter in drawn.Parameters)
                parameter.Write(Array.ConvertAll(parameter.Values.ToArray(), v => BFloat16.Value(BFloat16.Of(v))));
        }

        drawn.Parameters.Save(Weights);

        if (workload.Papers is { } counts)
        {
            (Papers, Input, Output, Batch) = (new DrawnPapers(counts, random), [], [], null!);
            Papers.Write(folder);
            return;
        }

        TensorSignature input = workload.Signature.Inputs.Single();
        Input = workload.Ids > 0 ? DrawIds(random, workload.Batch * input.Length, workload.Ids) : Draw(random, workload.Batch * input.Length);
        Past = Array.ConvertAll(DrawIds(random, workload.Past, workload.Ids), id => (int)id);
        if (workload.Past > 0)
            Write("past.i64", Array.ConvertAll(Past, id => (long)id));
        Output = new float[workload.Batch * workload.Signature.Outputs.Single().Length];
        if (workload.Ids > 0)
            Write("input.i64", Array.ConvertAll(Input, id => (long)id));
        else
            Write("input.f32", Input);
        File.WriteAllText(Path.Combine(folder, "input.shape"), string.Join(' ', input.Shape));
        Batch = new Batch(workload.Batch, [Input], workload.Target is { } target ? [DrawTarget(random, target)] : []);
    }

    public string Folder { get; }

    public float[] Input { get; }

    /// <summary>The ids that come before those of the input.</summary>
    public int[] Past { get; } = [];

    /// <summary>In place of inputs and targets, where the samples are the nodes of a graph.</summary>
    public DrawnPapers? Papers { get; }

    /// <summary>Where our predictions go.</summary>
    public float[] Output { get; }

    /// <summary>What is learnt from.</summary>
    public Batch Batch { get; }

    private string Weights => Path.Combine(Folder, "weights.safetensors");

    /// <summary>A network of ours with the weights both sides have.</summary>
    public INetwork Network(int threads = 1)
    {
        INetwork network = Network(Weights);
        network.Threads = threads;
        return network;
    }

    /// <summary>A network of ours with weights from a file.</summary>
    public INetwork Network(string weights)
    {
        INetwork network = _workload.Create(Seed + 1);
        network.Parameters.Load(weights);
        return network;
    }

    /// <summary>Normalisations begin as the identity, where mixing them up would not show.</summary>
    private static void Unsettle(ParameterSet parameters, Random random)
    {
        const string Mean = "running_mean";
        foreach (string norm in parameters.Where(p => p.Name.EndsWith("." + Mean, StringComparison.Ordinal)).Select(p => p.Name[..^Mean.Length]).ToArray())
        {
            Fill(norm + "weight", 0.5, 1.5);
            Fill(norm + "bias", -0.2, 0.2);
            Fill(norm + Mean, -0.2, 0.2);
            Fill(norm + "running_var", 0.5, 1.5);
        }

        void Fill(string name, double from, double to)
        {
            var values = new float[parameters[name].Length];
            for (int i = 0; i < values.Length; i++)
                values[i] = (float)(from + (random.NextDouble() * (to - from)));
            parameters[name].Write(values);
        }
    }

    private Target DrawTarget(Random random, TargetSignature target)
    {
        if (target.Classes == 0)
        {
            float[] values = Draw(random, _workload.Batch * target.Length);
            Write("target.f32", values);
            return new Target(values);
        }

        var classes = new int[_workload.Batch * target.Length];
        for (int i = 0; i < classes.Length; i++)
            classes[i] = random.Next(target.Classes);
        Write("target.i32", classes);
        return new Target(classes);
    }

    private static float[] DrawIds(Random random, int count, int ids)
    {
        var values = new float[count];
        for (int i = 0; i < count; i++)
            values[i] = random.Next(ids);
        return values;
    }

    private void Write<T>(string name, T[] values)
        where T : unmanaged => File.WriteAllBytes(Path.Combine(Folder, name), MemoryMarshal.AsBytes<T>(values));

    /// <summary>Normal numbers, as Box and Muller make them.</summary>
    private static float[] Draw(Random random, int count)
    {
        var values = new float[count];
        for (int i = 0; i < count; i++)
            values[i] = (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        return values;
    }
}
