using System.Globalization;
using System.Text;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Ir;

/// <summary>
/// A graph as text, one value a line: <c>%5 = tanh %4 : f32[B,256]  // encode</c>. Values are numbered by their place, so
/// equal programs print alike however they were built.
/// </summary>
internal static class GraphPrinter
{
    public static string Print(Graph graph)
    {
        var text = new StringBuilder();
        Print(graph, "", text);
        return text.ToString();
    }

    private static void Print(Graph graph, string indent, StringBuilder text)
    {
        var names = new Dictionary<Node, string>();
        foreach (Node node in graph.Inputs.Union(graph.Nodes))
        {
            names.Add(node, "%" + names.Count.ToString(CultureInfo.InvariantCulture));
            text.Append(indent).Append(names[node]).Append(" = ").Append(node.Op.Name);
            if (node.Inputs.Length > 0)
            {
                text.Append(' ').Append(string.Join(", ", node.Inputs.Select(i => names[i])));
            }

            if (node.Op.Attributes.Length > 0)
            {
                text.Append(node.Inputs.Length > 0 ? "  " : " ").Append(node.Op.Attributes);
            }

            text.Append(" : ").Append(string.Join(", ", node.Types));
            if (node.Label is not null)
            {
                text.Append("  // ").Append(node.Label);
            }

            text.Append('\n');
            if (node.Op is Repeat repeat)
            {
                Print(repeat.Body, indent + "    ", text);
            }
        }

        text.Append(indent).Append("return ").Append(string.Join(", ", graph.Outputs.Select(o => o.Name + "=" + names[o.Node]))).Append('\n');
    }
}
