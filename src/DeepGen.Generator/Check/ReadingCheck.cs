using DeepGen.Generator.Declare;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Interpret.Streams;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Passes;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Check;

/// <summary>Whether every primitive of a network has the rules its readings need. A missing rule is said, never replaced.</summary>
internal static class ReadingCheck
{
    /// <summary>How many arrays one call can be given: FeedBuilder.Capacity.</summary>
    private const int MostArrays = 16;

    public static IEnumerable<Finding> Findings(NetworkSpec spec, Graph forward)
    {
        int matrices = Emit.MatrixSlots.In(forward).Length;
        int tensors = forward.Inputs.Length + forward.Outputs.Length + matrices;
        if (tensors > MostArrays)
        {
            yield return new Finding("DG0024", spec.Module.TypeName + "/type", EquatableArray.Of("the number of inputs and outputs", $"{tensors}; there may be {MostArrays}"));
        }
        else if ((2 * tensors) - matrices > MostArrays && spec.Readings.Any(r => r.Name == "Certify"))
        {
            yield return new Finding(
                "DG0024",
                $"{spec.Module.TypeName}/reading:Certify",
                EquatableArray.Of("the number of inputs and outputs, each with two bounds,", $"{(2 * tensors) - matrices}; there may be {MostArrays}"));
        }

        int targets = TrainingElaborator.TargetCount(spec);
        if (targets > 0 && forward.Inputs.Length + targets + matrices > MostArrays)
        {
            yield return new Finding(
                "DG0024",
                $"{spec.Module.TypeName}/reading:Train:0",
                EquatableArray.Of("the number of inputs and targets", $"{forward.Inputs.Length + targets + matrices}; there may be {MostArrays}"));
        }

        foreach (ReadingSpec reading in spec.Readings.Where(r => r.Name == "Certify"))
        {
            string place = $"{spec.Module.TypeName}/reading:{reading.Name}";
            foreach (Node input in forward.Inputs.Where(n => n.Type.IsSparse))
            {
                yield return new Finding("DG0014", place, EquatableArray.Of(reading.Name, "a sparse input", ((Input)input.Op).InputName));
            }

            foreach (Finding finding in Missing(spec, reading.Name, place, forward, Interval.MissingRules(forward)))
            {
                yield return finding;
            }
        }

        foreach (ReadingSpec reading in spec.Readings.Where(r => r.Name == "Stream"))
        {
            string place = $"{spec.Module.TypeName}/reading:{reading.Name}";
            if (Streaming.Time(forward) is null)
            {
                yield return new Finding("DG0033", place, EquatableArray.Of("there must be one size of the inputs that is known at run time only, and it is time: [Size(\"T\", 128), Input(\"T\", 64)]"));
            }
            else if (spec.Module.Inputs.FirstOrDefault(i => i.Ends.Length > 0) is { } lengths)
            {
                yield return new Finding("DG0033", place, EquatableArray.Of($"'{lengths.Name}' says how many elements each sample has, which nobody knows while they come; leave Lengths out"));
            }
            else if (Pipeline.Optimise(forward) is var told && Streaming.Missing(told) is { } node)
            {
                // As it was declared, nodes are where their layers are.
                (Graph graph, Node culprit) = Streaming.Missing(forward) is { } declared ? (forward, declared) : (told, node);
                yield return Streaming.LooksAhead(graph, culprit)
                    ? new Finding("DG0033", place, EquatableArray.Of($"'{Layers(spec, graph)[culprit]}' needs what comes later; attention and convolutions have to be Causal, "
                        + "recurrent layers not Bidirectional, and nothing may be pooled, summed or normalised over the elements"))
                    : Missing(spec, reading.Name, place, graph, [culprit]).Single();
            }
        }
    }

    /// <summary>A finding for every node of a graph that lacks a rule.</summary>
    public static IEnumerable<Finding> Missing(NetworkSpec spec, string reading, string place, Graph graph, IEnumerable<Node> nodes)
    {
        Dictionary<Node, string> layers = Layers(spec, graph);
        return nodes.Select(node => new Finding("DG0014", place, EquatableArray.Of(reading, node.Op.Name, layers[node])));
    }

    /// <summary>The layer each node belongs to.</summary>
    public static Dictionary<Node, string> Layers(NetworkSpec spec, Graph graph)
    {
        var layers = new Dictionary<Node, string>();
        FindLayers(graph, spec.Name, layers);
        return layers;
    }

    /// <summary>A layer's label stands at its last node, so a node belongs to the first label on its way to an output.</summary>
    private static void FindLayers(Graph graph, string around, Dictionary<Node, string> layers)
    {
        foreach (Node node in graph.Nodes.Reverse())
        {
            string layer = node.Label ?? (layers.TryGetValue(node, out string user) ? user : around);
            layers[node] = layer;
            foreach (Node operand in node.Inputs)
            {
                layers[operand] = layer;
            }

            if (node.Op is Repeat repeat)
            {
                FindLayers(repeat.Body, layer, layers);
            }
        }
    }
}
