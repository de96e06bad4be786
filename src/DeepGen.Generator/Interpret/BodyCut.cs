using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Interpret;

/// <summary>A part of a graph made a graph of its own: some values become its inputs, and what they do not give is computed.</summary>
internal static class BodyCut
{
    /// <summary>
    /// The outputs as functions of the inputs. Nothing else may be left that is an input of the graph they are cut out of.
    /// </summary>
    public static Graph Of(IReadOnlyList<Node> inputs, IReadOnlyList<GraphOutput> outputs)
    {
        var builder = new GraphBuilder();
        var copies = new Dictionary<Node, Node>();
        var names = new HashSet<string>();
        for (int i = 0; i < inputs.Count; i++)
        {
            string name = inputs[i].Op is Input input ? input.InputName : inputs[i].Label ?? "value";
            string unique = names.Add(name) ? name : FormattableString.Invariant($"{name} {i}");
            copies.Add(inputs[i], builder.Add(new Input(i, unique, inputs[i].Type)));
            copies[inputs[i]].Label = inputs[i].Label;
        }

        foreach (Node node in Between(inputs, outputs.Select(o => o.Node)).Where(n => !copies.ContainsKey(n)))
        {
            Node copy = builder.Add(node.Op, node.Inputs.Select(x => copies[x]).ToImmutableArray());
            copy.Label ??= node.Label;
            copies.Add(node, copy);
        }

        return builder.Build(outputs.Select(o => o with { Node = copies[o.Node] }));
    }

    /// <summary>Every value the results need, operands before users; nothing beyond the values given.</summary>
    public static IEnumerable<Node> Between(IEnumerable<Node> given, IEnumerable<Node> results) => Reach(results, new HashSet<Node>(given).Contains);

    /// <summary>Every value the results need, operands before users; those at which to stop, and nothing beyond them.</summary>
    public static IEnumerable<Node> Reach(IEnumerable<Node> results, Func<Node, bool> stops)
    {
        var seen = new HashSet<Node>();
        var pending = new Stack<Node>(results);
        while (pending.Count > 0)
        {
            Node node = pending.Pop();
            if (seen.Add(node) && !stops(node))
            {
                foreach (Node operand in node.Inputs)
                {
                    pending.Push(operand);
                }
            }
        }

        return seen.OrderBy(n => n.Id);
    }
}
