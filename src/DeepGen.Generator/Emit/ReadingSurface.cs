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
    private readonly NetworkGraph _over;
    private readonly string _graph;
    private readonly string _batch;
    private readonly string _feed;
    private readonly string _epsilon;
    private readonly string _values;
    private readonly OpenSurface _open;

    public ReadingSurface(CodeWriter code, IReadOnlyList<GraphTensor> inputs, IReadOnlyList<GraphTensor> outputs, NetworkGraph over)
    {
        _over = over;
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
        _graph = Free(over.Name);

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

        List<string> parameters = _inputs.Select(i => $"{i.Parameter} {Name(i)}").Concat(_outputs.Select(o => $"Span<float> {Name(o)}")).ToList();
        WriteWithOwnGraph("void Predict", parameters, _inputs.Select(Name).Concat(_outputs.Select(Name)));
        using (_code.Braces($"public void Predict({WithGraph(parameters)}{_open.Parameters})"))
        {
            _open.Open(_code);
            if (_outputs.Count == 1 && IsOfSpans)
            {
                (GraphTensor input, GraphTensor output) = (_inputs[0], _outputs[0]);
                _code.Line($"{ProgramField.Value("Predict")}.Run(_weights, _threads, {Name(input)}, {_open.Length(input)}, {Text(input.Name)}, {Name(output)}, {_open.Length(output)}, {Text(output.Name)});");
            }
            else
            {
                WriteCheckedPredict();
            }
        }

        _code.Line();
        if (SampleCalls.AreNeeded(_inputs, _over))
        {
            new SampleCalls(_code, _inputs, _over).WritePredict(_outputs);
            if (!_over.IsOfSamples)
            {
                return;
            }

            _code.Line();
        }

        _code.Line("/// <inheritdoc/>");
        using (_code.Braces("public void Predict(ReadOnlySpan<ReadOnlyMemory<float>> inputs, ReadOnlySpan<Memory<float>> outputs)"))
        {
            if (_over.Refusal(_inputs) is { } refusal)
            {
                _code.Line(refusal);
                return;
            }

            _code.Line($"global::DeepGen.Runtime.Arguments.Count(inputs.Length, {_inputs.Count}, \"inputs\");");
            _code.Line($"global::DeepGen.Runtime.Arguments.Count(outputs.Length, {_outputs.Count}, \"outputs\");");
            IEnumerable<string> arguments = GraphTensor.Spans(_code, _inputs, i => $"inputs[{i}].Span").Concat(_outputs.Select((_, i) => $"outputs[{i}].Span"));
            _code.Line($"Predict({string.Join(", ", arguments)});");
        }
    }

    private void WriteCheckedPredict()
    {
        CheckBatch(_inputs.Select(i => (i, Name(i))));
        foreach (GraphTensor output in _outputs)
        {
            _code.Line($"global::DeepGen.Runtime.Arguments.Output({Name(output)}.Length, {_batch}, {_open.Length(output)}, {Text(output.Name)});");
        }

        foreach (GraphTensor input in _inputs.Where(i => i.IsPlain))
        {
            foreach (GraphTensor output in _outputs)
            {
                _code.Line($"global::DeepGen.Runtime.Arguments.Apart({Name(input)}, {Name(output)}, {Text(input.Name)}, {Text(output.Name)});");
            }
        }

        CheckIds();
        Run("Predict", _inputs.Select(i => new Passed(i, Name(i), false)).Concat(_outputs.Select(o => new Passed(o, Name(o), true))).ToList());
    }

    public void WriteCertify()
    {
        IEnumerable<string> boxes = _inputs.SelectMany(i => Ends(i).Select(e => $"ReadOnlySpan<{i.Element}> {e}"));
        IEnumerable<string> bounds = _outputs.SelectMany(o => new[] { $"Span<float> {Lower(o)}", $"Span<float> {Upper(o)}" });
        _code.Line("/// <summary>");
        _code.Line("/// For each box of inputs, an interval around every output that Predict can give for an input in the box. It holds");
        _code.Line("/// for the numbers Predict computes, rounding included, on every instruction set with fused multiply-add or without.");
        _code.Line("/// </summary>");
        WriteWithOwnGraph("void Certify", boxes.Concat(bounds).ToList(), Names());
        using (_code.Braces($"public void Certify({WithGraph(boxes.Concat(bounds))}{_open.Parameters})"))
        {
            _open.Open(_code);
            CheckBatch(_inputs.SelectMany(i => Ends(i).Select(e => (i, e))));
            foreach (GraphTensor input in _inputs.Where(i => !i.IsInt))
            {
                _code.Line($"global::DeepGen.Runtime.Box.Check({Lower(input)}, {Upper(input)}, {Text(input.Name)});");
            }

            foreach (GraphTensor output in _outputs)
            {
                _code.Line($"global::DeepGen.Runtime.Arguments.Output({Lower(output)}.Length, {_batch}, {_open.Length(output)}, {Text(Lower(output))});");
                _code.Line($"global::DeepGen.Runtime.Arguments.Output({Upper(output)}.Length, {_batch}, {_open.Length(output)}, {Text(Upper(output))});");
            }

            CheckIds();
            Run("Certify", _inputs.SelectMany(i => Ends(i).Select(e => new Passed(i, e, false)))
                .Concat(_outputs.SelectMany(o => new Passed[] { new(o, Lower(o), true), new(o, Upper(o), true) })).ToList());
        }

        if (_inputs.All(i => i.IsInt))
        {
            return;
        }

        _code.Line();
        _code.Line("/// <summary>The same for boxes that reach epsilon to both sides of the given inputs.</summary>");
        IEnumerable<string> centres = _inputs.Select(i => $"ReadOnlySpan<{i.Element}> {Name(i)}").Append($"float {_epsilon}");
        IEnumerable<string> given = _inputs.Select(Name).Append(_epsilon).Concat(_outputs.SelectMany(o => new[] { Lower(o), Upper(o) }));
        WriteWithOwnGraph("void Certify", centres.Concat(bounds).ToList(), given);
        using (_code.Braces($"public void Certify({WithGraph(centres.Concat(bounds))}{_open.Parameters})"))
        {
            foreach (GraphTensor input in _inputs.Where(i => !i.IsInt))
            {
                _code.Line($"global::DeepGen.Runtime.Box.Around({Name(input)}, {_epsilon}, out float[] {Lower(input)}, out float[] {Upper(input)});");
            }

            _code.Line($"Certify({string.Join(", ", _over.IsThere ? Names().Prepend(_graph) : Names())}{_open.Arguments});");
        }

        IEnumerable<string> Names() => _inputs.SelectMany(Ends).Concat(_outputs.SelectMany(o => new[] { Lower(o), Upper(o) }));
    }

    /// <summary>Parameters, before them the graph if there is one.</summary>
    private string WithGraph(IEnumerable<string> parameters) =>
        string.Join(", ", _over.IsThere ? parameters.Prepend($"{_over.Type} {_graph}") : parameters);

    /// <summary>The member without a graph among its parameters, which takes the network's.</summary>
    private void WriteWithOwnGraph(string member, IReadOnlyList<string> parameters, IEnumerable<string> arguments)
    {
        if (!_over.IsOfBatch)
        {
            return;
        }

        string name = member.Substring(member.LastIndexOf(' ') + 1);
        _code.Line($"public {member}({string.Join(", ", parameters)}{_open.Parameters}) =>");
        _code.Line($"    {name}({string.Join(", ", arguments.Prepend("global::DeepGen.Runtime.Arguments.Known(Graph)"))}{_open.Arguments});");
        _code.Line();
        _code.Line("/// <summary>The same over another graph than the network's own.</summary>");
    }

    public void WriteTrace(IReadOnlyList<GraphTensor> values)
    {
        long total = values.Sum(v => v.Length);
        _code.Line("/// <summary>Computes every named value inside the network, in the order of computation, for looking at.</summary>");
        List<string> parameters = _inputs.Select(i => $"{i.Parameter} {Name(i)}").ToList();
        WriteWithOwnGraph("IReadOnlyList<NamedTensor> Trace", parameters, _inputs.Select(Name));
        using (_code.Braces($"public IReadOnlyList<NamedTensor> Trace({WithGraph(parameters)}{_open.Parameters})"))
        {
            _open.Open(_code);
            CheckBatch(_inputs.Select(i => (i, Name(i))));
            _code.Line($"var {_values} = new float[checked({_batch} * {total})];");
            CheckIds();
            Run("Trace", _inputs.Select(i => new Passed(i, Name(i), false)).Append(new Passed(null, _values, true)).ToList());
            string shapes = _open.IsOpen ? $", s_tracedShapes, {_open.Sizes}" : "";
            _code.Line($"return NamedTensor.Unpack({_values}, {_batch}, s_traced{shapes});");
        }

        _code.Line();
        bool areOfSamples = SampleCalls.AreNeeded(_inputs, _over);
        if (areOfSamples)
        {
            new SampleCalls(_code, _inputs, _over).WriteTrace(total);
        }

        if (!areOfSamples)
        {
            WriteTraceOfArrays();
        }
        else if (_over.IsOfSamples)
        {
            _code.Line();
            WriteTraceOfArrays();
        }

        _code.Line();
        _code.Line("private static readonly TensorSignature[] s_traced =");
        _code.Line("[");
        _code.Lines(values.Select(v => "    " + v.Signature + ","));
        _code.Line("];");
        if (_open.IsOpen)
        {
            IReadOnlyList<string> symbols = OpenSurface.Symbols(_inputs);
            _code.Line();
            _code.Line("private static readonly OpenShape[] s_tracedShapes =");
            _code.Line("[");
            _code.Lines(values.Select(v => $"    {OpenSurface.NewShape(v, symbols)},"));
            _code.Line("];");
        }
    }

    /// <summary>The member that is handed arrays alone.</summary>
    private void WriteTraceOfArrays()
    {
        _code.Line("/// <inheritdoc/>");
        using (_code.Braces("public IReadOnlyList<NamedTensor> Trace(ReadOnlySpan<ReadOnlyMemory<float>> inputs)"))
        {
            if (_over.Refusal(_inputs) is { } refusal)
            {
                _code.Line(refusal);
            }
            else
            {
                _code.Line($"global::DeepGen.Runtime.Arguments.Count(inputs.Length, {_inputs.Count}, \"inputs\");");
                _code.Line($"return Trace({string.Join(", ", GraphTensor.Spans(_code, _inputs, i => $"inputs[{i}].Span"))});");
            }
        }
    }

    private void CheckBatch(IEnumerable<(GraphTensor Tensor, string Name)> tensors)
    {
        bool first = true;
        foreach ((GraphTensor tensor, string name) in tensors)
        {
            _code.Line(tensor.Check(name, _batch, first, Text(name), _open.Length(tensor)));
            first = false;
        }
    }

    private void CheckIds()
    {
        foreach (GraphTensor input in _inputs.Where(i => i.IsInt))
        {
            _code.Line(input.CheckIds(Name(input), _open.Parameter));
        }
    }

    /// <summary>A span of the method, and the tensor it is; none for what has no sizes of the caller's.</summary>
    private sealed record Passed(GraphTensor? Tensor, string Name, bool IsWritten);

    /// <summary>Whether a call passes nothing in but the numbers of one input of fixed size.</summary>
    private bool IsOfSpans => _inputs.Count == 1 && _inputs[0].IsPlain && !_over.IsThere && !_open.IsOpen;

    private void Run(string reading, IReadOnlyList<Passed> tensors)
    {
        if (tensors.Count == 2 && IsOfSpans)
        {
            _code.Line($"{ProgramField.Value(reading)}.Run(_weights, _threads, {_batch}, {tensors[0].Name}, {tensors[1].Name});");
            return;
        }

        var wide = new Dictionary<Passed, string>();
        foreach (Passed passed in tensors.Where(t => t.Tensor is { IsOpen: true }))
        {
            wide.Add(passed, _open.WideName(passed.Name));
            _code.Line($"using var {wide[passed]} = {_open.Shape(passed.Tensor!)}.{(passed.IsWritten ? "Room" : "Widen")}({passed.Name}, {_batch}, {_open.Sizes});");
        }

        _code.Line($"{(_open.IsOpen ? "scoped " : "")}var {_feed} = new global::DeepGen.Runtime.FeedBuilder();");
        foreach (Passed passed in tensors)
        {
            _code.Line($"{_feed}.Add({(wide.TryGetValue(passed, out string moved) ? moved + ".Values" : passed.Name)});");
        }

        _over.Write(_code, _feed, _graph, _batch, _inputs.Select(i => (i, Name(i))), _open.Parameter, withBounds: reading == "Certify");
        if (_open.IsOpen)
        {
            _code.Line($"{_feed}.Add({_open.Sizes});");
        }

        _code.Line($"{ProgramField.Value(reading)}.Run(_weights, _threads, {_batch}, in {_feed});");
        foreach (Passed passed in tensors.Where(t => t.IsWritten && wide.ContainsKey(t)))
        {
            _code.Line($"{_open.Shape(passed.Tensor!)}.Narrow({wide[passed]}, {passed.Name}, {_batch}, {_open.Sizes});");
        }
        foreach (string matrix in _inputs.Where(i => i.IsSparse).Select(Name).Concat(_over.IsThere ? [_graph] : []))
        {
            _code.Line($"GC.KeepAlive({matrix});");
        }
    }

    private static string Sizes(GraphTensor tensor) => tensor.Words;

    private string Name(GraphTensor tensor) =>
        SyntaxFacts.GetKeywordKind(_names[tensor.Name]) == SyntaxKind.None ? _names[tensor.Name] : "@" + _names[tensor.Name];

    /// <summary>The bounds of an input; ids are what they are.</summary>
    private string[] Ends(GraphTensor input) => input.IsInt ? [Name(input)] : [Lower(input), Upper(input)];

    private string Lower(GraphTensor tensor) => _lower[tensor.Name];

    private string Upper(GraphTensor tensor) => _upper[tensor.Name];

    private static string Text(string value) => SymbolDisplay.FormatLiteral(value, quote: true);
}
