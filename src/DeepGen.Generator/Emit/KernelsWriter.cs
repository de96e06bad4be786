using System.Collections.Immutable;
using DeepGen.Generator.Check;
using DeepGen.Generator.Declare;
using DeepGen.Generator.Interpret.Streams;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Lower;

namespace DeepGen.Generator.Emit;

/// <summary>The file of a network's kernels: how its weights are prepared, and one class per reading.</summary>
internal sealed class KernelsWriter(
    NetworkSpec spec, Elaboration elaboration, IReadOnlyList<ReadingProgram> programs, LoweredProgram prepare, long weightsLength, StreamedGraph? stream)
{
    public IReadOnlyList<StagedReading> Staged { get; init; } = [];

    private static readonly string[] Legend =
    [
        "",
        "How to read this: Run calls steps one after another, each named after what it is made of. A step loops over its",
        "output y in pieces of sixteen lanes (L); x is what it reads, w its weights in panels of columns, e what is added or",
        "multiplied after a product. Products are computed in tiles of rows by vectors. Images lie as rows, columns,",
        "channels, with zeros around them where a convolution reads over the edge.",
    ];

    public string Write()
    {
        var code = new CodeWriter();
        SourceFrame.Open(code, spec.Namespace, spec.Name, SummaryTable.Render(spec.Name, elaboration).TrimEnd('\n').Split('\n').Skip(1).Concat(Legend), isKernels: true);
        using (SourceFrame.Namespace(code, spec.Namespace))
        using (code.Braces($"partial class {spec.Name}"))
        {
            foreach (ReadingProgram reading in programs)
            {
                WriteProgram(code, reading);
                code.Line();
            }

            foreach (StagedReading reading in Staged)
            {
                WriteStages(code, reading);
                code.Line();
            }

            if (stream is not null)
            {
                StreamSurface.WriteLayout(code, stream);
                if (StreamSurface.IsOfTokens(elaboration.Forward!) && programs.All(p => p.Name != "Prefill"))
                {
                    code.Line("private static partial BatchProgram? PrefillProgram() => null;");
                }

                code.Line();
            }

            code.Line($"private const int WeightsLength = {weightsLength};");
            code.Line();
            using (code.Braces("private static partial void Prepare(ref float parameters, ref float weights)"))
            {
                Choose(code, set => $"PrepareSteps<{set}>.Run(ref parameters, ref weights);");
            }

            code.Line();
            WritePrepare(code);
        }

        return code.ToString();
    }

    /// <summary>One statement per instruction set, behind checks that compilers fold to the one that applies.</summary>
    private static void Choose(CodeWriter code, Func<string, string> statement) => Choose(code, lanes => code.Line(statement(lanes)));

    /// <summary>The same for several statements.</summary>
    public static void Choose(CodeWriter code, Action<string> write)
    {
        (string Check, string Lanes)[] sets = [("Avx512", "Lanes512"), ("Avx2", "Lanes256"), ("Neon", "LanesNeon"), ("Vector128", "Lanes128")];
        for (int i = 0; i < sets.Length; i++)
        {
            using (code.Braces($"{(i == 0 ? "if" : "else if")} (InstructionSet.{sets[i].Check})"))
            {
                write(sets[i].Lanes);
            }
        }

        using (code.Braces("else"))
        {
            write("LanesScalar");
        }
    }

    private void WriteProgram(CodeWriter code, ReadingProgram reading)
    {
        string steps = reading.Name + "Steps";
        bool hasSingle = SingleSample.Suits(reading);
        bool hasShares = ColumnShares.Prepare(reading.Program);
        using (code.Braces($"private static partial BatchProgram{(reading.Name == "Prefill" ? "?" : "")} {reading.Name}Program()"))
        {
            LoweredProgram program = reading.Program;
            long work = Math.Min(int.MaxValue, SharedKernels.WorkPerSample(program));
            string zeroed = program.Buffers.Any(b => b.Borders is not null) ? "true" : "false";
            string single = hasSingle ? $"singleLength: {SingleSample.WorkspaceLength(program)}, " : "";
            string shares = hasShares ? $"steps: {program.Statements.Count}, " : "";
            string make = hasSingle ? "BatchProgram.WithSingle" : hasShares ? "BatchProgram.WithShares" : "new BatchProgram";
            Choose(code, set => $"return {make}{(hasSingle ? $"<{steps}<{set}>>" : "")}"
                + $"(chunk: {program.Chunk}, fewest: {PartSize.Of(program, 0)}, workspaceLength: {program.WorkspaceLength}, zeroed: {zeroed}, work: {work}, {single}{shares}{steps}<{set}>.Run{(hasShares ? $", {steps}<{set}>.Share" : "")});");
        }

        code.Line();
        var bound = new List<BoundMemory>();
        for (int i = 0; i < reading.Graph.Inputs.Length; i++)
        {
            if (reading.Graph.Inputs[i].Type.IsSparse)
            {
                continue;
            }

            TensorType type = reading.Graph.Inputs[i].Type;
            (string text, string method) = type.Element == ElementType.Int32 ? ("int", "Int") : ("float", "Float");
            bound.Add(Bind(text, "input", i, method, i, type.Shape.ConstantLength));
        }

        bool packed = reading.Name == "Trace";
        IEnumerable<long> lengths = reading.Graph.Outputs.Select(o => o.Node.Shape.ConstantLength);
        int output = 0;
        foreach (long length in packed ? [lengths.Sum()] : lengths)
        {
            bound.Add(Bind("float", "output", output, "Float", reading.Graph.Inputs.Length + output, length));
            output++;
        }

        // Sizes known at run time come last.
        IReadOnlyList<string> symbols = reading.Symbols;
        MatrixSlots slots = Slots("feed", reading.Name, reading.Graph);
        new ProgramWriter(reading.Program, steps)
        {
            Source = "in Feed feed",
            Bound = bound,
            Numbers = ["int first", "int count", .. symbols.Select(s => "nint " + SizeNames.Of(s))],
            HasSingle = hasSingle,
            SharesSteps = hasShares,
            MatrixText = slots.Text,
        }.Write(
            code,
            Summary(reading.Name),
            "in Feed feed, ref float weights, ref float workspace, int first, int count",
            symbols.Select((s, i) => $"nint {SizeNames.Of(s)} = Unsafe.Add(ref feed.Int({slots.End}), {i});"),
            ["ref float weights", "ref float workspace"]);
    }

    /// <summary>A reading whose samples are computed from each other: inputs, then outputs, then matrices, then sizes are fed.</summary>
    private static void WriteStages(CodeWriter code, StagedReading reading)
    {
        int inputs = reading.Graph.Inputs.Length;
        var sources = reading.Graph.Inputs
            .Select((n, i) => n.Type.Element == ElementType.Int32 ? new StageInput("int", $"frame.Int({i})") : new StageInput("float", $"frame.Float({i})"))
            .ToList();
        MatrixSlots slots = Slots("frame", reading.Name, reading.Graph);
        List<StageSize> sizes = reading.Symbols.Select((s, i) => new StageSize(SizeNames.Of(s), $"Unsafe.Add(ref frame.Int({slots.End}), {i})")).ToList();
        using (code.Braces($"private static class {reading.Name}Stages"))
        {
            new StageWriter(code, "Stage", sources, k => $"frame.Float({inputs + k})", sizes, slots.Text).Write("All", reading.Program.Step);
        }

        code.Line();
        using (code.Braces($"private static partial StagedProgram {reading.Name}Program()"))
        {
            StageMemory memory = reading.Program.Memory;
            Choose(code, lanes => $"return new StagedProgram(keptLength: {memory.KeptLength}, valuesLength: {memory.ValuesLength}, {reading.Name}Stages.All<{lanes}>());");
        }
    }

    private static MatrixSlots Slots(string source, string name, Graph graph) =>
        new(source, graph.Inputs.Length + (name == "Trace" ? 1 : graph.Outputs.Length), MatrixSlots.In(graph));

    private static BoundMemory Bind(string type, string name, int index, string method, int slot, long length) =>
        new(name + NumberText.Of(index), $"ref {type} {name}{index} = ref Unsafe.Add(ref feed.{method}({slot}), (nint)first * {length});");

    private void WritePrepare(CodeWriter code) => new ProgramWriter(prepare, "PrepareSteps").Write(
        code,
        "Weights from PyTorch's layout into the one the steps read.",
        "ref float parameters, ref float weights",
        [
            "const int count = 1;",
            $"ref float workspace = ref MemoryMarshal.GetArrayDataReference(new float[{prepare.WorkspaceLength + Lanes.Count}]);",
        ],
        ["ref float parameters", "ref float weights", "ref float workspace"]);

    private static string Summary(string reading) => reading switch
    {
        "Predict" => "The outputs of count samples, from number first on.",
        "Stream" => "The outputs of count streams for their next element, from number first on.",
        "Prefill" => "The outputs of count streams for the last of their first elements.",
        "Certify" => "Bounds of the outputs of count boxes, from number first on.",
        _ => "Every named value of count samples, from number first on.",
    };
}
