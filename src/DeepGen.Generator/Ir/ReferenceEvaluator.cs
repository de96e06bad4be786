using System.Collections.Immutable;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Ir;

/// <summary>What a graph means, in double precision: the oracle for everything the emitter writes.</summary>
internal static class ReferenceEvaluator
{
    /// <summary>The outputs for a batch of that size; every other symbol takes its value from the inputs given.</summary>
    public static DenseTensor[] Evaluate(
        Graph graph,
        int batch,
        IReadOnlyList<DenseTensor> inputs,
        Func<string, DenseTensor> parameters)
    {
        var sizes = new Dictionary<string, int> { [Size.Batch.Symbol!] = batch };
        foreach (Node node in graph.Inputs)
        {
            var input = (Input)node.Op;
            Match(input, inputs[input.Index], sizes);
        }

        return Run(graph.Bind(sizes), inputs, parameters);
    }

    /// <summary>The outputs of a graph without symbols and parameters, such as a Repeat's body.</summary>
    public static DenseTensor[] Evaluate(Graph bound, IReadOnlyList<DenseTensor> inputs, Func<string, DenseTensor> graphs) =>
        Run(bound, inputs, graphs);

    private static void Match(Input input, DenseTensor value, Dictionary<string, int> sizes)
    {
        Shape shape = input.InputType.Shape;
        bool fits = shape.Rank == value.Shape.Length;
        for (int axis = 0; fits && axis < shape.Rank; axis++)
        {
            if (shape[axis].Symbol is { } symbol && !sizes.ContainsKey(symbol))
            {
                sizes.Add(symbol, value.Shape[axis]);
            }

            fits = shape[axis].Bind(sizes).Value == value.Shape[axis];
        }

        if (!fits)
        {
            throw new IrException($"Input {input.InputName} is {shape}, not [{string.Join(",", value.Shape)}].");
        }
    }

    private static DenseTensor[] Run(Graph graph, IReadOnlyList<DenseTensor> inputs, Func<string, DenseTensor> parameters)
    {
        var values = new Dictionary<Node, ImmutableArray<DenseTensor>>();
        foreach (Node node in graph.Nodes)
        {
            values[node] = node.Op switch
            {
                Input input => ImmutableArray.Create(inputs[input.Index]),
                Parameter parameter => ImmutableArray.Create(parameters(parameter.Path)),
                Adjacency adjacency => ImmutableArray.Create(parameters(adjacency.Key)),
                Repeat repeat => repeat.Evaluate(node.Inputs.SelectMany(i => values[i]).ToImmutableArray(), parameters),
                _ => node.Op.Evaluate(node.Inputs.SelectMany(i => values[i]).ToImmutableArray()),
            };
        }

        return graph.Outputs.Select(o => values[o.Node][0]).ToArray();
    }
}
