using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Interpret;

/// <summary>
/// From a graph the graph of its directional derivative: tangents of the inputs and then of the parameters, in the order of the
/// graph, are further inputs; of every output o there is an output "tangent:o" as well.
/// </summary>
internal static class Tangent
{
    public static Graph Run(Graph graph)
    {
        var builder = new GraphBuilder();
        var sweep = new TangentSweep(builder);
        int next = graph.Inputs.Select(n => ((Input)n.Op).Index + 1).DefaultIfEmpty().Max();
        foreach (Node node in graph.Inputs.Concat(graph.Nodes.Where(n => n.Op is Parameter)))
        {
            Node value = builder.Add(node.Op);
            string name = "tangent:" + (node.Op is Input input ? input.InputName : ((Parameter)node.Op).Path);
            Node? tangent = node.Type.Element == ElementType.Float32 ? builder.Add(new Input(next++, name, node.Type)) : null;
            sweep.Give(node, value, tangent);
        }

        sweep.Run(graph);
        var gradient = new GradientBuilder(builder);
        return builder.Build(graph.Outputs
            .Select(o => o with { Node = sweep.Value(o.Node) })
            .Concat(graph.Outputs.Select(o => new GraphOutput("tangent:" + o.Name, sweep.TangentOf(o.Node) ?? gradient.Zero(sweep.Value(o.Node)))))
            .ToArray());
    }

    /// <summary>
    /// A repeated body with tangents. An input that varies is followed by its tangent; so is an output, where a carried one varies
    /// if its input does.
    /// </summary>
    public static Graph OfBody(Graph body, int carried, ImmutableArray<bool> variedInputs, ImmutableArray<bool> variedOutputs)
    {
        var builder = new GraphBuilder();
        var sweep = new TangentSweep(builder);
        int next = 0;
        for (int i = 0; i < body.Inputs.Length; i++)
        {
            var input = (Input)body.Inputs[i].Op;
            Node value = builder.Add(input with { Index = next++ });
            Node? tangent = variedInputs[i] ? builder.Add(input with { Index = next++, InputName = "tangent:" + input.InputName }) : null;
            sweep.Give(body.Inputs[i], value, tangent);
        }

        sweep.Run(body);
        var gradient = new GradientBuilder(builder);
        var outputs = new List<GraphOutput>();
        for (int i = 0; i < body.Outputs.Length; i++)
        {
            (string name, Node node) = (body.Outputs[i].Name, body.Outputs[i].Node);
            outputs.Add(new GraphOutput(name, sweep.Value(node)));
            if (i < carried ? variedInputs[i] : variedOutputs[i])
            {
                outputs.Add(new GraphOutput("tangent:" + name, sweep.TangentOf(node) ?? gradient.Zero(sweep.Value(node))));
            }
        }

        return builder.Build(outputs);
    }
}
