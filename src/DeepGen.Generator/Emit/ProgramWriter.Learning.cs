using DeepGen.Generator.Lower;
using Buffer = DeepGen.Generator.Lower.Buffer;

namespace DeepGen.Generator.Emit;

/// <summary>Parameters that are changed within a program: where they are prepared, or where their gradients are computed.</summary>
internal sealed partial class ProgramWriter
{
    /// <summary>So many rows of a gradient at most are computed before they are learned, but for one block: enough for copies of the columns to pay.</summary>
    private const int MostTogether = 160;

    /// <summary>The blocks of rows that a product is to compute.</summary>
    private (string From, string To) _blocks;

    /// <summary>The gradient that lies aside, and where.</summary>
    private AsideView? _aside;

    /// <summary>
    /// The gradient of a parameter block by block, each followed by the parameter it changes and what is prepared of that. All blocks of a part take the place of the
    /// first one, which stays near the core. If nobody learns, or more threads take part than there are blocks, all of it at once.
    /// </summary>
    private void WriteLearnedProduct(
        CodeWriter code, LearnedProduct learned, IReadOnlyList<string> memories, IReadOnlyList<LoopVariable> loops, LoopVariable? sample)
    {
        View target = learned.Product.Target;
        Buffer gradient = target.Buffer;
        int blocks = learned.Product.Blocks;
        long length = gradient.Length / blocks;
        int together = Math.Max(1, MostTogether / learned.Product.Rows.Value);
        using (code.Braces($"if (frame.LearnsBlocks({blocks}))"))
        {
            code.Line($"int begin = part * {blocks} / parts, end = (part + 1) * {blocks} / parts;");
            using (code.Braces("for (int block = begin, next; block < end; block = next)"))
            {
                code.Line($"next = Math.Min(block + {together}, end);");
                code.Line($"int aside = (begin - block) * {length};");
                _aside = new AsideView(target, AddressText.Reference(AddressText.MemoryName(gradient), AddressText.Sum(gradient.Offset, [("aside", 1)])));
                (_blocks, _part) = (("block", "next"), ("0", "1"));
                WriteStatement(code, learned.Statement, memories, loops, sample);
                _aside = null;
                if (learned.Preparing is { } preparing)
                {
                    int turns = preparing.Count.Value / blocks;
                    using (code.Braces($"for (int turn = block * {turns}; turn < next * {turns}; turn++)"))
                    {
                        WriteTurn(code, preparing, gradient, "turn", ", aside", memories, loops, sample);
                    }
                }
                else
                {
                    code.Line($"frame.Learn({AddressText.Sum(gradient.Offset, [("block", length)])}, (next - block) * {length}, aside);");
                }
            }
        }

        _part = ("part", "parts");
        using (code.Braces("else"))
        {
            _blocks = ("0", NumberText.Of(blocks));
            WriteStatement(code, learned.Statement, memories, loops, sample);
        }
    }

    /// <summary>A parameter block by block: changed, and then read by all who prepare it, while it is near the core. Or whole, before them.</summary>
    private void WriteLearned(
        CodeWriter code, LoopStatement blocks, Buffer parameter, IReadOnlyList<string> memories, IReadOnlyList<LoopVariable> loops, LoopVariable? sample)
    {
        int count = blocks.Count.Value;
        if (count == 1)
        {
            code.Line($"frame.Learn({parameter.Offset}, {parameter.Length});");
            return;
        }

        string name = blocks.Variable.Name;
        using (blocks.BlocksInStep > 0 ? code.Braces($"if (!frame.LearnsBlocks({blocks.BlocksInStep}))") : default(IDisposable))
        using (code.Braces($"for (int {name} = part * {count} / parts; {name} < (part + 1) * {count} / parts; {name}++)"))
        {
            WriteTurn(code, blocks, parameter, name, "", memories, loops, sample);
        }
    }

    private void WriteTurn(
        CodeWriter code, LoopStatement learning, Buffer parameter, string turn, string aside, IReadOnlyList<string> memories, IReadOnlyList<LoopVariable> loops, LoopVariable? sample)
    {
        int count = learning.Count.Value;
        long length = parameter.Length / count;
        code.Line($"frame.Learn({AddressText.Sum(parameter.Offset, [(turn, length)])}, {length}{aside});");
        _part = (turn, NumberText.Of(count));
        WriteList(code, learning.Body, memories, loops, sample);
        _part = ("part", "parts");
    }

    private sealed record AsideView(View View, string Text);
}
