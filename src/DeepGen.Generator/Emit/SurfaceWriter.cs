using System.Collections.Immutable;
using DeepGen.Generator.Check;
using DeepGen.Generator.Declare;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Interpret.Streams;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Lower;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Emit;

/// <summary>The file people and editors read: the members a network's user calls.</summary>
internal sealed class SurfaceWriter(NetworkSpec spec, Elaboration elaboration)
{
    private readonly Graph _forward = elaboration.Forward!;

    private readonly ImmutableArray<GraphTensor> _inputs = elaboration.Forward!.Inputs
        .Select((n, i) => GraphTensor.Of(spec.Module.Inputs[i].Name, n) with { Ids = GraphTensor.Rows(elaboration.Forward!, n), Ends = spec.Module.Inputs[i].Ends }).ToImmutableArray();

    private readonly ImmutableArray<GraphTensor> _outputs =
        elaboration.Forward!.Outputs.Select(o => GraphTensor.Of(o.Name, o.Node)).ToImmutableArray();

    /// <summary>The class, so that it is not taken for what else has its name.</summary>
    private string Self => !ImportedNames.FullNames.ContainsKey(spec.Name)
        ? spec.Name
        : "global::" + (spec.Namespace.Length == 0 ? "" : spec.Namespace + ".") + spec.Name;

    private readonly NetworkGraph _graph = new(elaboration.Forward!);

    private IEnumerable<string> Readings => spec.Readings.Select(r => r.Name).Where(n => n != "Train").Prepend("Predict");

    private IEnumerable<GraphTensor> TargetTensors => elaboration.Training?.Targets.Select(TrainingSurface.Tensor) ?? [];

    public string Write()
    {
        string table = SummaryTable.Render(spec.Name, elaboration).TrimEnd('\n');
        var code = new CodeWriter();
        SourceFrame.Open(code, spec.Namespace, spec.Name, []);
        using (SourceFrame.Namespace(code, spec.Namespace))
        {
            code.Line("/// <remarks>");
            code.Line("/// <code>");
            code.Lines(table.Split('\n').Select(l => "/// " + Escape(l)));
            code.Line("/// </code>");
            code.Line("/// </remarks>");
            string surface = elaboration.Training is null ? "INetwork" : "ITrainable";
            string traceable = spec.Readings.Any(r => r.Name == "Trace") ? ", ITraceable" : "";
            string streamable = !spec.Readings.Any(r => r.Name == "Stream") ? "" : StreamSurface.IsOfTokens(_forward) ? ", ITokenModel" : ", IStreamable";
            string overGraph = _graph.IsOfBatch ? ", IGraphNetwork" : "";
            using (code.Braces($"partial class {spec.Name} : {surface}<{Self}>{traceable}{streamable}{overGraph}"))
            {
                WriteState(code);
                WriteStatics(code, table);
                WriteParameters(code, _graph.IsOfBatch);
                foreach (string reading in Readings)
                {
                    code.Line();
                    WriteReading(code, reading);
                }

                if (elaboration.Training is { } training)
                {
                    code.Line();
                    new TrainingSurface(code, training, _inputs).Write();
                }

                code.Line();
                code.Line("private static partial void Prepare(ref float parameters, ref float weights);");
                LayerMethods.Write(code, spec.LayerMethods, spec.Name);
            }
        }

        return code.ToString();
    }

    private void WriteState(CodeWriter code)
    {
        foreach (string reading in Readings)
        {
            code.Line(ProgramField.Declaration(BatchSums.AnyIn(_forward) ? "StagedProgram" : "BatchProgram", reading));
        }

        OpenSurface.WriteShapes(code, _inputs.Concat(_outputs).Concat(TargetTensors), OpenSurface.Symbols(_inputs));
        code.Line("private readonly PreparedWeights _weights;");
        code.Line("private int _threads = 1;");
        code.Line();
        code.Line("/// <summary>A network with fresh parameters; equal seeds give equal parameters on every machine.</summary>");
        using (code.Braces($"public {spec.Name}(ulong seed = 0)"))
        {
            code.Line("Parameters = new ParameterSet(");
            code.Line("[");
            foreach (ParameterSpec p in elaboration.Parameters)
            {
                string scale = NumberText.Of((float)p.Scale);
                code.Line($"    new({Text(p.Path)}, [{string.Join(", ", p.Shape)}], [{string.Join(", ", p.Counts)}], Initializer.{p.Kind}, {scale}, {(p.Trainable ? "true" : "false")}),");
            }

            code.Line("], seed);");
            code.Line("_weights = new PreparedWeights(Parameters, WeightsLength, Prepare);");
        }
    }

    private void WriteStatics(CodeWriter code, string table)
    {
        code.Line();
        code.Line("/// <summary>The inputs and outputs: names and the shapes of one sample.</summary>");
        code.Line("public static NetworkSignature Signature { get; } = new(");
        code.Line($"    {Text(spec.Name)},");
        code.Line($"    [{string.Join(", ", _inputs.Select(t => t.SignatureAmong(_inputs)))}],");
        code.Line($"    [{string.Join(", ", _outputs.Select(t => t.SignatureAmong(_inputs)))}]){(_graph.IsOfSamples ? $" {{ LargestGraph = {NumberText.Of(_graph.Largest)} }}" : "")};");
        code.Line();
        code.Line("/// <summary>The layers with their output shapes, parameters and floating point operations.</summary>");
        code.Line("public static string Summary =>");
        string[] lines = table.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            bool last = i == lines.Length - 1;
            code.Line($"    {Text(last ? lines[i] : lines[i] + "\n")}{(last ? ";" : " +")}");
        }

        code.Line();
        code.Line("/// <summary>How many numbers training could change.</summary>");
        long count = elaboration.Parameters.Where(p => p.Trainable).Sum(p => p.Length);
        code.Line($"public static long ParameterCount => {NumberText.Of(count)};");
        code.Line();
        code.Line("/// <summary>A network with fresh parameters.</summary>");
        code.Line($"public static {Self} Create(ulong seed) => new(seed);");
    }

    private static void WriteParameters(CodeWriter code, bool isOverGraph)
    {
        code.Line();
        code.Line("/// <summary>The parameters by their dotted names, in PyTorch's shapes and order.</summary>");
        code.Line("public ParameterSet Parameters { get; }");
        code.Line();
        code.Line("/// <summary>How many threads a call may use; 1, the default, is the caller's alone. Results do not depend on it.</summary>");
        using (code.Braces("public int Threads"))
        {
            code.Line("get => _threads;");
            code.Line("set => _threads = global::DeepGen.Runtime.Arguments.Threads(value);");
        }

        code.Line();
        if (isOverGraph)
        {
            code.Line("/// <summary>The graph whose nodes are the samples, for calls that are not handed one; may be changed between calls.</summary>");
            code.Line("public NodeGraph? Graph { get; set; }");
            code.Line();
        }

        code.Line("/// <summary>Writes all parameters to a safetensors file.</summary>");
        code.Line("public void Save(string path) => Parameters.Save(path);");
        code.Line();
        code.Line("/// <summary>Reads all parameters from a safetensors file; a file that does not fit changes nothing.</summary>");
        code.Line("public void Load(string path) => Parameters.Load(path);");
    }

    private void WriteReading(CodeWriter code, string name)
    {
        string program = BatchSums.AnyIn(_forward) ? "StagedProgram" : "BatchProgram";
        code.Line($"private static partial {program} {name}Program();");
        code.Line();
        var writer = new ReadingSurface(code, _inputs, _outputs, _graph);
        switch (name)
        {
            case "Predict":
                writer.WritePredict();
                break;
            case "Certify":
                writer.WriteCertify();
                break;
            case "Stream":
                Size time = Streaming.Time(_forward)!.Value;
                new StreamSurface(code, _inputs.Select(i => StreamSurface.OfOne(i, time)).ToList(), _outputs.Select(o => StreamSurface.OfOne(o, time)).ToList())
                    .Write(StreamSurface.IsOfTokens(_forward));
                break;
            default:
                writer.WriteTrace(Tracing.Run(_forward).Outputs.Select(o => GraphTensor.Of(o.Name, o.Node)).ToList());
                break;
        }
    }

    private static string Text(string value) => Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(value, quote: true);

    private static string Escape(string line) => line.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}

/// <summary>An input or output as the surface shows it: a name that C# accepts, and the sizes of one sample.</summary>
internal sealed record GraphTensor(string Name, ImmutableArray<Size> Sizes, ElementType Kind)
{
    public bool IsInt => Kind == ElementType.Int32;

    public bool IsSparse => Kind == ElementType.Sparse;

    /// <summary>Whether it is made of floats, one by one.</summary>
    public bool IsPlain => Kind == ElementType.Float32;

    /// <summary>The sizes, each as large as it can be.</summary>
    public ImmutableArray<int> Shape => Sizes.Select(s => s.Value).ToImmutableArray();

    /// <summary>Whether a size is known at run time only.</summary>
    public bool IsOpen => Sizes.Any(s => s.IsOpen);

    /// <summary>The sizes for people: "T, 64".</summary>
    public string Words => string.Join(", ", Sizes);

    /// <summary>The type of a parameter for it.</summary>
    public string Parameter => IsSparse ? "SparseMatrix" : $"ReadOnlySpan<{Element}>";

    /// <summary>What a member does that generic code calls, where an input is sparse.</summary>
    public const string RefuseSparse =
        "throw new NotSupportedException(\"An input of this network is a sparse matrix: call the overload that names its inputs.\");";

    /// <summary>Checks that it holds as many samples as the batch, which the first one says.</summary>
    public string Check(string name, string batch, bool isFirst, string text, string sampleLength)
    {
        string length = IsSparse ? name : name + ".Length";
        return isFirst
            ? $"int {batch} = global::DeepGen.Runtime.Arguments.Batch({length}, {sampleLength}, {text});"
            : $"global::DeepGen.Runtime.Arguments.Input({length}, {batch}, {sampleLength}, {text});";
    }

    public long Length => Shape.Aggregate(1L, (n, s) => n * s);

    /// <summary>Of an input of ids, how many there are.</summary>
    public int Ids { get; init; }

    /// <summary>Of an input that says how many steps samples have, the size; else "".</summary>
    public string Ends { get; init; } = "";

    /// <summary>The statement that looks for ids beyond the last, or for samples of more steps than there are.</summary>
    /// <param name="argument">The ids.</param>
    /// <param name="size">The expression for a size in this call.</param>
    public string CheckIds(string argument, Func<string, string> size) => Ends.Length > 0
        ? $"global::DeepGen.Runtime.Arguments.Lengths({argument}, {size(Ends)}, {Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(Name, quote: true)});"
        : $"global::DeepGen.Runtime.Arguments.Ids({argument}, {Ids}, {Length}, {Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(Name, quote: true)});";

    /// <summary>Spans of inputs that come as floats, ids among them, which are made whole numbers first.</summary>
    public static List<string> Spans(CodeWriter code, IReadOnlyList<GraphTensor> inputs, Func<int, string> floats)
    {
        var spans = new List<string>();
        for (int i = 0; i < inputs.Count; i++)
        {
            if (inputs[i].IsInt)
            {
                string name = Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(inputs[i].Name, quote: true);
                code.Line($"using var ids{i} = new global::DeepGen.Runtime.IdBuffer({floats(i)}, {(inputs[i].Ends.Length > 0 ? "int.MaxValue" : NumberText.Of(inputs[i].Ids))}, {inputs[i].Length}, {name});");
                if (inputs[i].Ends.Length > 0)
                {
                    code.Line($"int {Longest(i)} = global::DeepGen.Runtime.Arguments.Longest(ids{i}.Span, {NumberText.Of(inputs[i].Ids - 1)}, {name});");
                }
            }

            spans.Add(inputs[i].IsInt ? $"ids{i}.Span" : floats(i));
        }

        return spans;
    }

    /// <summary>The variable that <see cref="Spans"/> makes for the most steps a sample has, by an input of lengths.</summary>
    public static string Longest(int input) => "longest" + NumberText.Of(input);

    /// <summary>The number of rows of the smallest table that an input is a choice from.</summary>
    public static int Rows(Graph graph, Node ids) =>
        graph.Nodes.Where(n => n.Op is Ops.Gather && n.Inputs[1] == ids).Select(n => n.Inputs[0].Shape[0].Value).DefaultIfEmpty(int.MaxValue).Min();

    public string Element => IsInt ? "int" : "float";

    public string Signature =>
        $"new({Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(Name, quote: true)}, [{string.Join(", ", Shape)}])";

    /// <summary>The same with the input that says how many rows of it a sample has, if one does.</summary>
    public string SignatureAmong(IEnumerable<GraphTensor> inputs) => LengthsOf(inputs, Sizes) is { } lengths
        ? $"{Signature} {{ Lengths = {Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(lengths, quote: true)} }}"
        : Signature;

    /// <summary>The input that says how many rows a sample has of a tensor of these sizes, or null.</summary>
    public static string? LengthsOf(IEnumerable<GraphTensor> inputs, IEnumerable<Size> sizes) =>
        sizes.FirstOrDefault() is { IsOpen: true, Offset: 0, Symbol: { } rows } ? inputs.FirstOrDefault(i => i.Ends == rows)?.Name : null;

    public static GraphTensor Of(string name, Node node) => new(
        name, node.Shape.Where(s => !s.IsBatch).ToImmutableArray(), node.Type.Element);
}
