using System.Collections.Immutable;
using DeepGen.Generator.Check;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using Microsoft.CodeAnalysis.CSharp;

namespace DeepGen.Generator.Emit;

/// <summary>The public members of a network that is trained: gradients of a batch, and a step with them.</summary>
internal sealed class TrainingSurface(CodeWriter code, TrainingElaboration training, IReadOnlyList<GraphTensor> inputs)
{
    private readonly NetworkGraph _over = new(training.Graph);

    /// <summary>Whether rows that no loss needs are left out.</summary>
    private bool LeavesOut => !training.InputReach.IsEmpty;

    public void Write()
    {
        code.Line("private static partial TrainingProgram TrainProgram();");
        code.Line();
        WriteTargets();
        code.Line();
        code.Line("/// <summary>The gradients and outputs of the last batch, and the settings of the next; made when first asked for.</summary>");
        code.Line($"public TrainingState Training => _training ??= new TrainingState(Parameters, {ProgramField.Made("Train")});");
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
            code.Line($"    new({Text(target.Name)}, {Text(target.Loss)}, {target.OutputIndex}, {target.Classes}, [{string.Join(", ", target.Shape.Select(s => s.Value))}]){Settings(target)},");
        }

        code.Line("];");
        code.Line();
        code.Line(ProgramField.Declaration("TrainingProgram", "Train"));
        code.Line("private TrainingState? _training;");
    }

    private string Settings(TargetSpec target)
    {
        var settings = new List<string>();
        if (target.Weight != 1)
        {
            settings.Add($"Weight = {NumberText.Of(target.Weight)}");
        }

        if (target.ClassAxis != 0)
        {
            settings.Add($"ClassAxis = {NumberText.Of(target.ClassAxis)}");
        }

        if (target.IsMasked)
        {
            settings.Add("IsMasked = true");
        }

        if (GraphTensor.LengthsOf(inputs, target.Shape) is { } lengths)
        {
            settings.Add($"Lengths = {Text(lengths)}");
        }

        return settings.Count == 0 ? "" : $" {{ {string.Join(", ", settings)} }}";
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
        string graph = names.Free(_over.Name);
        code.Line("/// <summary>");
        code.Lines(learns
            ?
            [
                "/// A whole step: the mean loss of a batch, and the parameters changed by its gradients, within the backward pass where the",
                "/// optimiser allows it; then the gradients are not kept. The numbers are those of Gradients and <see cref=\"Step\"/>. A loss that is not",
                "/// finite changes none.",
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
            what += !target.IsMasked ? "" : target.Classes > 0 ? ", -1 where there is none" : ", NaN where there is none";
            code.Line($"/// <param name=\"{targets[t]}\">[batch{sizes}]{what}, for {target.Loss}</param>");
        }

        if (learns)
        {
            code.Line($"/// <param name=\"{optimizer}\">How parameters change.</param>");
        }

        open.Document(code);

        string member = learns ? "Learn" : "Gradients";
        IEnumerable<string> parameters = named.Select(n => $"{n.Tensor.Parameter} {Escaped(n.Name)}")
            .Concat(training.Targets.Select((t, i) => $"ReadOnlySpan<{(t.Classes > 0 ? "int" : "float")}> {Escaped(targets[i])}"))
            .Concat(learns ? ["Optimizer " + optimizer] : []);
        if (_over.IsOfBatch)
        {
            IEnumerable<string> passed = named.Select(n => Escaped(n.Name)).Concat(targets.Select(Escaped)).Concat(learns ? [optimizer] : []);
            code.Line($"public float {member}({string.Join(", ", parameters)}{open.Parameters}) =>");
            code.Line($"    {member}({string.Join(", ", passed.Prepend("global::DeepGen.Runtime.Arguments.Known(Graph)"))}{open.Arguments});");
            code.Line();
            code.Line("/// <summary>The same over another graph than the network's own.</summary>");
        }

        parameters = _over.IsThere ? parameters.Prepend($"{_over.Type} {graph}") : parameters;

        using (code.Braces($"public float {member}({string.Join(", ", parameters)}{open.Parameters})"))
        {
            open.Open(code);
            for (int i = 0; i < named.Count; i++)
            {
                (GraphTensor tensor, string name) = named[i];
                code.Line(tensor.Check(Escaped(name), batch, i == 0, Text(name), open.Length(tensor)));
            }

            foreach ((GraphTensor tensor, string name) in named.Where(n => n.Tensor.IsInt))
            {
                code.Line(tensor.CheckIds(Escaped(name), open.Parameter));
            }

            IEnumerable<(GraphTensor Tensor, string Name)> passedTargets = training.Targets.Select((t, i) => (Tensor(t), Escaped(targets[i])));
            foreach ((GraphTensor tensor, string name) in passedTargets.Where(t => t.Tensor.IsOpen))
            {
                code.Line($"global::DeepGen.Runtime.Arguments.Input({name}.Length, {batch}, {open.Length(tensor)}, {Text(name)});");
            }

            var wide = new Dictionary<string, string>();
            foreach ((GraphTensor tensor, string name) in named.Select(n => (n.Tensor, Escaped(n.Name))).Concat(passedTargets).Where(t => t.Item1.IsOpen))
            {
                string widened = open.WideName(name);
                code.Line($"using var {widened} = {open.Shape(tensor)}.Widen({name}, {batch}, {open.Sizes});");
                wide.Add(name, widened + ".Values");
            }

            string Passed(string name) => wide.TryGetValue(name, out string values) ? values : name;

            code.Line($"TrainingState {state} = Training;");
            code.Line($"{(open.IsOpen ? "scoped " : "")}var {feed} = new global::DeepGen.Runtime.FeedBuilder();");
            List<string> given = targets.Select((t, i) => $"{state}.Target({i}, {Passed(Escaped(t))}, {batch})").ToList();
            string needed = WriteNeeded(given, graph, state, batch, names.Free);
            for (int i = 0; i < named.Count; i++)
            {
                code.Line($"{feed}.Add({Fed(i, Passed(Escaped(named[i].Name)), needed)});");
            }

            code.Lines(given.Select(t => $"{feed}.Add({t});"));
            _over.Write(code, feed, graph, batch, named.Select(n => (n.Tensor, Escaped(n.Name))), open.Parameter, needed);
            if (open.IsOpen)
            {
                code.Line($"{feed}.Add({open.Sizes});");
            }

            List<string> matrices = named.Where(n => n.Tensor.IsSparse).Select(n => Escaped(n.Name)).Concat(_over.IsThere ? [graph] : []).ToList();
            string step = learns ? $"{state}.Learn({batch}, _threads, {optimizer}, in {feed})" : $"{state}.Run({batch}, _threads, in {feed})";
            Return(step, matrices, names.Free("loss"));
        }
    }

    private void WriteGeneric(bool learns)
    {
        code.Line("/// <inheritdoc/>");
        using (code.Braces(learns ? "public float Learn(Batch batch, Optimizer optimizer)" : "public float Gradients(Batch batch)"))
        {
            if (inputs.Any(i => i.IsSparse))
            {
                code.Line(GraphTensor.RefuseSparse);
                return;
            }

            code.Line($"global::DeepGen.Runtime.Arguments.Count(batch.Inputs.Length, {inputs.Count}, \"inputs\");");
            code.Line($"global::DeepGen.Runtime.Arguments.Count(batch.Targets.Length, {training.Targets.Length}, \"targets\");");
            code.Line("TrainingState training = Training;");
            var open = new OpenSurface(inputs, n => n);
            code.Line($"{(open.IsOpen ? "scoped " : "")}var feed = new global::DeepGen.Runtime.FeedBuilder();");
            for (int i = 0; i < inputs.Count; i++)
            {
                code.Line($"global::DeepGen.Runtime.Arguments.Input(batch.Inputs[{i}].Length, batch.Count, {inputs[i].Length}, {Text(inputs[i].Name)});");
            }

            _over.WriteOwn(code);
            List<string> given = training.Targets.Select((_, t) => $"training.Target({t}, batch.Targets[{t}], batch.Count)").ToList();
            string needed = WriteNeeded(given, "graph", "training", "batch.Count", n => n);
            List<string> spans = GraphTensor.Spans(code, inputs, i => $"batch.Inputs[{i}].Span");
            code.Lines(spans.Select((span, i) => $"feed.Add({Fed(i, span, needed)});"));
            code.Lines(given.Select(t => $"feed.Add({t});"));
            _over.Write(code, "feed", _over.Name, "batch.Count", inputs.Select((t, i) => (t, spans[i])), open.OfSamples, needed);
            if (open.IsOpen)
            {
                code.Line($"ReadOnlySpan<int> {open.Sizes} = {open.SizesOfSamples};");
                code.Line($"feed.Add({open.Sizes});");
            }

            Return(learns ? "training.Learn(batch.Count, _threads, optimizer, in feed)" : "training.Run(batch.Count, _threads, in feed)", _over.IsThere ? [_over.Name] : [], "loss");
        }
    }

    /// <summary>Says which rows are needed, in a variable whose name is returned; the targets become variables, which say it.</summary>
    private string WriteNeeded(List<string> given, string graph, string state, string batch, Func<string, string> free)
    {
        if (!LeavesOut)
        {
            return "";
        }

        string needed = free("needed");
        code.Line($"NeededRows {needed} = {state}.Needed({graph}, {batch});");
        for (int t = 0; t < given.Count; t++)
        {
            string seen = free("seen" + NumberText.Of(t));
            code.Line($"ReadOnlySpan<float> {seen} = {given[t]};");
            code.Line($"{needed}.See({NumberText.Of(t)}, {seen});");
            given[t] = seen;
        }

        return needed;
    }

    private string Fed(int input, string value, string needed) =>
        NetworkGraph.Within(value, LeavesOut ? training.InputReach[input] : null, needed);

    public static GraphTensor Tensor(TargetSpec target) =>
        new(target.Name, target.Shape.Items, target.Classes > 0 ? ElementType.Int32 : ElementType.Float32);

    /// <summary>Returns the loss; the kernels hold pointers into matrices, which must be there until then.</summary>
    private void Return(string step, IReadOnlyList<string> matrices, string loss)
    {
        if (matrices.Count == 0)
        {
            code.Line($"return {step};");
            return;
        }

        code.Line($"float {loss} = {step};");
        code.Lines(matrices.Select(m => $"GC.KeepAlive({m});"));
        code.Line($"return {loss};");
    }

    /// <summary>"target of 'score'" as a name in camel case: targetOfScore.</summary>
    private static string Identifier(string words)
    {
        string[] parts = new string(words.Select(c => SyntaxFacts.IsIdentifierPartCharacter(c) ? c : ' ').ToArray()).Split([' '], StringSplitOptions.RemoveEmptyEntries);
        return string.Concat(parts.Select((p, i) => i == 0 ? p : char.ToUpperInvariant(p[0]) + p.Substring(1)));
    }

    private static string Escaped(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    private static string Text(string value) => SymbolDisplay.FormatLiteral(value, quote: true);
}
