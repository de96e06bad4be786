using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Passes;

/// <summary>
/// Splits a program by how often it must run: Prepare once for a set of weights, Main for every prediction. Main reads what
/// Prepare computes as parameters "@prepared:k", the names of Prepare's outputs. What a loop's body computes from its slices
/// of the weights, a loop in Prepare computes for all iterations and stacks; what it computes from no slice is hoisted once.
/// </summary>
internal static class HoistPrepare
{
    public static (Graph Prepare, Graph Main) Run(Graph graph)
    {
        var root = new HoistRoot();
        foreach (Node input in graph.Inputs)
        {
            root.Define(input, root.Main.Add(input.Op));
        }

        Split(graph, root);
        Graph main = root.Main.Build(graph.Outputs.Select(o => new GraphOutput(o.Name, root.MainOf(o.Node))));
        return (root.PrepareBuilder.Build(root.Outputs), main);
    }

    private static void Split(Graph graph, HoistScope scope)
    {
        foreach (Node node in graph.Nodes.Where(n => n.Op is not Input))
        {
            if (IsPreparable(node) && node.Inputs.All(scope.IsPrepared))
            {
                scope.Prepare(node);
            }
            else if (node.Op is Repeat repeat)
            {
                scope.Define(node, Loop(node, repeat, scope));
            }
            else
            {
                scope.Define(node, scope.Main.Add(node.Op, node.Inputs.Select(scope.MainOf).ToImmutableArray()));
            }
        }
    }

    private static Node Loop(Node node, Repeat repeat, HoistScope outer)
    {
        var scope = new HoistLoop(outer, repeat, node.Inputs);
        Split(repeat.Body, scope);
        return scope.Close();
    }

    /// <summary>The batch is not known when weights are prepared, so nothing that has its size can be.</summary>
    private static bool IsPreparable(Node node) =>
        node.Types.All(t => t.Shape.IsConstant) && node.Op is not (Extent or RowAt) && (node.Op is not Repeat repeat || repeat.Body.Nodes.All(IsPreparable));
}
