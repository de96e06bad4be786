using System.Collections.Immutable;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Ir;

/// <summary>
/// What must hold of every graph between two passes: types are what the operations infer, operands come before users,
/// inputs are known, and a Repeat's results are reached through Item only.
/// </summary>
internal static class GraphVerifier
{
    public static void Verify(Graph graph)
    {
        Inputs(graph);
        foreach (Node node in graph.Nodes)
        {
            Operands(node);
            Types(node);
            if (node.Op is Input && !graph.Inputs.Contains(node))
            {
                throw new IrException($"{node} is an input the graph does not list.");
            }

            if (node.Op is Repeat repeat)
            {
                Body(repeat);
            }
        }

        foreach (GraphOutput output in graph.Outputs)
        {
            if (output.Node.Op is Repeat)
            {
                throw new IrException($"Output {output.Name} is a Repeat rather than one of its items.");
            }
        }

        if (graph.Outputs.Select(o => o.Name).Distinct(StringComparer.Ordinal).Count() < graph.Outputs.Length)
        {
            throw new IrException("Two outputs have one name.");
        }
    }

    private static void Inputs(Graph graph)
    {
        int last = -1;
        foreach (Node node in graph.Inputs)
        {
            if (node.Op is not Input input || input.Index <= last)
            {
                throw new IrException($"{node} is not an input, or out of order.");
            }

            last = input.Index;
        }
    }

    private static void Operands(Node node)
    {
        foreach (Node operand in node.Inputs)
        {
            if (operand.Id >= node.Id)
            {
                throw new IrException($"{node} ({node.Op.Name}) comes before its operand {operand}.");
            }

            if ((operand.Op is Repeat) != (node.Op is Item))
            {
                throw new IrException($"{node} ({node.Op.Name}) may not read {operand} ({operand.Op.Name}): Item and Repeat belong together.");
            }
        }
    }

    private static void Types(Node node)
    {
        var inferred = node.Op.Infer(node.Inputs.SelectMany(i => i.Types).ToImmutableArray());
        if (!inferred.SequenceEqual(node.Types))
        {
            throw new IrException($"{node} ({node.Op.Name}) is {string.Join(", ", node.Types)} but should be {string.Join(", ", inferred)}.");
        }
    }

    private static void Body(Repeat repeat)
    {
        for (int i = 0; i < repeat.Body.Inputs.Length; i++)
        {
            if (((Input)repeat.Body.Inputs[i].Op).Index != i)
            {
                throw new IrException($"A repeated body lacks input number {i}.");
            }
        }

        Verify(repeat.Body);
    }
}
