using Microsoft.CodeAnalysis.CSharp;

namespace DeepGen.Generator.Emit;

/// <summary>The public methods of the readings: they check lengths and start the program.</summary>
internal sealed class ReadingSurface
{
    private readonly CodeWriter _code;
    private readonly IReadOnlyList<GraphTensor> _inputs;
    private readonly IReadOnlyList<GraphTensor> _outputs;
    private readonly UniqueNames _unique = new(["_weights", "_threads", "s_predict", "s_certify", "s_trace", "s_traced", "global"]);
    private readonly Dictionary<string, string> _names = [];
    private readonly Dictionary<string, string> _lower = [];
    private readonly Dictionary<string, string> _upper = [];
    private readonly string _batch;
    private readonly string _feed;
    private readonly string _epsilon;
    private readonly string _values;
    private readonly OpenSurface _open;

    public ReadingSurface(CodeWriter code, IReadOnlyList<GraphTensor> inputs, IReadOnlyList<GraphTensor> outputs)
    {
        _code = code;
        _inputs = inputs;
        _outputs = outputs;

        // Tensors keep the names their author gave them; what this class adds steps aside, and so does a tensor for a name
        // that the code below has for something else.
        foreach (GraphTensor tensor in inputs.Concat(outputs))
        {
            _names[tensor.Name] = Free(tensor.Name);
        }

        foreach (GraphTensor tensor in inputs.Concat(outputs))
        {
            _lower[tensor.Name] = Free(tensor.Name + "Lower");
            _upper[tensor.Name] = Free(tensor.Name + "Upper");
        }

        _batch = Free("batch");
        _feed = Free("feed");
        _epsilon = Free("epsilon");
        _values = Free("values");
        _open = new OpenSurface(inputs, Free);

        string Free(string name) => _unique.Free(name);
    }

    public void WritePredict()
    {
        _code.Line("/// <summary>Computes the outputs for any number of samples, one after another. May be called from many threads at once.</summary>");
        foreach (GraphTensor input in _inputs)
        {
            _code.Line($"/// <param name=\"{_names[input.Name]}\">[batch, {Sizes(input)}]</param>");
        }

        foreach (GraphTensor output in _outputs)
        {
            _code.Line($"/// <param name=\"{_names[output.Name]}\">Filled with [batch, {Sizes(output)}].</param>");
        }

        _open.Document(_code);

        IEnumerable<string> parameters = _inputs.Select(i => $"ReadOnlySpan<{i.Element}> {Name(i)}").Concat(_outputs.Select(o => $"Span<float> {Name(o)}"));
        using (_code.Braces($"public void Predict({string.Join(", ", parameters)}{_open.Parameters})"))
        {
            _open.Open(_code);
            CheckBatch(_inputs.Select(i => (i, Name(i))));
            foreach (GraphTensor output in _outputs)
            {
                _code.Line($"global::DeepGen.Runtime.Arguments.Output({Name(output)}.Length, {_batch}, {_open.Length(output)}, {Text(output.Name)});");
            }

            foreach (GraphTensor input in _inputs.Where(i => !i.IsInt))
            {
                foreach (GraphTensor output in _outputs)
                {
                    _code.Line($"global::DeepGen.Runtime.Arguments.Apart({Name(input)}, {Name(output)}, {Text(input.Name)}, {Text(output.Name)});");
                }
            }

            Run("s_predict", _inputs.Select(i => new Passed(i, Name(i), false)).Concat(_outputs.Select(o => new Passed(o, Name(o), true))).ToList());
        }

        _code.Line();
        _code.Line("/// <inheritdoc/>");
        using (_code.Braces("public void Predict(ReadOnlySpan<ReadOnlyMemory<float>> inputs, ReadOnlySpan<Memory<float>> outputs)"))
        {
            if (_inputs.Any(i => i.IsInt))
            {
                _code.Line("throw new NotSupportedException(\"An input of this network is made of integers: call the overload that names its inputs.\");");
                return;
            }

            _code.Line($"global::DeepGen.Runtime.Arguments.Count(inputs.Length, {_inputs.Count}, \"inputs\");");
            _code.Line($"global::DeepGen.Runtime.Arguments.Count(outputs.Length, {_outputs.Count}, \"outputs\");");
            IEnumerable<string> arguments = _inputs.Select((_, i) => $"inputs[{i}].Span").Concat(_outputs.Select((_, i) => $"outputs[{i}].Span"));
            _code.Line($"Predict({string.Join(", ", arguments)});");
        }
    }

    public void WriteCertify()
    {
        IEnumerable<string> boxes = _inputs.SelectMany(i => new[] { $"ReadOnlySpan<float> {Lower(i)}", $"ReadOnlySpan<float> {Upper(i)}" });
        IEnumerable<string> bounds = _outputs.SelectMany(o => new[] { $"Span<float> {Lower(o)}", $"Span<float> {Upper(o)}" });
        _code.Line("/// <summary>");
        _code.Line("/// For each box of inputs, an interval around every output that Predict can give for an input in the box. It holds");
        _code.Line("/// for the numbers Predict computes, rounding included, on every instruction set with fused multiply-add or without.");
        _code.Line("/// </summary>");
        using (_code.Braces($"public void Certify({string.Join(", ", boxes.Concat(bounds))}{_open.Parameters})"))
        {
            _open.Open(_code);
            CheckBatch(_inputs.SelectMany(i => new[] { (i, Lower(i)), (i, Upper(i)) }));
            foreach (GraphTensor input in _inputs)
            {
                _code.Line($"global::DeepGen.Runtime.Box.Check({Lower(input)}, {Upper(input)}, {Text(input.Name)});");
            }

            foreach (GraphTensor output in _outputs)
            {
                _code.Line($"global::DeepGen.Runtime.Arguments.Output({Lower(output)}.Length, {_batch}, {_open.Length(output)}, {Text(Lower(output))});");
                _code.Line($"global::DeepGen.Runtime.Arguments.Output({Upper(output)}.Length, {_batch}, {_open.Length(output)}, {Text(Upper(output))});");
            }

            IEnumerable<Passed> Ends(GraphTensor tensor, bool isWritten) => [new(tensor, Lower(tensor), isWritten), new(tensor, Upper(tensor), isWritten)];
            Run("s_certify", _inputs.SelectMany(i => Ends(i, false)).Concat(_outputs.SelectMany(o => Ends(o, true))).ToList());
        }

        _code.Line();
        _code.Line("/// <summary>The same for boxes that reach epsilon to both sides of the given inputs.</summary>");
        IEnumerable<string> centres = _inputs.Select(i => $"ReadOnlySpan<float> {Name(i)}").Append($"float {_epsilon}");
        using (_code.Braces($"public void Certify({string.Join(", ", centres.Concat(bounds))}{_open.Parameters})"))
        {
            foreach (GraphTensor input in _inputs)
            {
                _code.Line($"global::DeepGen.Runtime.Box.Around({Name(input)}, {_epsilon}, out float[] {Lower(input)}, out float[] {Upper(input)});");
            }

            IEnumerable<string> arguments = _inputs.SelectMany(i => new[] { Lower(i), Upper(i) }).Concat(_outputs.SelectMany(o => new[] { Lower(o), Upper(o) }));
            _code.Line($"Certify({string.Join(", ", arguments)}{_open.Arguments});");
        }
    }

    public void WriteTrace(IReadOnlyList<GraphTensor> values)
    {
        long total = values.Sum(v => v.Length);
        _code.Line("/// <summary>Computes every named value inside the network, in the order of computation, for looking at.</summary>");
        IEnumerable<string> parameters = _inputs.Select(i => $"ReadOnlySpan<{i.Element}> {Name(i)}");
        using (_code.Braces($"public IReadOnlyList<NamedTensor> Trace({string.Join(", ", parameters)}{_open.Parameters})"))
        {
            _open.Open(_code);
            CheckBatch(_inputs.Select(i => (i, Name(i))));
            _code.Line($"var {_values} = new float[checked({_batch} * {total})];");
            Run("s_trace", _inputs.Select(i => new Passed(i, Name(i), false)).Append(new Passed(null, _values, true)).ToList());
            string shapes = _open.IsOpen ? $", s_tracedShapes, {_open.Sizes}" : "";
            _code.Line($"return NamedTensor.Unpack({_values}, {_batch}, s_traced{shapes});");
        }

        _code.Line();
        _code.Line("/// <inheritdoc/>");
        using (_code.Braces("public IReadOnlyList<NamedTensor> Trace(ReadOnlySpan<ReadOnlyMemory<float>> inputs)"))
        {
            if (_inputs.Any(i => i.IsInt))
            {
                _code.Line("throw new NotSupportedException(\"An input of this network is made of integers: call the overload that names its inputs.\");");
            }
            else
            {
                _code.Line($"global::DeepGen.Runtime.Arguments.Count(inputs.Length, {_inputs.Count}, \"inputs\");");
                _code.Line($"return Trace({string.Join(", ", _inputs.Select((_, i) => $"inputs[{i}].Span"))});");
            }
        }

        _code.Line();
        _code.Line("private static readonly TensorSignature[] s_traced =");
        _code.Line("[");
        _code.Lines(values.Select(v => "    " + v.Signature + ","));
        _code.Line("];");
        if (_open.IsOpen)
        {
            IReadOnlyList<string> symbols = OpenSurface.Symbols(_inputs);
            string Extents(GraphTensor v) => $"    new([{string.Join(", ", v.Shape)}], [{string.Join(", ", v.Sizes.Select(s => s.IsOpen ? symbols.ToList().IndexOf(s.Symbol!) : -1))}], [{string.Join(", ", v.Sizes.Select(s => s.Offset))}]),";
            _code.Line();
            _code.Line("private static readonly OpenShape[] s_tracedShapes =");
            _code.Line("[");
            _code.Lines(values.Select(Extents));
            _code.Line("];");
        }
    }

    private void CheckBatch(IEnumerable<(GraphTensor Tensor, string Name)> tensors)
    {
        bool first = true;
        foreach ((GraphTensor tensor, string name) in tensors)
        {
            _code.Line(first
                ? $"int {_batch} = global::DeepGen.Runtime.Arguments.Batch({name}.Length, {_open.Length(tensor)}, {Text(name)});"
                : $"global::DeepGen.Runtime.Arguments.Input({name}.Length, {_batch}, {_open.Length(tensor)}, {Text(name)});");
            first = false;
        }
    }

    /// <summary>A span of the method, and the tensor it is; none for what has no sizes of the caller's.</summary>
    private sealed record Passed(GraphTensor? Tensor, string Name, bool IsWritten);

    private void Run(string program, IReadOnlyList<Passed> tensors)
    {
        if (tensors.Count == 2 && _inputs.Count == 1 && !_inputs[0].IsInt && !_open.IsOpen)
        {
            _code.Line($"{program}.Run(_weights, _threads, {_batch}, {tensors[0].Name}, {tensors[1].Name});");
            return;
        }

        var wide = new Dictionary<Passed, string>();
        foreach (Passed passed in tensors.Where(t => t.Tensor is { IsOpen: true }))
        {
            wide.Add(passed, _unique.Free("wide" + char.ToUpperInvariant(passed.Name.TrimStart('@')[0]) + passed.Name.TrimStart('@').Substring(1)));
            _code.Line($"using var {wide[passed]} = {_open.Shape(passed.Tensor!)}.{(passed.IsWritten ? "Room" : "Widen")}({passed.Name}, {_batch}, {_open.Sizes});");
        }

        _code.Line(_open.IsOpen
            ? $"scoped var {_feed} = new global::DeepGen.Runtime.FeedBuilder();"
            : $"var {_feed} = new global::DeepGen.Runtime.FeedBuilder();");
        foreach (Passed passed in tensors)
        {
            _code.Line($"{_feed}.Add({(wide.TryGetValue(passed, out string moved) ? moved + ".Values" : passed.Name)});");
        }

        if (_open.IsOpen)
        {
            _code.Line($"{_feed}.Add({_open.Sizes});");
        }

        _code.Line($"{program}.Run(_weights, _threads, {_batch}, in {_feed});");
        foreach (Passed passed in tensors.Where(t => t.IsWritten && wide.ContainsKey(t)))
        {
            _code.Line($"{_open.Shape(passed.Tensor!)}.Narrow({wide[passed]}, {passed.Name}, {_batch}, {_open.Sizes});");
        }
    }

    private static string Sizes(GraphTensor tensor) => tensor.Words;

    private string Name(GraphTensor tensor) =>
        SyntaxFacts.GetKeywordKind(_names[tensor.Name]) == SyntaxKind.None ? _names[tensor.Name] : "@" + _names[tensor.Name];

    private string Lower(GraphTensor tensor) => _lower[tensor.Name];

    private string Upper(GraphTensor tensor) => _upper[tensor.Name];

    private static string Text(string value) => SymbolDisplay.FormatLiteral(value, quote: true);
}
