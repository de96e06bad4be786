using DeepGen.Generator.Lower;
using Buffer = DeepGen.Generator.Lower.Buffer;

namespace DeepGen.Generator.Emit;

/// <summary>The stages of a training step as classes, one each, and the method that lists them for the runtime.</summary>
/// <param name="code">The file.</param>
/// <param name="name">What the classes' names begin with.</param>
/// <param name="inputs">What each input is bound to, given the first sample.</param>
/// <param name="outputs">The same for an output.</param>
/// <param name="sizes">The sizes known at run time.</param>
/// <param name="matrices">Where the caller's sparse matrices are.</param>
internal sealed class StageWriter(
    CodeWriter code,
    string name,
    IReadOnlyList<StageInput> inputs,
    Func<int, string> outputs,
    IReadOnlyList<StageSize> sizes,
    Func<SparseOperand, string> matrices)
{
    private int _stages;

    /// <summary>Writes the classes, and a method that lists the stages for some lanes.</summary>
    public void Write(string method, IEnumerable<LoweredStage> stages)
    {
        IReadOnlyList<StageText> texts = Write(stages);
        code.Line($"public static TrainingStage[] {method}<L>() where L : struct, ILanes<L> =>");
        code.Line("[");
        foreach (StageText text in texts)
        {
            text.Write(code, 1);
        }

        code.Line("];");
    }

    private List<StageText> Write(IEnumerable<LoweredStage> stages) => stages.Select(Write).ToList();

    private StageText Write(LoweredStage stage)
    {
        if (stage is LoweredLoop loop)
        {
            return new StageText(loop.Count, null, Write(loop.Body));
        }

        string className = $"{name}{NumberText.Of(++_stages)}";
        if (stage is LoweredSamples samples)
        {
            LoweredProgram program = samples.Program;
            bool hasShares = ColumnShares.Prepare(program, samples.SumsLength);
            Write(className, program, samples.Loops, isSamples: true, inParts: false, hasShares);
            string shares = hasShares ? $", steps: {program.Statements.Count}, share: {className}<L>.Share" : "";
            string call = $"TrainingStage.Samples(chunk: {program.Chunk}, fewest: {PartSize.Of(program, samples.SumsLength)}, work: {Math.Min(int.MaxValue, SharedKernels.WorkPerSample(program))}, workspaceLength: {program.WorkspaceLength}, "
                + $"sumsStart: {samples.SumsStart}, sumsLength: {samples.SumsLength}, {className}<L>.Run{shares})";
            return new StageText(1, call, []);
        }

        var whole = (LoweredWhole)stage;
        Write(className, whole.Program, whole.Loops, isSamples: false, whole.InParts);
        string shared = whole.IsShared ? "true" : "false";
        return new StageText(1, $"TrainingStage.Whole(workspaceLength: {whole.Program.WorkspaceLength}, isShared: {shared}, {className}<L>.Run)", []);
    }

    private void Write(string className, LoweredProgram program, IReadOnlyList<LoopVariable> loops, bool isSamples, bool inParts, bool hasShares = false)
    {
        List<Buffer> buffers = program.Statements.SelectMany(s => s.Kernels).SelectMany(k => k.Views).Select(v => v.Buffer).Distinct().ToList();
        var opening = new List<string>();
        var memories = new List<string>();
        var bound = new List<BoundMemory>();
        foreach (Buffer buffer in buffers.Where(b => b.Memory == Memory.Input).GroupBy(b => b.Index).Select(g => g.First()).OrderBy(b => b.Index))
        {
            StageInput input = inputs[buffer.Index];
            Bind(input.Type, AddressText.MemoryName(buffer), input.Source, buffer.HasSamples && isSamples ? buffer.SampleStride : 0);
        }

        foreach (Buffer buffer in buffers.Where(b => b.Memory == Memory.Output).GroupBy(b => b.Index).Select(g => g.First()).OrderBy(b => b.Index))
        {
            Bind("float", AddressText.MemoryName(buffer), outputs(buffer.Index), buffer.SampleStride);
        }

        foreach (Buffer buffer in buffers.Where(b => b.Memory == Memory.Kept).OrderBy(b => b.Index))
        {
            string start = $"Unsafe.Add(ref frame.Kept, frame.Capacity * {buffer.Offset})";
            Bind("float", AddressText.MemoryName(buffer), start, isSamples ? buffer.SampleStride : 0);
        }

        foreach ((Memory memory, string member) in new[] { (Memory.Parameters, "Parameters"), (Memory.Weights, "Weights"), (Memory.Values, "Values"), (Memory.Gradients, "Gradients") })
        {
            if (buffers.Any(b => b.Memory == memory))
            {
                Bind("float", member.ToLowerInvariant(), "frame." + member, 0);
            }
        }

        opening.AddRange(sizes.Select(s => $"nint {s.Name} = {s.Source};"));
        opening.AddRange(loops.Select((l, depth) => $"nint {l.Name} = frame.Iteration({depth});"));
        if (isSamples && !hasShares)
        {
            memories.Add("ref float sums");
        }

        if (!isSamples)
        {
            opening.Add("int part = first;");
            opening.Add("int parts = count;");
            opening.Add("nint batch = frame.Batch;");
        }

        memories.Add("ref float workspace");
        new ProgramWriter(program, className)
        {
            Numbers = [.. isSamples ? new[] { "int first", "int count" } : ["int part", "int parts", "nint batch"], .. sizes.Select(s => "nint " + s.Name)],
            Source = "in StepFrame frame",
            Bound = bound,
            Loops = loops,
            InParts = inParts,
            SharesSteps = hasShares,
            MatrixText = matrices,
        }.Write(
            code,
            isSamples ? "Some samples of the batch, from number first on." : "What belongs to the whole batch.",
            "in StepFrame frame, ref float sums, ref float workspace, int first, int count",
            opening,
            memories);
        code.Line();

        void Bind(string type, string reference, string source, long stride) => bound.Add(new(reference, stride == 0
            ? $"ref {type} {reference} = ref {source};"
            : $"ref {type} {reference} = ref Unsafe.Add(ref {source}, (nint)first * {stride});"));
    }
}

/// <summary>What an input of a stage is bound to: "frame.Float(0)".</summary>
internal sealed record StageInput(string Type, string Source);

/// <summary>A size known at run time and where it comes from: "frame.Int(2)".</summary>
internal sealed record StageSize(string Name, string Source);

/// <summary>The text that makes a stage; or of a loop its count and stages.</summary>
internal sealed record StageText(int Count, string? Call, IReadOnlyList<StageText> Body)
{
    public void Write(CodeWriter code, int depth)
    {
        string indent = new(' ', 4 * depth);
        if (Call is not null)
        {
            code.Line(indent + Call + ",");
            return;
        }

        code.Line($"{indent}TrainingStage.Loop({Count},");
        code.Line(indent + "[");
        foreach (StageText stage in Body)
        {
            stage.Write(code, depth + 1);
        }

        code.Line(indent + "]),");
    }
}
