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

    /// <summary>The stages of a program that waits for all samples here and there.</summary>
    public void Stages(string name, StagedProgram program)
    {
        Title(FormattableString.Invariant($"{name}, prepare"));
        Write(program.Prepare, 0);
        Title(FormattableString.Invariant(
            $"{name}, stages: {program.Memory.KeptLength} floats kept of a sample, {program.Memory.ValuesLength} of the batch, {program.WeightsLength} weights"));
        Write(program.Step, 0);
    }

    private void Write(IEnumerable<LoweredStage> stages, int depth)
    {
        string indent = new(' ', 4 * depth);
        foreach (LoweredStage stage in stages)
        {
            switch (stage)
            {
                case LoweredSamples samples:
                    _text.Append(FormattableString.Invariant($"{indent}samples, {samples.SumsLength} floats of sums grow at {samples.SumsStart}\n"));
                    LoweredText.Write(_text, samples.Program.Statements, depth + 1);
                    break;
                case LoweredWhole whole:
                    _text.Append(indent).Append(whole.IsShared ? "whole batch, threads share\n" : "whole batch\n");
                    LoweredText.Write(_text, whole.Program.Statements, depth + 1);
                    break;
                case LoweredLoop loop:
                    _text.Append(FormattableString.Invariant($"{indent}{loop.Count} times\n"));
                    Write(loop.Body, depth + 1);
                    break;
            }
        }
    }

    public override string ToString() => _text.ToString();

    private void Title(string title) => _text.Append(_text.Length == 0 ? "" : "\n").Append("== ").Append(title).Append(" ==\n");
}
