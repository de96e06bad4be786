using Microsoft.CodeAnalysis.CSharp;

namespace DeepGen.Generator.Emit;

/// <summary>The public methods of the readings: they check lengths and start the program.</summary>
internal sealed class ReadingSurface(CodeWriter code, IReadOnlyList<GraphTensor> inputs, IReadOnlyList<GraphTensor> outputs)
{
    public void WritePredict()
    {
        code.Line("/// <summary>Computes the outputs for any number of samples, one after another. May be called from many threads at once.</summary>");
        foreach (GraphTensor input in inputs)
        {
            code.Line($"/// <param name=\"{input.Name}\">[batch, {Sizes(input)}]</param>");
        }

        foreach (GraphTensor output in outputs)
        {
            code.Line($"/// <param name=\"{output.Name}\">Filled with [batch, {Sizes(output)}].</param>");
        }

        IEnumerable<string> parameters = inputs.Select(i => $"ReadOnlySpan<{i.Element}> {Name(i)}").Concat(outputs.Select(o => $"Span<float> {Name(o)}"));
        using (code.Braces($"public void Predict({string.Join(", ", parameters)})"))
        {
            CheckBatch(inputs.Select(i => (i, Name(i))));
            foreach (GraphTensor output in outputs)
            {
                code.Line($"Arguments.Output({Name(output)}.Length, batch, {output.Length}, {Text(output.Name)});");
            }

            foreach (GraphTensor input in inputs.Where(i => !i.IsInt))
            {
                foreach (GraphTensor output in outputs)
                {
                    code.Line($"Arguments.Apart({Name(input)}, {Name(output)}, {Text(input.Name)}, {Text(output.Name)});");
                }
            }

            Run("s_predict", inputs.Select(Name).Concat(outputs.Select(Name)).ToList());
        }

        code.Line();
        code.Line("/// <inheritdoc/>");
        using (code.Braces("public void Predict(ReadOnlySpan<ReadOnlyMemory<float>> inputs, ReadOnlySpan<Memory<float>> outputs)"))
        {
            if (inputs.Any(i => i.IsInt))
            {
                code.Line("throw new NotSupportedException(\"An input of this network is made of integers: call the overload that names its inputs.\");");
                return;
            }

            code.Line($"Arguments.Count(inputs.Length, {inputs.Count}, \"inputs\");");
            code.Line($"Arguments.Count(outputs.Length, {outputs.Count}, \"outputs\");");
            IEnumerable<string> arguments = inputs.Select((_, i) => $"inputs[{i}].Span").Concat(outputs.Select((_, i) => $"outputs[{i}].Span"));
            code.Line($"Predict({string.Join(", ", arguments)});");
        }
    }

    public void WriteCertify()
    {
        IEnumerable<string> boxes = inputs.SelectMany(i => new[] { $"ReadOnlySpan<float> {Lower(i)}", $"ReadOnlySpan<float> {Upper(i)}" });
        IEnumerable<string> bounds = outputs.SelectMany(o => new[] { $"Span<float> {Lower(o)}", $"Span<float> {Upper(o)}" });
        code.Line("/// <summary>");
        code.Line("/// For each box of inputs, an interval around every output that Predict can give for an input in the box. It holds");
        code.Line("/// for the numbers Predict computes, rounding included, on every instruction set with fused multiply-add or without.");
        code.Line("/// </summary>");
        using (code.Braces($"public void Certify({string.Join(", ", boxes.Concat(bounds))})"))
        {
            CheckBatch(inputs.SelectMany(i => new[] { (i, Lower(i)), (i, Upper(i)) }));
            foreach (GraphTensor input in inputs)
            {
                code.Line($"Box.Check({Lower(input)}, {Upper(input)}, {Text(input.Name)});");
            }

            foreach (GraphTensor output in outputs)
            {
                code.Line($"Arguments.Output({Lower(output)}.Length, batch, {output.Length}, {Text(Lower(output))});");
                code.Line($"Arguments.Output({Upper(output)}.Length, batch, {output.Length}, {Text(Upper(output))});");
            }

            Run("s_certify", inputs.SelectMany(i => new[] { Lower(i), Upper(i) }).Concat(outputs.SelectMany(o => new[] { Lower(o), Upper(o) })).ToList());
        }

        code.Line();
        code.Line("/// <summary>The same for boxes that reach epsilon to both sides of the given inputs.</summary>");
        IEnumerable<string> centres = inputs.Select(i => $"ReadOnlySpan<float> {Name(i)}").Append("float epsilon");
        using (code.Braces($"public void Certify({string.Join(", ", centres.Concat(bounds))})"))
        {
            foreach (GraphTensor input in inputs)
            {
                code.Line($"Box.Around({Name(input)}, epsilon, out float[] {Lower(input)}, out float[] {Upper(input)});");
            }

            IEnumerable<string> arguments = inputs.SelectMany(i => new[] { Lower(i), Upper(i) }).Concat(outputs.SelectMany(o => new[] { Lower(o), Upper(o) }));
            code.Line($"Certify({string.Join(", ", arguments)});");
        }
    }

    public void WriteTrace(IReadOnlyList<GraphTensor> values)
    {
        long total = values.Sum(v => v.Length);
        code.Line("/// <summary>Computes every named value inside the network, in the order of computation, for looking at.</summary>");
        IEnumerable<string> parameters = inputs.Select(i => $"ReadOnlySpan<{i.Element}> {Name(i)}");
        using (code.Braces($"public IReadOnlyList<NamedTensor> Trace({string.Join(", ", parameters)})"))
        {
            CheckBatch(inputs.Select(i => (i, Name(i))));
            code.Line($"var values = new float[checked(batch * {total})];");
            Run("s_trace", inputs.Select(Name).Append("values").ToList());
            code.Line($"return NamedTensor.Unpack(values, batch, s_traced);");
        }

        code.Line();
        code.Line("private static readonly TensorSignature[] s_traced =");
        code.Line("[");
        code.Lines(values.Select(v => "    " + v.Signature + ","));
        code.Line("];");
    }

    private void CheckBatch(IEnumerable<(GraphTensor Tensor, string Name)> tensors)
    {
        bool first = true;
        foreach ((GraphTensor tensor, string name) in tensors)
        {
            code.Line(first
                ? $"int batch = Arguments.Batch({name}.Length, {tensor.Length}, {Text(name)});"
                : $"Arguments.Input({name}.Length, batch, {tensor.Length}, {Text(name)});");
            first = false;
        }
    }

    private void Run(string program, IReadOnlyList<string> tensors)
    {
        if (tensors.Count == 2 && inputs.Count == 1 && !inputs[0].IsInt)
        {
            code.Line($"{program}.Run(_weights, _threads, batch, {tensors[0]}, {tensors[1]});");
            return;
        }

        code.Line("var feed = new FeedBuilder();");
        foreach (string tensor in tensors)
        {
            code.Line($"feed.Add({tensor});");
        }

        code.Line($"{program}.Run(_weights, _threads, batch, in feed);");
    }

    private static string Sizes(GraphTensor tensor) => string.Join(", ", tensor.Shape);

    private static string Name(GraphTensor tensor) =>
        SyntaxFacts.GetKeywordKind(tensor.Name) == SyntaxKind.None ? tensor.Name : "@" + tensor.Name;

    private static string Lower(GraphTensor tensor) => tensor.Name + "Lower";

    private static string Upper(GraphTensor tensor) => tensor.Name + "Upper";

    private static string Text(string value) => SymbolDisplay.FormatLiteral(value, quote: true);
}
