using DeepGen.Generator.Ops;
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
    private readonly IReadOnlyList<NeighbourWeights> _kinds;
    private readonly string _graph;
    private readonly string _batch;
    private readonly string _feed;
    private readonly string _epsilon;
    private readonly string _values;

    public ReadingSurface(CodeWriter code, IReadOnlyList<GraphTensor> inputs, IReadOnlyList<GraphTensor> outputs, IReadOnlyList<NeighbourWeights> kinds)
    {
        _kinds = kinds;
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
        _graph = Free("graph");

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

        List<string> parameters = _inputs.Select(i => $"{i.Parameter} {Name(i)}").Concat(_outputs.Select(o => $"Span<float> {Name(o)}")).ToList();
        WriteWithOwnGraph("void Predict", parameters, _inputs.Select(Name).Concat(_outputs.Select(Name)));
        using (_code.Braces($"public void Predict({WithGraph(parameters)})"))
        {
            CheckBatch(_inputs.Select(i => (i, Name(i))));
            foreach (GraphTensor output in _outputs)
            {
                _code.Line($"global::DeepGen.Runtime.Arguments.Output({Name(output)}.Length, {_batch}, {output.Length}, {Text(output.Name)});");
            }

            foreach (GraphTensor input in _inputs.Where(i => i.Special is null))
            {
                foreach (GraphTensor output in _outputs)
                {
                    _code.Line($"global::DeepGen.Runtime.Arguments.Apart({Name(input)}, {Name(output)}, {Text(input.Name)}, {Text(output.Name)});");
                }
            }

            Run("s_predict", _inputs.Select(Name).Concat(_outputs.Select(Name)).ToList());
        }

        _code.Line();
        _code.Line("/// <inheritdoc/>");
        using (_code.Braces("public void Predict(ReadOnlySpan<ReadOnlyMemory<float>> inputs, ReadOnlySpan<Memory<float>> outputs)"))
        {
            if (_inputs.FirstOrDefault(i => i.Special is not null) is { } special)
            {
                _code.Line($"throw new NotSupportedException(\"An input of this network is {special.Special}: call the overload that names its inputs.\");");
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
        WriteWithOwnGraph("void Certify", boxes.Concat(bounds).ToList(), Names());
        using (_code.Braces($"public void Certify({WithGraph(boxes.Concat(bounds))})"))
        {
            CheckBatch(_inputs.SelectMany(i => new[] { (i, Lower(i)), (i, Upper(i)) }));
            foreach (GraphTensor input in _inputs)
            {
                _code.Line($"global::DeepGen.Runtime.Box.Check({Lower(input)}, {Upper(input)}, {Text(input.Name)});");
            }

            foreach (GraphTensor output in _outputs)
            {
                _code.Line($"global::DeepGen.Runtime.Arguments.Output({Lower(output)}.Length, {_batch}, {output.Length}, {Text(Lower(output))});");
                _code.Line($"global::DeepGen.Runtime.Arguments.Output({Upper(output)}.Length, {_batch}, {output.Length}, {Text(Upper(output))});");
            }

            Run("s_certify", _inputs.SelectMany(i => new[] { Lower(i), Upper(i) }).Concat(_outputs.SelectMany(o => new[] { Lower(o), Upper(o) })).ToList());
        }

        _code.Line();
        _code.Line("/// <summary>The same for boxes that reach epsilon to both sides of the given inputs.</summary>");
        IEnumerable<string> centres = _inputs.Select(i => $"ReadOnlySpan<float> {Name(i)}").Append($"float {_epsilon}");
        IEnumerable<string> given = _inputs.Select(Name).Append(_epsilon).Concat(_outputs.SelectMany(o => new[] { Lower(o), Upper(o) }));
        WriteWithOwnGraph("void Certify", centres.Concat(bounds).ToList(), given);
        using (_code.Braces($"public void Certify({WithGraph(centres.Concat(bounds))})"))
        {
            foreach (GraphTensor input in _inputs)
            {
                _code.Line($"global::DeepGen.Runtime.Box.Around({Name(input)}, {_epsilon}, out float[] {Lower(input)}, out float[] {Upper(input)});");
            }

            _code.Line($"Certify({string.Join(", ", _kinds.Count > 0 ? Names().Prepend(_graph) : Names())});");
        }

        IEnumerable<string> Names() => _inputs.SelectMany(i => new[] { Lower(i), Upper(i) }).Concat(_outputs.SelectMany(o => new[] { Lower(o), Upper(o) }));
    }

    /// <summary>Parameters, before them the graph if there is one.</summary>
    private string WithGraph(IEnumerable<string> parameters) =>
        string.Join(", ", _kinds.Count > 0 ? parameters.Prepend($"NodeGraph {_graph}") : parameters);

    /// <summary>The member without a graph among its parameters, which takes the network's.</summary>
    private void WriteWithOwnGraph(string member, IReadOnlyList<string> parameters, IEnumerable<string> arguments)
    {
        if (_kinds.Count == 0)
        {
            return;
        }

        string name = member.Substring(member.LastIndexOf(' ') + 1);
        _code.Line($"public {member}({string.Join(", ", parameters)}) =>");
        _code.Line($"    {name}({string.Join(", ", arguments.Prepend("global::DeepGen.Runtime.Arguments.Known(Graph)"))});");
        _code.Line();
        _code.Line("/// <summary>The same over another graph than the network's own.</summary>");
    }

    public void WriteTrace(IReadOnlyList<GraphTensor> values)
    {
        long total = values.Sum(v => v.Length);
        _code.Line("/// <summary>Computes every named value inside the network, in the order of computation, for looking at.</summary>");
        List<string> parameters = _inputs.Select(i => $"{i.Parameter} {Name(i)}").ToList();
        WriteWithOwnGraph("IReadOnlyList<NamedTensor> Trace", parameters, _inputs.Select(Name));
        using (_code.Braces($"public IReadOnlyList<NamedTensor> Trace({WithGraph(parameters)})"))
        {
            CheckBatch(_inputs.Select(i => (i, Name(i))));
            _code.Line($"var {_values} = new float[checked({_batch} * {total})];");
            Run("s_trace", _inputs.Select(Name).Append(_values).ToList());
            _code.Line($"return NamedTensor.Unpack({_values}, {_batch}, s_traced);");
        }

        _code.Line();
        _code.Line("/// <inheritdoc/>");
        using (_code.Braces("public IReadOnlyList<NamedTensor> Trace(ReadOnlySpan<ReadOnlyMemory<float>> inputs)"))
        {
            if (_inputs.FirstOrDefault(i => i.Special is not null) is { } special)
            {
                _code.Line($"throw new NotSupportedException(\"An input of this network is {special.Special}: call the overload that names its inputs.\");");
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
    }

    private void CheckBatch(IEnumerable<(GraphTensor Tensor, string Name)> tensors)
    {
        bool first = true;
        foreach ((GraphTensor tensor, string name) in tensors)
        {
            _code.Line(tensor.Check(name, _batch, first, Text(name)));
            first = false;
        }
    }

    private void Run(string program, IReadOnlyList<string> tensors)
    {
        if (tensors.Count == 2 && _inputs.Count == 1 && _inputs[0].Special is null && _kinds.Count == 0)
        {
            _code.Line($"{program}.Run(_weights, _threads, {_batch}, {tensors[0]}, {tensors[1]});");
            return;
        }

        _code.Line($"var {_feed} = new global::DeepGen.Runtime.FeedBuilder();");
        foreach (string tensor in tensors)
        {
            _code.Line($"{_feed}.Add({tensor});");
        }

        GraphFeed.Write(_code, _feed, _graph, _batch, _kinds, withBounds: program == "s_certify");
        _code.Line($"{program}.Run(_weights, _threads, {_batch}, in {_feed});");
        foreach (string matrix in _inputs.Where(i => i.IsSparse).Select(Name).Concat(_kinds.Count > 0 ? [_graph] : []))
        {
            _code.Line($"GC.KeepAlive({matrix});");
        }
    }

    private static string Sizes(GraphTensor tensor) => string.Join(", ", tensor.Shape);

    private string Name(GraphTensor tensor) =>
        SyntaxFacts.GetKeywordKind(_names[tensor.Name]) == SyntaxKind.None ? _names[tensor.Name] : "@" + _names[tensor.Name];

    private string Lower(GraphTensor tensor) => _lower[tensor.Name];

    private string Upper(GraphTensor tensor) => _upper[tensor.Name];

    private static string Text(string value) => SymbolDisplay.FormatLiteral(value, quote: true);
}
