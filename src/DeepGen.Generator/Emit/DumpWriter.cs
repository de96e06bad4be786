using System.Text;
using DeepGen.Generator.Declare;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Lower;

namespace DeepGen.Generator.Emit;

/// <summary>The stages of a compilation as text, for people who ask for it (DeepGenDumpIr).</summary>
internal sealed class DumpWriter
{
    private readonly StringBuilder _text = new();

    public void Spec(NetworkSpec spec)
    {
        Title("declared: " + spec.Name);
        SpecText.Write(_text, spec.Module, 0);
    }

    /// <summary>A graph; one that a pass left as it was is not said twice.</summary>
    public void Stage(string name, Graph graph)
    {
        string text = GraphPrinter.Print(graph).TrimEnd() + "\n";
        if (!_text.ToString().EndsWith(text, StringComparison.Ordinal))
        {
            Title(name);
            _text.Append(text);
        }
    }

    public void Stage(string name, LoweredProgram program)
    {
        Title(FormattableString.Invariant($"{name}, lowered: workspace of {program.WorkspaceLength} floats, chunks of {program.Chunk} samples"));
        LoweredText.Write(_text, program.Statements, 0);
    }

    public override string ToString() => _text.ToString();

    private void Title(string title) => _text.Append(_text.Length == 0 ? "" : "\n").Append("== ").Append(title).Append(" ==\n");
}
