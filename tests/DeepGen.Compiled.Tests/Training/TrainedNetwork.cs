using System.Collections.Immutable;
using DeepGen.Compiled.Tests.Support;
using DeepGen.Generator.Check;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;
using DeepGen.Runtime;

namespace DeepGen.Compiled.Tests.Training;

/// <summary>A network that is trained, with a batch, beside the graph of its loss and gradients.</summary>
internal sealed class TrainedNetwork
{
    /// <summary>As it would be in the middle of certified training; nothing to networks that are not certified.</summary>
    private const float Epsilon = 0.03f;

    private const float PlainShare = 0.4f;

    private readonly RunningNetwork _network;
    private readonly TrainingElaboration _training;
    private readonly float[][] _fed;

    public TrainedNetwork(RunningNetwork network, int batch, int seed = 1)
    {
        _network = network;
        _training = network.Elaboration.Training ?? throw new UnsoundException("The class has no [Train].");
        BatchSize = batch;
        (Network.Training.Epsilon, Network.Training.PlainShare) = (Epsilon, PlainShare);
        var random = new Random(seed);
        float[][] inputs = network.Inputs(batch, seed);
        float[][] targets = [.. _training.Targets.Select(t => Enumerable.Range(0, batch * t.Shape.Aggregate(1, (n, s) => n * s.Value))
            .Select(_ => t.Classes > 0 ? random.Next(t.Classes) : random.NextSingle())
            .ToArray())];
        _fed = [.. inputs, .. targets];
        Batch = new Batch(
            batch,
            [.. inputs.Select(i => new ReadOnlyMemory<float>(i))],
            [.. targets.Zip(_training.Targets, (t, spec) => spec.Classes > 0 ? new Target(t.Select(v => (int)v).ToArray()) : new Target(t))]);
    }

    public ITrainable Network => (ITrainable)_network.Network;

    public Batch Batch { get; }

    public int BatchSize { get; }

    /// <summary>What is wrong with the loss, an output, a gradient or a new statistic; null if nothing is.</summary>
    public string? Difference()
    {
        Graph graph = BatchFirst.Of(Backward.Run(_training.Graph, "loss", Trainable()));
        float[][] inputs = [.. _fed, .. Settings(_training, Network)];

        // Statistics change with the call, so what ought to be computed is computed before.
        var oracle = new TrainingOracle(graph, _network, BatchSize, inputs);
        float loss = Network.Gradients(Batch);
        return oracle.Difference(graph.Outputs.Select(o => Actual(o, loss)).ToList());
    }

    /// <summary>What the network's next step is told that belongs to no sample.</summary>
    public static float[][] Settings(TrainingElaboration training, ITrainable network)
    {
        float[] settings = new float[training.Settings.Sum(s => s.Length)];
        StepSettings.Fill(
            settings,
            [.. training.Settings.Select(s => new TrainingSetting(s.Name, Enum.Parse<TrainingSettingKind>(s.Kind.ToString()), s.Length))],
            network.Training);
        int start = 0;
        return [.. training.Settings.Select(s => settings[start..(start += s.Length)])];
    }

    private List<Generator.Ops.Parameter> Trainable() =>
        [.. _network.Elaboration.Parameters.Where(p => p.Trainable).Select(p => new Generator.Ops.Parameter(p.Path, Shape.OfConstants(p.Counts.Concat(p.Shape))))];

    private float[] Actual(GraphOutput output, float loss)
    {
        string path = output.Name[(output.Name.IndexOf(':') + 1)..];
        if (output.Name == "loss")
        {
            return [.. Enumerable.Repeat(loss, BatchSize)];
        }

        if (output.Name.StartsWith("output:", StringComparison.Ordinal))
        {
            int index = _training.Graph.Outputs.Count(o => o.Name.StartsWith("output:", StringComparison.Ordinal)
                && _training.Graph.Outputs.IndexOf(o) < _training.Graph.Outputs.IndexOf(_training.Graph.Outputs.First(p => p.Name == output.Name)));
            return Network.Training.Output(index).ToArray();
        }

        bool isGradient = output.Name.StartsWith("gradient:", StringComparison.Ordinal);
        float[] own = [.. Copies(path).SelectMany(p => isGradient ? Network.Training.Gradients.Of(p).ToArray() : p.Values.ToArray())];
        return [.. Enumerable.Repeat(own, BatchSize).SelectMany(v => v)];
    }

    private IEnumerable<Parameter> Copies(string path)
    {
        ParameterSpec spec = _network.Elaboration.Parameters.Single(p => p.Path == path);
        return TrainingOracle.Names(spec).Select(n => Network.Parameters[n]);
    }
}
