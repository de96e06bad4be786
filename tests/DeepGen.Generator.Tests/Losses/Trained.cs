using System.Collections.Immutable;
using DeepGen.Generator.Check;
using DeepGen.Generator.Declare;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Tests.Layers;

namespace DeepGen.Generator.Tests.Losses;

/// <summary>A network declared in C# and elaborated for training, with random parameters, and its step on random values.</summary>
internal sealed class Trained
{
    private readonly Random _random = new(11);

    public Trained(string attributes, string members = "") : this(Program(attributes, members))
    {
    }

    public Trained(NetworkSpec spec)
    {
        Elaboration = Elaborator.Elaborate(spec);
        Assert.Empty(Elaboration.Findings);
        Training = Elaboration.Training!;
        GraphVerifier.Verify(Graph);
        foreach (ParameterSpec parameter in Elaboration.Parameters)
        {
            Values value = Random([.. parameter.Counts, .. parameter.Shape]);
            bool isVariance = parameter.Path.EndsWith("running_var", StringComparison.Ordinal);
            Parameters.Add(parameter.Path, isVariance ? value.Map(v => Math.Abs(v) + 0.1) : value);
        }
    }

    public Elaboration Elaboration { get; }

    public TrainingElaboration Training { get; }

    public Graph Graph => Training.Graph;

    public Dictionary<string, Values> Parameters { get; } = [];

    /// <summary>The graph of so many nodes that layers over a graph are given: each listens to itself and to the next.</summary>
    public void OverRing(int nodes) =>
        Parameters["@graph.WithSelf"] = Values.From([nodes, nodes], i => i[1] == i[0] || i[1] == (i[0] + 1) % nodes ? 1 : 0);

    /// <summary>A network of one class, "Net": its attributes, and what stands in its body.</summary>
    public static NetworkSpec Program(string attributes, string members) =>
        new UserProgram($$"""
            [Network, {{attributes}}]
            public sealed partial class Net
            {
                {{members}}
            }
            """).Spec("Net");

    public Values Random(params int[] shape) => Values.From(shape, _ => (_random.NextDouble() * 4) - 2);

    /// <summary>All outputs of the step by name, for inputs, targets and settings in the graph's order.</summary>
    public Dictionary<string, Values> Step(params Values[] values) => Step(Graph, values);

    public Dictionary<string, Values> Step(Graph graph, Values[] values)
    {
        DenseTensor[] results = ReferenceEvaluator.Evaluate(graph, values[0].Shape[0], values.Select(Dense).ToArray(), path => Dense(Parameters[path]));
        return graph.Outputs.Zip(results).ToDictionary(r => r.First.Name, r => new Values([.. r.Second.Shape], r.Second.Values));
    }

    public double Loss(params Values[] values) => Step(values)["loss"].Data[0];

    private static DenseTensor Dense(Values x) => new(x.Shape.ToImmutableArray(), x.Data);
}
