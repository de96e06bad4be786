using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Interpret;

/// <summary>The reading that looks inside: every value that has a name becomes an output, in the order of computation.</summary>
internal static class Tracing
{
    public static Graph Run(Graph forward)
    {
        var outputs = new List<GraphOutput>();
        var names = new HashSet<string>();
        foreach (Node node in forward.Nodes.Where(n => n.Label is not null && n.Op is not (Parameter or Constant)))
        {
            if (names.Add(node.Label!))
            {
                outputs.Add(new GraphOutput(node.Label!, node));
            }
        }

        outputs.AddRange(forward.Outputs.Where(o => names.Add(o.Name)));
        return new Graph(forward.Inputs, outputs.ToImmutableArray());
    }
}
