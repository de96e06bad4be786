using DeepGen.Generator.Lower;
using Buffer = DeepGen.Generator.Lower.Buffer;

namespace DeepGen.Generator.Emit;

/// <summary>
/// One program as a generic class over the lanes: Run, which calls the steps in their loops, the steps, and the tiles the
/// steps call. Steps with the same text are written once.
/// </summary>
internal sealed partial class ProgramWriter(LoweredProgram program, string className)
{
    /// <summary>The numbers that every method between Run and the steps is handed.</summary>
    public IReadOnlyList<string> Numbers { get; init; } = ["int count"];

    /// <summary>Where the bound memories come from: a parameter of Run that is handed on, if there are any.</summary>
    public string Source { get; init; } = "";

    /// <summary>
    /// Memories with the text each is bound to, in the method that uses it: a network has as many as layers, too many to hand on.
    /// </summary>
    public IReadOnlyList<BoundMemory> Bound { get; init; } = [];

    /// <summary>The loops around the whole program, whose counters Run must define.</summary>
    public IReadOnlyList<LoopVariable> Loops { get; init; } = [];

    /// <summary>Whether a call does one part of the work: a step that is not cut into parts is then done in one of them.</summary>
    public bool InParts { get; init; }

    /// <summary>Whether there is a method that does a part of one of the steps as well, for threads that share a chunk.</summary>
    public bool SharesSteps { get; init; }

    /// <summary>Whether there is a method for one sample as well.</summary>
    public bool HasSingle { get; init; }

    /// <summary>The text by which a kernel reaches the caller's sparse matrix; all matrices lie in slots, as all that is fed does.</summary>
    public Func<SparseOperand, string> MatrixText { get; init; } = _ => "";

    private int _unparted;
    private (string Part, string Parts) _part = ("part", "parts");
    private (string First, string End) _samples = ("0", "count");
    private bool _isAlone;
    private bool _isSingle;

    /// <summary>Calls in one method; a longer list goes on in another, so that no method grows with the network.</summary>
    private const int CallsPerMethod = 48;

    private readonly TileWriter _tiles = new();
    private readonly Dictionary<string, string> _steps = [];
    private readonly List<string> _parts = [];

    /// <summary>The memories that the method being written uses.</summary>
    private HashSet<string> _used = [];

    private const string Placeholder = "«step»";

    /// <summary>Writes the class; header is the signature and opening lines of Run, which must define the memories by name.</summary>
    public void Write(CodeWriter code, string summary, string runSignature, IEnumerable<string> runOpening, IReadOnlyList<string> memories)
    {
        var run = new CodeWriter();
        if (SharesSteps)
        {
            memories = [.. memories, "ref float own"];
            _part = ("0", "1");
        }

        WriteMethod(run, program.Statements, memories, Loops, null);

        code.Line($"/// <summary>{summary}</summary>");
        string kind = HasSingle ? "readonly struct" : "static class";
        using (code.Braces($"private {kind} {className}<L>{(HasSingle ? $" : {SingleSample.Interface}" : "")} where L : struct, ILanes<L>"))
        {
            using (code.Braces($"public static void Run({runSignature})"))
            {
                code.Lines(runOpening);
                if (SharesSteps)
                {
                    code.Line("ref float own = ref workspace;");
                }

                code.Lines(SplitLines(run.ToString()));
            }

            if (SharesSteps)
            {
                WriteShare(code, runOpening, memories);
            }

            if (HasSingle)
            {
                SingleSample.Write(code, program, WriteSingle);
            }

            foreach (string text in _parts.Concat(_steps.Select(s => s.Key.Replace(Placeholder, s.Value))).Concat(_tiles.Bodies))
            {
                code.Line();
                code.Lines(SplitLines(text));
            }

            for (int i = 0; i < program.Constants.Count; i++)
            {
                code.Line();
                WriteConstant(code, i, program.Constants[i]);
            }
        }
    }

    private void WriteSingle(CodeWriter code)
    {
        (_isSingle, _inlined) = (true, 0);
        foreach (Statement statement in program.Statements.SelectMany(s => s is LoopStatement loop ? loop.Body : [s]))
        {
            WriteStatement(code, statement, [], Loops, null);
        }

        _isSingle = false;
    }

    private static IEnumerable<string> SplitLines(string text) => text.TrimEnd('\n').Split('\n');

    private void WriteConstant(CodeWriter code, int index, IReadOnlyList<float> values)
    {
        code.Line($"private static ReadOnlySpan<float> Constant{index} =>");
        code.Line("[");
        const int PerLine = 12;
        for (int i = 0; i < values.Count; i += PerLine)
        {
            code.Line("    " + string.Join(", ", values.Skip(i).Take(PerLine).Select(NumberText.Of)) + ",");
        }

        code.Line("];");
    }

    /// <summary>What a method consists of: the memories it uses, bound, and the statements.</summary>
    private void WriteMethod(CodeWriter code, IReadOnlyList<Statement> statements, IReadOnlyList<string> memories, IReadOnlyList<LoopVariable> loops, LoopVariable? sample)
    {
        HashSet<string> outer = _used;
        _used = [];
        var body = new CodeWriter();
        WriteList(body, statements, memories, loops, sample);
        code.Lines(Bound.Where(b => _used.Contains(b.Name)).Select(b => b.Text));
        code.Lines(SplitLines(body.ToString()));
        _used = outer;
    }

    private void WriteList(CodeWriter code, IReadOnlyList<Statement> statements, IReadOnlyList<string> memories, IReadOnlyList<LoopVariable> loops, LoopVariable? sample)
    {
        if (statements.Count == 1 || statements.Sum(Calls) <= CallsPerMethod)
        {
            for (int i = 0; i < statements.Count; i++)
            {
                Registers where = Where(statements[i]);
                string? condition = where switch
                {
                    Registers.Wide => "if (L.IsWide)",
                    Registers.Narrow => i > 0 && Where(statements[i - 1]) == Registers.Wide ? "else" : "if (!L.IsWide)",
                    _ => null,
                };
                using (condition is null ? default(IDisposable) : code.Braces(condition))
                {
                    WriteStatement(code, statements[i], memories, loops, sample);
                    while (condition is not null && i + 1 < statements.Count && Where(statements[i + 1]) == where)
                    {
                        WriteStatement(code, statements[++i], memories, loops, sample);
                    }
                }
            }

            return;
        }

        string[] source = Source.Length > 0 ? [Source] : [];
        foreach (List<Statement> run in Runs(statements))
        {
            var part = new CodeWriter();
            string name = "Part" + NumberText.Of(_parts.Count + 1);
            int place = _parts.Count;
            _parts.Add("");
            IEnumerable<string> parameters = source.Concat(memories).Concat(Numbers).Concat(loops.Select(l => "nint " + l.Name));
            using (part.Braces($"private static void {name}({string.Join(", ", parameters)})"))
            {
                WriteMethod(part, run, memories, loops, sample);
            }

            _parts[place] = part.ToString();
            IEnumerable<string> arguments = source.Select(s => "in " + Name(s)).Concat(memories.Select(m => "ref " + Name(m))).Concat(Numbers.Select(Name)).Concat(loops.Select(l => l.Name));
            code.Line($"{name}({string.Join(", ", arguments)});");
        }
    }

    private static Registers Where(Statement statement) => statement is KernelStatement { Kernel.Where: var where } ? where : Registers.Any;

    private static int Calls(Statement statement) => statement.Kernels.Count();

    /// <summary>The list in pieces of at most so many calls; a loop with more is a piece of its own, to be cut within.</summary>
    private static IEnumerable<List<Statement>> Runs(IEnumerable<Statement> statements)
    {
        var run = new List<Statement>();
        foreach (Statement statement in statements)
        {
            if (run.Count > 0 && run.Sum(Calls) + Calls(statement) > CallsPerMethod)
            {
                yield return run;
                run = [];
            }

            run.Add(statement);
        }

        yield return run;
    }

    private void WriteStatement(CodeWriter code, Statement statement, IReadOnlyList<string> memories, IReadOnlyList<LoopVariable> loops, LoopVariable? sample)
    {
        if (statement is LoopStatement { Condition: { } condition } conditional)
        {
            _used.Add(AddressText.MemoryName(condition.Classes.Buffer));
            string classes = AddressText.Base(condition.Classes, sample).Substring("ref ".Length);
            using (code.Braces($"if ({classes} {(condition.IsThere ? ">=" : "<")} 0)"))
            {
                WriteList(code, conditional.Body, memories, loops, sample);
            }

            return;
        }

        if (statement is LoopStatement { IsOfFirstPart: true } first)
        {
            using (code.Braces("if (part == 0)"))
            {
                _isAlone = true;
                WriteList(code, first.Body, memories, loops, sample);
                _isAlone = false;
            }

            return;
        }

        if (statement is LearnedProduct computed)
        {
            WriteLearnedProduct(code, computed, memories, loops, sample);
            return;
        }

        if (statement is LoopStatement { Learned: { } learned } blocks)
        {
            WriteLearned(code, blocks, learned, memories, loops, sample);
            return;
        }

        if (statement is LoopStatement loop)
        {
            (string firstTurn, string count) = loop.OverSamples ? _samples : ("0", SizeText.Of(loop.Count));
            if (loop.Comment.Length > 0)
            {
                code.Line($"// {loop.Comment}, {SizeText.Of(loop.Count)} times");
            }

            using (code.Braces($"for (nint {loop.Variable.Name} = {firstTurn}; {loop.Variable.Name} < {count}; {loop.Variable.Name}++)"))
            {
                WriteList(code, loop.Body, memories, [.. loops, loop.Variable], loop.OverSamples ? loop.Variable : sample);
            }

            return;
        }

        Kernel kernel = ((KernelStatement)statement).Kernel;
        code.Line("// " + kernel.Title);
        _used.UnionWith(Views(kernel).Select(v => AddressText.MemoryName(v.Buffer)));
        IEnumerable<string> arguments = Views(kernel).Select(v => v == _aside?.View ? _aside.Text : AddressText.Base(v, sample));
        if (kernel is SparseKernel sparse)
        {
            arguments = arguments.Select((a, i) => i == 0 && sparse.IsMixing ? FromFirst(a, sparse.Source) : a).Prepend(MatrixText(sparse.Matrix));
            arguments = sparse.Rows.IsBatch || sparse.Matrix.IsOfSample ? arguments.Append(FirstRow(sparse.Matrix, sparse.Rows, sample)) : arguments;
        }

        if (kernel is EdgeKernel edges)
        {
            arguments = arguments.Select((a, i) => i < edges.Operands.Count && edges.IsMixing(i) && !edges.Matrix.IsOfSample ? FromFirst(a, edges.Operands[i]) : a)
                .Prepend(MatrixText(edges.Matrix)).Append(FirstRow(edges.Matrix, edges.Rows, sample));
        }

        if (kernel.Level == Level.Chunk && !_isSingle)
        {
            arguments = arguments.Append(sample is null ? "count" : $"{_samples.End} - {_samples.First}");
        }

        if (kernel is ContractKernel { SumsBatch: true } or ScatterKernel)
        {
            arguments = arguments.Append("batch");
        }

        if (kernel is NoiseKernel)
        {
            arguments = arguments.Append($"(int)(first + {sample!.Name})");
        }

        arguments = arguments.Concat(kernel.Symbols.Select(SizeNames.Of)).Concat(kernel.Counters.Select(c => c.Name));

        int copied = CopiedRun(kernel);
        if (copied > 0)
        {
            arguments = arguments.Append(NumberText.Of(copied));
        }

        if (kernel is ContractKernel { TakesBlocks: true })
        {
            arguments = arguments.Append(_blocks.From).Append(_blocks.To);
        }

        if (kernel.IsParted)
        {
            arguments = arguments.Append(_part.Part).Append(_part.Parts);
        }

        string call = $"{(copied > 0 ? "Blocks.Copy" : Step(kernel))}({string.Join(", ", arguments)});";
        if (!InParts || kernel.IsParted || _isAlone)
        {
            code.Line(call);
            return;
        }

        using (code.Braces($"if (part == {_unparted++} % parts)"))
        {
            code.Line(call);
        }
    }

    /// <summary>Where one sample is predicted, the vectors are written out.</summary>
    private int CopiedRun(Kernel kernel) => kernel is NestKernel nest && !_isSingle ? NestWriter.CopiedRun(nest) : 0;

    /// <summary>The first row that is computed, in the matrix.</summary>
    private static string FirstRow(SparseOperand matrix, Ir.Size rows, LoopVariable? sample) =>
        matrix.IsOfSample ? $"(first + {sample!.Name}) * {SizeText.Of(rows)}" : "first";

    /// <summary>The first sample of the batch, from a reference to the first of the chunk.</summary>
    private static string FromFirst(string reference, View view) =>
        $"ref Unsafe.Subtract({reference}, (nint)first * {NumberText.Of(view.Buffer.SampleStride)})";

    private static string Name(string parameter) => parameter.Substring(parameter.LastIndexOf(' ') + 1);
}

/// <summary>A memory and the line that binds it: "ref float input0 = ref feed.Float(0);".</summary>
internal sealed record BoundMemory(string Name, string Text);
