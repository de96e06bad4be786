using System.Collections.Immutable;
using DeepGen.Generator.Check;
using DeepGen.Generator.Declare;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Lower;
using Microsoft.CodeAnalysis.CSharp;
using Buffer = DeepGen.Generator.Lower.Buffer;

namespace DeepGen.Generator.Emit;

/// <summary>The file of a network's training step: its stages, and the program that lists them for the runtime.</summary>
internal sealed class TrainingWriter(
    NetworkSpec spec, TrainingElaboration training, StagedProgram program, IReadOnlyList<Buffer> inPrepare, IReadOnlyList<LearnedProduct> inStep, long lossPlace,
    ImmutableArray<Node> inputs)
{
    private static readonly string[] Legend =
    [
        "",
        "A training step goes from stage to stage; threads meet between them. A stage of samples computes samples one by one, in",
        "parts of the batch, and lets sums over samples grow in an area for each part; the areas are added up in their order. A",
        "stage of the whole batch computes what belongs to no sample: gradients of matrices as products whose depth is the batch.",
        "Weights are prepared for the kernels when parameters have changed. In a step that learns, an optimiser changes a parameter",
        "block by block: behind the product that is its gradient, or where it is prepared for the next step.",
    ];

    public string Write()
    {
        var code = new CodeWriter();
        SourceFrame.Open(code, spec.Namespace, spec.Name, Legend, isKernels: true);
        using (SourceFrame.Namespace(code, spec.Namespace))
        using (code.Braces($"partial class {spec.Name}"))
        {
            List<StageInput> sources = Sources();
            var matrices = new MatrixSlots("frame", inputs.Length - training.Settings.Length, MatrixSlots.In(training.Graph));
            StageWriter Stages(string name, IReadOnlyList<StageSize> sizes) => new(code, name, sources, index => $"frame.Output({index})", sizes, matrices.Text);
            using (code.Braces("private static class TrainSteps"))
            {
                Stages("Prepare", []).Write("Prepare", program.Prepare);
                code.Line();
                Stages("Stage", Sizes()).Write("Step", program.Step);
            }

            code.Line();
            using (code.Braces("private static partial TrainingProgram TrainProgram()"))
            {
                code.Line("TrainingStage[] prepare;");
                code.Line("TrainingStage[] step;");
                KernelsWriter.Choose(code, lanes =>
                {
                    code.Line($"prepare = TrainSteps.Prepare<{lanes}>();");
                    code.Line($"step = TrainSteps.Step<{lanes}>();");
                });
                code.Line();
                code.Line("return new TrainingProgram");
                code.Line("{");
                code.Line($"    KeptLength = {program.Memory.KeptLength},");
                code.Line($"    ValuesLength = {program.Memory.ValuesLength},");
                code.Line($"    WeightsLength = {program.WeightsLength},");
                code.Line($"    LossPlace = {lossPlace},");
                code.Line($"    LossStage = {LastStage(b => b.Memory == Memory.Values && b.Offset == lossPlace)},");
                code.Line($"    Gradients = [{string.Join(", ", GradientPlaces())}],");
                code.Line($"    LearnedInPrepare = [{string.Join(", ", inPrepare.Select(b => $"new({b.Offset}, {b.Length})"))}],");
                code.Line($"    LearnedInStep = [{string.Join(", ", inStep.OrderBy(l => l.Product.Target.Buffer.Offset).Select(l => $"new({l.Product.Target.Buffer.Offset}, {l.Product.Target.Buffer.Length}, {l.Product.Blocks})"))}],");
                code.Line("    Prepare = [.. prepare],");
                code.Line("    Step = [.. step],");
                code.Line($"    OutputLengths = [{string.Join(", ", Outputs("output:").Select(o => NumberText.Of(o.Node.Shape.ConstantLength)))}],");
                code.Line("    Targets = Targets,");
                code.Line($"    Settings = [{string.Join(", ", training.Settings.Select(s => $"new({Text(s.Name)}, TrainingSettingKind.{s.Kind}, {s.Length})"))}],");
                code.Line($"    Updates = [{string.Join(", ", Outputs("update:").Select(o => Text(o.Name.Substring("update:".Length))))}],");
                if (matrices.Dropped.Count > 0)
                {
                    code.Line($"    Drops = [{string.Join(", ", matrices.Dropped.Select(d => $"new({d.Slot}, {SettingOffset(d.Dropping.Key.Buffer.Index) + d.Dropping.Key.Offset}, {NumberText.Of(d.Dropping.Rate)})"))}],");
                }

                code.Line("};");
            }
        }

        return code.ToString();
    }

    /// <summary>The number of the last stage that writes such a buffer.</summary>
    private int LastStage(Func<Buffer, bool> isMeant) =>
        Enumerable.Range(0, program.Step.Count).Last(s => Targets(program.Step[s]).Any(isMeant));

    private IEnumerable<string> GradientPlaces() => program.Step.SelectMany(Targets)
        .Where(b => b.Memory == Memory.Gradients)
        .GroupBy(b => (b.Offset, b.Length))
        .OrderBy(g => g.Key.Offset)
        .Select(g => $"new({g.Key.Offset}, {g.Key.Length}, {LastStage(b => b.Memory == Memory.Gradients && b.Offset == g.Key.Offset)})");

    private static IEnumerable<Buffer> Targets(LoweredStage stage) => stage switch
    {
        LoweredSamples samples => Targets(samples.Program.Statements),
        LoweredWhole whole => Targets(whole.Program.Statements),
        LoweredLoop loop => loop.Body.SelectMany(Targets),
        _ => [],
    };

    private static IEnumerable<Buffer> Targets(IEnumerable<Statement> statements) => statements.SelectMany(s => s.Kernels).SelectMany(k => k.Targets).Select(t => t.Buffer);

    private IEnumerable<GraphOutput> Outputs(string prefix) =>
        training.Graph.Outputs.Where(o => o.Name.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>Sizes known at run time come after inputs, targets and the matrices of a graph.</summary>
    private List<StageSize> Sizes()
    {
        int fed = inputs.Length - training.Settings.Length + MatrixSlots.In(training.Graph).Length;
        return SizeNames.In(inputs).Select((s, i) => new StageSize(SizeNames.Of(s), $"Unsafe.Add(ref frame.Int({fed}), {i})")).ToList();
    }

    /// <summary>Where a setting begins among all of them.</summary>
    private long SettingOffset(int input)
    {
        int fed = inputs.Length - training.Settings.Length;
        return inputs.Skip(fed).Take(input - fed).Sum(n => n.Shape.ConstantLength);
    }

    /// <summary>Inputs and targets are fed; settings lie one after another.</summary>
    private List<StageInput> Sources()
    {
        int fed = inputs.Length - training.Settings.Length;
        long offset = 0;
        return inputs.Select((node, i) =>
        {
            bool isInt = node.Type.Element == ElementType.Int32;
            if (i < fed)
            {
                return new StageInput(isInt ? "int" : "float", isInt ? $"frame.Int({i})" : $"frame.Float({i})");
            }

            var setting = new StageInput("float", $"Unsafe.Add(ref frame.Settings, {offset})");
            offset += node.Shape.ConstantLength;
            return setting;
        }).ToList();
    }

    private static string Text(string value) => SymbolDisplay.FormatLiteral(value, quote: true);
}
