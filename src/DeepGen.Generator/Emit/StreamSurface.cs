using DeepGen.Generator.Interpret.Streams;
using DeepGen.Generator.Ir;
using Microsoft.CodeAnalysis.CSharp;

namespace DeepGen.Generator.Emit;

/// <summary>The public members of a network whose sequences may come element by element.</summary>
internal sealed class StreamSurface(CodeWriter code, IReadOnlyList<GraphTensor> inputs, IReadOnlyList<GraphTensor> outputs)
{
    /// <summary>Whether tokens go in and scores of the next one come out.</summary>
    public static bool IsOfTokens(Graph forward) =>
        forward.Inputs.Length == 1 && forward.Inputs[0].Type.Element == ElementType.Int32 && forward.Inputs[0].Shape.Rank == 2
        && forward.Outputs.Length == 1 && forward.Outputs[0].Node.Shape.Rank == 3;

    /// <summary>A tensor of the whole sequence as one element of it has it.</summary>
    public static GraphTensor OfOne(GraphTensor tensor, Size time) => tensor with { Sizes = tensor.Sizes.RemoveAll(s => s == time) };

    public void Write(bool isOfTokens)
    {
        var names = new UniqueNames(["_weights", "_threads", "s_stream", "s_streamLayout", "s_prefill", "global"]);
        List<(GraphTensor Tensor, string Name)> given = inputs.Select(i => (i, names.Free(i.Name))).ToList();
        List<(GraphTensor Tensor, string Name)> filled = outputs.Select(o => (o, names.Free(o.Name))).ToList();
        (string state, string batch, string feed) = (names.Free("state"), names.Free("batch"), names.Free("feed"));
        code.Line("private static partial StreamLayout StreamKept();");
        code.Line();
        code.Line("private static readonly StreamLayout s_streamLayout = StreamKept();");
        code.Line();
        code.Line("/// <summary>What Step keeps of sequences of which nothing has come yet.</summary>");
        code.Line("/// <param name=\"batch\">How many sequences side by side.</param>");
        code.Line("public StreamState NewState(int batch = 1) => new(s_streamLayout, batch);");
        code.Line();
        if (isOfTokens)
        {
            code.Line("/// <inheritdoc/>");
            code.Line($"int ITokenModel.Vocabulary => {outputs[0].Length};");
            code.Line();
        }

        code.Line("/// <summary>");
        code.Line("/// Takes the next element of each sequence, and gives what Predict gives for the last element of all that have come, to the");
        code.Line("/// last bit. Allocates nothing.");
        code.Line("/// </summary>");
        foreach ((GraphTensor tensor, string name) in given)
        {
            code.Line($"/// <param name=\"{name}\">[{Words(tensor)}]</param>");
        }

        foreach ((GraphTensor tensor, string name) in filled)
        {
            code.Line($"/// <param name=\"{name}\">Filled with [{Words(tensor)}].</param>");
        }

        code.Line($"/// <param name=\"{state}\">What is kept of the elements before, from NewState; changed by the call.</param>");
        IEnumerable<string> parameters = given.Select(g => $"ReadOnlySpan<{g.Tensor.Element}> {Escaped(g.Name)}")
            .Concat(filled.Select(f => $"Span<float> {Escaped(f.Name)}"))
            .Append($"StreamState {state}");
        using (code.Braces($"public void Step({string.Join(", ", parameters)})"))
        {
            code.Line($"ArgumentNullException.ThrowIfNull({state});");
            code.Line($"int {batch} = {state}.Batch;");
            foreach ((GraphTensor tensor, string name) in given)
            {
                code.Line($"global::DeepGen.Runtime.Arguments.Input({Escaped(name)}.Length, {batch}, {tensor.Length}, {Text(tensor.Name)});");
            }

            foreach ((GraphTensor tensor, string name) in filled)
            {
                code.Line($"global::DeepGen.Runtime.Arguments.Output({Escaped(name)}.Length, {batch}, {tensor.Length}, {Text(tensor.Name)});");
            }

            foreach ((GraphTensor tensor, string name) in given.Where(g => g.Tensor.IsInt))
            {
                code.Line(tensor.CheckIds(Escaped(name), _ => "1"));
            }

            code.Line($"scoped var {feed} = new global::DeepGen.Runtime.FeedBuilder();");
            foreach ((_, string name) in given)
            {
                code.Line($"{feed}.Add({Escaped(name)});");
            }

            code.Line($"{state}.AddKept(s_streamLayout, ref {feed});");
            foreach ((_, string name) in filled)
            {
                code.Line($"{feed}.Add({Escaped(name)});");
            }

            code.Line($"{state}.AddNext(ref {feed});");
            code.Line($"{ProgramField.Value("Stream")}.Run(_weights, _threads, {batch}, in {feed});");
            code.Line($"{state}.Advance();");
        }

        if (isOfTokens)
        {
            WritePrefill(given[0].Name, filled[0].Name, state, feed, names.Free("length"), names.Free("program"));
        }
    }

    /// <summary>Several tokens at once, where there is a program for it and they are the first of a single stream.</summary>
    private void WritePrefill(string tokens, string scores, string state, string feed, string length, string program)
    {
        code.Line();
        code.Line("private static partial global::DeepGen.Runtime.BatchProgram? PrefillProgram();");
        code.Line();
        code.Line(ProgramField.Declaration("global::DeepGen.Runtime.BatchProgram", "Prefill"));
        code.Line();
        code.Line("/// <inheritdoc/>");
        using (code.Braces($"public void Prefill(ReadOnlySpan<int> {Escaped(tokens)}, Span<float> {Escaped(scores)}, StreamState {state})"))
        {
            code.Line($"int {length} = global::DeepGen.Runtime.TokenStreams.Length({Escaped(tokens)}.Length, {state});");
            code.Line($"global::DeepGen.Runtime.Arguments.Output({Escaped(scores)}.Length, {state}.Batch, {outputs[0].Length}, {Text(outputs[0].Name)});");
            code.Line($"global::DeepGen.Runtime.Arguments.Ids({Escaped(tokens)}, {NumberText.Of(inputs[0].Ids)}, {length}, {Text(inputs[0].Name)});");
            code.Line($"var {program} = {ProgramField.Made("Prefill")};");
            using (code.Braces($"if ({program} is null || {state}.Batch > 1 || {state}.Position > 0)"))
            {
                code.Line($"global::DeepGen.Runtime.TokenStreams.Step(this, {Escaped(tokens)}, {Escaped(scores)}, {state});");
                code.Line("return;");
            }

            code.Line();
            code.Line($"scoped var {feed} = new global::DeepGen.Runtime.FeedBuilder();");
            code.Line($"{feed}.Add({Escaped(tokens)});");
            code.Line($"{state}.AddKept(s_streamLayout, ref {feed});");
            code.Line($"{feed}.Add({Escaped(scores)});");
            code.Line($"{state}.AddNext(ref {feed}, {length});");
            code.Line($"{program}.Run(_weights, _threads, 1, in {feed});");
            code.Line($"{state}.Advance({length});");
        }
    }

    /// <summary>The method that says what is kept, beside the kernels.</summary>
    public static void WriteLayout(CodeWriter code, StreamedGraph stream)
    {
        string longest = stream.CountsSteps ? NumberText.Of(stream.Time.Value) : "int.MaxValue";
        IEnumerable<string> runs = stream.Initial.Select(i => $", ({NumberText.Of(i.Value)}, {i.Length})");
        code.Line($"private static partial StreamLayout StreamKept() => new({stream.Carried}, {stream.Remembered}, {longest}{string.Concat(runs)});");
    }

    private static string Words(GraphTensor tensor) => string.Join(", ", tensor.Sizes.Select(s => s.ToString()).Prepend("batch"));

    private static string Escaped(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    private static string Text(string value) => SymbolDisplay.FormatLiteral(value, quote: true);
}
