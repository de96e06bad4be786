using System.Collections.Immutable;
using DeepGen.Generator.Check;
using Microsoft.CodeAnalysis.CSharp;

namespace DeepGen.Generator.Emit;

/// <summary>The public members of a network that is trained: gradients of a batch, and a step with them.</summary>
internal sealed class TrainingSurface(CodeWriter code, TrainingElaboration training, IReadOnlyList<GraphTensor> inputs)
{
    public void Write()
    {
        code.Line("private static partial TrainingProgram TrainProgram();");
        code.Line();
        WriteTargets();
        code.Line();
        code.Line("/// <summary>The gradients and outputs of the last batch, and the settings of the next; made when first asked for.</summary>");
        code.Line("public TrainingState Training => _training ??= new TrainingState(Parameters, s_train);");
        code.Line();
        WriteTyped(learns: false);
        code.Line();
        WriteTyped(learns: true);
        code.Line();
        WriteGeneric(learns: false);
        code.Line();
        WriteGeneric(learns: true);
        code.Line();
        code.Line("/// <summary>Changes the parameters as the optimiser does with the gradients of the last batch.</summary>");
        code.Line("public void Step(Optimizer optimizer) => Training.Step(optimizer, _threads);");
    }

    private void WriteTargets()
    {
        code.Line("/// <summary>What the losses are given, in the order of the targets.</summary>");
        code.Line("public static System.Collections.Immutable.ImmutableArray<TargetSignature> Targets { get; } =".Replace("System.", "global::System."));
        code.Line("[");
        foreach (TargetSpec target in training.Targets)
        {
            code.Line($"    new({Text(target.Name)}, {Text(target.Loss)}, {target.OutputIndex}, {target.Classes}, [{string.Join(", ", target.Shape.Select(s => s.Value))}]){(target.Weight == 1 ? "" : $" {{ Weight = {NumberText.Of(target.Weight)} }}")},");
        }

        code.Line("];");
        code.Line();
        code.Line("private static readonly TrainingProgram s_train = TrainProgram();");
        code.Line("private TrainingState? _training;");
    }

    private void WriteTyped(bool learns)
    {
        var names = new UniqueNames(["_weights", "_threads", "_training", "s_train", "global"]);
        List<(GraphTensor Tensor, string Name)> named = inputs.Select(i => (i, names.Free(i.Name))).ToList();
        List<string> targets = training.Targets.Select(t => names.Free(Identifier(t.Name))).ToList();
        string batch = names.Free("batch");
        string feed = names.Free("feed");
        string state = names.Free("training");
        string optimizer = names.Free("optimizer");
        var open = new OpenSurface(inputs, names.Free);
        code.Line("/// <summary>");
        code.Lines(learns
            ?
            [
                "/// A whole step: the mean loss of a batch, and the parameters changed by its gradients, within the backward pass where the",
                "/// optimiser allows it. The numbers are those of Gradients and <see cref=\"Step\"/>. A loss that is not finite changes none.",
            ]
            :
            [
                "/// The mean loss of a batch. Its gradients are in <see cref=\"Training\"/> afterwards, for <see cref=\"Step\"/>; running statistics",
                "/// have taken the batch in. Allocates nothing once it has seen a batch as large. One call at a time.",
            ]);
        code.Line("/// </summary>");
        foreach ((GraphTensor tensor, string name) in named)
        {
            code.Line($"/// <param name=\"{name}\">[batch, {tensor.Words}]</param>");
        }

        for (int t = 0; t < targets.Count; t++)
        {
            TargetSpec target = training.Targets[t];
            string sizes = string.Concat(target.Shape.Select(s => ", " + s));
            string what = target.Classes > 0 ? $", numbers of classes from 0 to {target.Classes - 1}" : "";
            code.Line($"/// <param name=\"{targets[t]}\">[batch{sizes}]{what}, for {target.Loss}</param>");
        }

        if (learns)
        {
            code.Line($"/// <param name=\"{optimizer}\">How parameters change.</param>");
        }

        open.Document(code);

        IEnumerable<string> parameters = named.Select(n => $"ReadOnlySpan<{n.Tensor.Element}> {Escaped(n.Name)}")
            .Concat(training.Targets.Select((t, i) => $"ReadOnlySpan<{(t.Classes > 0 ? "int" : "float")}> {Escaped(targets[i])}"))
            .Concat(learns ? ["Optimizer " + optimizer] : []);
        using (code.Braces($"public float {(learns ? "Learn" : "Gradients")}({string.Join(", ", parameters)}{open.Parameters})"))
        {
            open.Open(code);
            for (int i = 0; i < named.Count; i++)
            {
                (GraphTensor tensor, string name) = named[i];
                code.Line(i == 0
                    ? $"int {batch} = global::DeepGen.Runtime.Arguments.Batch({Escaped(name)}.Length, {open.Length(tensor)}, {Text(name)});"
                    : $"global::DeepGen.Runtime.Arguments.Input({Escaped(name)}.Length, {batch}, {open.Length(tensor)}, {Text(name)});");
            }

            IEnumerable<(GraphTensor Tensor, string Name)> passedTargets = training.Targets.Select((t, i) => (Tensor(t), Escaped(targets[i])));
            foreach ((GraphTensor tensor, string name) in passedTargets.Where(t => t.Tensor.IsOpen))
            {
                code.Line($"global::DeepGen.Runtime.Arguments.Input({name}.Length, {batch}, {open.Length(tensor)}, {Text(name)});");
            }

            var wide = new Dictionary<string, string>();
            foreach ((GraphTensor tensor, string name) in named.Select(n => (n.Tensor, Escaped(n.Name))).Concat(passedTargets).Where(t => t.Item1.IsOpen))
            {
                string plain = name.TrimStart('@');
                string widened = names.Free("wide" + char.ToUpperInvariant(plain[0]) + plain.Substring(1));
                code.Line($"using var {widened} = {open.Shape(tensor)}.Widen({name}, {batch}, {open.Sizes});");
                wide.Add(name, widened + ".Values");
            }

            string Passed(string name) => wide.TryGetValue(name, out string values) ? values : name;

            code.Line($"TrainingState {state} = Training;");
            code.Line($"{(open.IsOpen ? "scoped " : "")}var {feed} = new global::DeepGen.Runtime.FeedBuilder();");
            foreach ((_, string name) in named)
            {
                code.Line($"{feed}.Add({Passed(Escaped(name))});");
            }

            for (int t = 0; t < targets.Count; t++)
            {
                code.Line($"{feed}.Add({state}.Target({t}, {Passed(Escaped(targets[t]))}, {batch}));");
            }

            if (open.IsOpen)
            {
                code.Line($"{feed}.Add({open.Sizes});");
            }

            code.Line(learns
                ? $"return {state}.Learn({batch}, _threads, {optimizer}, in {feed});"
                : $"return {state}.Run({batch}, _threads, in {feed});");
        }
    }

    private void WriteGeneric(bool learns)
    {
        code.Line("/// <inheritdoc/>");
        using (code.Braces(learns ? "public float Learn(Batch batch, Optimizer optimizer)" : "public float Gradients(Batch batch)"))
        {
            if (inputs.Any(i => i.IsInt))
            {
                code.Line("throw new NotSupportedException(\"An input of this network is made of integers: call the overload that names its inputs.\");");
                return;
            }

            code.Line($"global::DeepGen.Runtime.Arguments.Count(batch.Inputs.Length, {inputs.Count}, \"inputs\");");
            code.Line($"global::DeepGen.Runtime.Arguments.Count(batch.Targets.Length, {training.Targets.Length}, \"targets\");");
            code.Line("TrainingState training = Training;");
            IReadOnlyList<string> symbols = OpenSurface.Symbols(inputs);
            code.Line($"{(symbols.Count > 0 ? "scoped " : "")}var feed = new global::DeepGen.Runtime.FeedBuilder();");
            for (int i = 0; i < inputs.Count; i++)
            {
                code.Line($"global::DeepGen.Runtime.Arguments.Input(batch.Inputs[{i}].Length, batch.Count, {inputs[i].Length}, {Text(inputs[i].Name)});");
                code.Line($"feed.Add(batch.Inputs[{i}].Span);");
            }

            for (int t = 0; t < training.Targets.Length; t++)
            {
                code.Line($"feed.Add(training.Target({t}, batch.Targets[{t}], batch.Count));");
            }

            if (symbols.Count > 0)
            {
                IEnumerable<int> largest = symbols.Select(n => inputs.SelectMany(i => i.Sizes).First(s => s.Symbol == n)).Select(s => s.Value - s.Offset);
                code.Line($"ReadOnlySpan<int> sizes = [{string.Join(", ", largest)}];");
                code.Line("feed.Add(sizes);");
            }

            code.Line(learns ? "return training.Learn(batch.Count, _threads, optimizer, in feed);" : "return training.Run(batch.Count, _threads, in feed);");
        }
    }

    public static GraphTensor Tensor(TargetSpec target) => new(target.Name, target.Shape.Items, target.Classes > 0);

    /// <summary>"target of 'score'" as a name in camel case: targetOfScore.</summary>
    private static string Identifier(string words)
    {
        string[] parts = new string(words.Select(c => SyntaxFacts.IsIdentifierPartCharacter(c) ? c : ' ').ToArray()).Split([' '], StringSplitOptions.RemoveEmptyEntries);
        return string.Concat(parts.Select((p, i) => i == 0 ? p : char.ToUpperInvariant(p[0]) + p.Substring(1)));
    }

    private static string Escaped(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    private static string Text(string value) => SymbolDisplay.FormatLiteral(value, quote: true);
}
