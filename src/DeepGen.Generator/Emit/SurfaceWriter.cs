using System.Collections.Immutable;
using DeepGen.Generator.Check;
using DeepGen.Generator.Declare;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Emit;

/// <summary>The file people and editors read: the members a network's user calls.</summary>
internal sealed class SurfaceWriter(NetworkSpec spec, Elaboration elaboration)
{
    private readonly Graph _forward = elaboration.Forward!;

    private readonly ImmutableArray<GraphTensor> _inputs =
        elaboration.Forward!.Inputs.Select((n, i) => GraphTensor.Of(spec.Module.Inputs[i].Name, n)).ToImmutableArray();

    private readonly ImmutableArray<GraphTensor> _outputs =
        elaboration.Forward!.Outputs.Select(o => GraphTensor.Of(o.Name, o.Node)).ToImmutableArray();

    /// <summary>The class, so that it is not taken for what else has its name.</summary>
    private string Self => !ImportedNames.FullNames.ContainsKey(spec.Name)
        ? spec.Name
        : "global::" + (spec.Namespace.Length == 0 ? "" : spec.Namespace + ".") + spec.Name;

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
            using (code.Braces($"partial class {spec.Name} : {surface}<{Self}>{traceable}"))
            {
                WriteState(code);
                WriteStatics(code, table);
                WriteParameters(code);
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
            code.Line($"private static readonly BatchProgram s_{Camel(reading)} = {reading}Program();");
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
        code.Line($"    [{string.Join(", ", _inputs.Select(t => t.Signature))}],");
        code.Line($"    [{string.Join(", ", _outputs.Select(t => t.Signature))}]);");
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

    private static void WriteParameters(CodeWriter code)
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
        code.Line("/// <summary>Writes all parameters to a safetensors file.</summary>");
        code.Line("public void Save(string path) => Parameters.Save(path);");
        code.Line();
        code.Line("/// <summary>Reads all parameters from a safetensors file; a file that does not fit changes nothing.</summary>");
        code.Line("public void Load(string path) => Parameters.Load(path);");
    }

    private void WriteReading(CodeWriter code, string name)
    {
        code.Line($"private static partial BatchProgram {name}Program();");
        code.Line();
        var writer = new ReadingSurface(code, _inputs, _outputs);
        switch (name)
        {
            case "Predict":
                writer.WritePredict();
                break;
            case "Certify":
                writer.WriteCertify();
                break;
            default:
                writer.WriteTrace(Tracing.Run(_forward).Outputs.Select(o => GraphTensor.Of(o.Name, o.Node)).ToList());
                break;
        }
    }

    private static string Text(string value) => Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(value, quote: true);

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name.Substring(1);

    private static string Escape(string line) => line.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}

/// <summary>An input or output as the surface shows it: a name that C# accepts, and the sizes of one sample.</summary>
internal sealed record GraphTensor(string Name, ImmutableArray<Size> Sizes, bool IsInt)
{
    /// <summary>The sizes, each as large as it can be.</summary>
    public ImmutableArray<int> Shape { get; } = Sizes.Select(s => s.Value).ToImmutableArray();

    /// <summary>Whether a size is known at run time only.</summary>
    public bool IsOpen => Sizes.Any(s => s.IsOpen);

    /// <summary>The sizes for people: "T, 64".</summary>
    public string Words => string.Join(", ", Sizes);

    public long Length => Shape.Aggregate(1L, (n, s) => n * s);

    public string Element => IsInt ? "int" : "float";

    public string Signature =>
        $"new({Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(Name, quote: true)}, [{string.Join(", ", Shape)}])";

    public static GraphTensor Of(string name, Node node) => new(
        name, node.Shape.Where(s => !s.IsBatch).ToImmutableArray(), node.Type.Element == ElementType.Int32);
}
