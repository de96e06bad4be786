using System.Collections.Immutable;
using DeepGen.Generator.Declare;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Layers;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Passes;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Check;

/// <summary>
/// Declaration → graph: every layer becomes its primitives, every shape is inferred, and what cannot be is a finding.
/// There is a graph exactly if there are no findings.
/// </summary>
internal static class Elaborator
{
    public static Elaboration Elaborate(NetworkSpec spec)
    {
        var journal = new Journal();
        var scope = new ParameterScope(new GraphBuilder(), Initial(spec, journal), ConvolutionTiles.OfNetwork(spec, journal));
        bool storesNarrow = StoresNarrow(spec, journal);
        var network = new ModuleInstance(spec.Module, "");
        ImmutableArray<Term?> inputs = scope.Steps.Within(spec.Module, spec.Module.Inputs.Select((_, i) => Input(spec.Module, i, i, scope.Graph, journal)));
        ImmutableArray<Term?> outputs = scope.Steps.Within(new ModuleWalk(journal, scope, network, depth: 0).Run(inputs));
        ImmutableArray<ParameterSpec> parameters = network.Parameters.ToImmutableArray();
        CheckTotal(parameters, spec.Module, journal);

        if (outputs.FirstOrDefault(o => o is { Node.Type.IsSparse: true }) is Term sparse)
        {
            journal.Report(new Finding("DG0016", spec.Module.TypeName + "/type", EquatableArray.Of("the output", "values one by one", $"sparse {ShapeWords.Of(sparse.Sample)}")));
        }

        if (outputs.Any(o => o?.Node.Type.Element == ElementType.Int32))
        {
            journal.Report(new Finding("DG0016", spec.Module.TypeName + "/type", EquatableArray.Of("An output", "numbers", "the ids that an Embedding reads")));
        }

        Graph? forward = null;
        if (journal.Findings.IsEmpty && !outputs.Contains(null))
        {
            forward = scope.Graph.Build(outputs.Select((o, i) => new GraphOutput(spec.Module.Outputs[i].Name, o!.Node)));
            foreach (Finding finding in RaggedCheck.Findings(spec, forward).Concat(ReadingCheck.Findings(spec, forward)))
            {
                journal.Report(finding);
            }
        }

        if (storesNarrow && forward is not null)
        {
            forward = NarrowWeights.Run(forward);
        }

        TrainingElaboration? training = null;
        if (journal.Findings.IsEmpty && forward is not null && spec.Readings.Any(r => r.Name == "Train"))
        {
            training = TrainingElaborator.Elaborate(spec, journal);
        }

        bool isSound = journal.Findings.IsEmpty;
        return new Elaboration(isSound ? forward : null, parameters, journal.Rows, journal.Findings, isSound ? training : null);
    }

    /// <summary>How weights begin that do not say so themselves.</summary>
    public static Initial Initial(NetworkSpec spec, Journal journal) =>
        (Initial)OfNetwork(spec, spec.Initialize, "initialize", Initialisation.Argument("Initial"), journal);

    /// <summary>Whether the weights of products are bfloat16.</summary>
    private static bool StoresNarrow(NetworkSpec spec, Journal journal) =>
        OfNetwork(spec, spec.Weights, "weights", Argument.Choice("Format", "Float32", "BFloat16"), journal) == 1;

    /// <summary>Which of its choices an attribute of the whole network takes; the first where it is not there.</summary>
    public static int OfNetwork(NetworkSpec spec, EquatableArray<ArgumentSpec> attribute, string place, Argument argument, Journal journal)
    {
        ArgumentSpec? written = attribute.FirstOrDefault();
        if (written is null || argument.Wrong(written) is not string value)
        {
            return (int)(written?.Numbers[0] ?? 0);
        }

        journal.Report(new Finding("DG0023", $"{spec.Module.TypeName}/{place}/{argument.Name}", EquatableArray.Of(argument.Name, value, argument.MustBe)));
        return 0;
    }

    /// <summary>The input as users see it, channels first, whatever the order it arrives in.</summary>
    /// <param name="position">Its number among the inputs of the graph.</param>
    public static Term? Input(ModuleSpec module, int index, int position, GraphBuilder graph, Journal journal)
    {
        InputSpec input = module.Inputs[index];
        string place = $"{module.TypeName}/input:{index}";
        foreach (int size in input.Shape.Where(s => s < 1).Take(1))
        {
            journal.Report(new Finding("DG0005", place + "/Shape", EquatableArray.Of("Shape", ShapeWords.Number(size))));
            return null;
        }

        long length = Saturating.Product(input.Shape.Select(s => (long)s).ToArray());
        if (length > int.MaxValue)
        {
            journal.Report(new Finding("DG0024", place + "/Shape", EquatableArray.Of($"the input '{input.Name}'", ShapeWords.Values(length))));
            return null;
        }

        bool isInterleaved = input.Layout == InputLayout.Hwc;
        if (isInterleaved && input.Shape.Count != 3)
        {
            string[] words = ["Layout.Hwc", "an image of channels, height and width", ShapeWords.Of(input.Shape.Items)];
            journal.Report(new Finding("DG0016", place + "/Layout", words.ToEquatable()));
            return null;
        }

        if (input.IsSparse && (input.Shape.Count != 1 || input.Sizes.Any(s => s.IsOpen)))
        {
            string[] words = ["Sparse", "a vector of constant size", ShapeWords.Of(Shape.Of(input.Sizes))];
            journal.Report(new Finding("DG0016", place + "/Sparse", words.ToEquatable()));
            return null;
        }

        // The declared sizes are channels, height, width in both layouts.
        Shape declared = Shape.Of(input.Sizes.Prepend(Size.Batch));
        Shape shape = isInterleaved ? declared.Permute([0, 2, 3, 1]) : declared;
        TensorType type = input.IsSparse
            ? TensorType.Sparse(shape[0], shape[1])
            : new TensorType(input.Ends.Length > 0 || ReadsIds(module, index) ? ElementType.Int32 : ElementType.Float32, shape);
        Node node = graph.Add(new Input(position, input.Name, type));
        node.Label = input.Name;
        var value = new Term(graph, node);
        return input.HasShape ? (isInterleaved ? value.ToChannelsFirst() : value) : null;
    }

    /// <summary>An input that goes to an Embedding is made of whole numbers.</summary>
    private static bool ReadsIds(ModuleSpec module, int index) =>
        module.Steps.Select((s, i) => (Step: s, Index: i)).Where(s => s.Step.Kind == StepKind.Input && s.Step.Index == index)
            .Any(input => module.Steps.Any(s => s.Kind == StepKind.Call && s.Operands.Contains(input.Index)
                && LayerCatalog.Find(module.Members[s.Index].Layer.Kind) is { ReadsIds: true }));

    private static void CheckTotal(ImmutableArray<ParameterSpec> parameters, ModuleSpec module, Journal journal)
    {
        // All parameters lie in one array, each at a multiple of 16 values.
        long total = parameters.Aggregate(0L, (n, p) => Saturating.Add(n, p.Length + 15));
        if (total > int.MaxValue)
        {
            journal.Report(new Finding("DG0024", module.TypeName + "/type", EquatableArray.Of("all parameters together", ShapeWords.Values(total))));
        }
    }
}
