using System.Text;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Emit;

/// <summary>The stages of a compilation as text, for people who ask for it (DeepGenDumpIr).</summary>
internal sealed class DumpWriter
{
    private readonly StringBuilder _text = new();

    public void Stage(string name, Graph graph) =>
        _text.Append("== ").Append(name).Append(" ==\n").Append(GraphPrinter.Print(graph).TrimEnd()).Append("\n\n");

    public override string ToString() => _text.ToString();
}
