using Microsoft.CodeAnalysis.CSharp;

namespace DeepGen.Generator.Emit;

/// <summary>
/// Predictions that generic code asks for, where what a call is depends on its samples: it goes as far as the longest of those that have
/// lengths, over the graphs of those that are graphs. Memory has room for the largest, as the program has, so that nothing is moved.
/// </summary>
internal sealed class SampleCalls
{
    private readonly CodeWriter _code;
    private readonly IReadOnlyList<GraphTensor> _inputs;
    private readonly NetworkGraph _over;
    private readonly OpenSurface _open;
    private readonly Func<int, string> _given;

    public SampleCalls(CodeWriter code, IReadOnlyList<GraphTensor> inputs, NetworkGraph over)
    {
        _code = code;
        _inputs = inputs;
        _over = over;
        _open = new OpenSurface(inputs, n => n);
        _given = over.IsOfSamples ? i => $"batch.Inputs[{i}].Span" : i => $"inputs[{i}].Span";
    }

    public static bool AreNeeded(IReadOnlyList<GraphTensor> inputs, NetworkGraph over) =>
        !inputs.Any(i => i.IsSparse) && (over.IsOfSamples || inputs.Any(i => i.Ends.Length > 0));

    /// <summary>What a call is handed.</summary>
    private string Parameters => _over.IsOfSamples ? "Batch batch" : "ReadOnlySpan<ReadOnlyMemory<float>> inputs";

    public void WritePredict(IReadOnlyList<GraphTensor> outputs)
    {
        _code.Line("/// <inheritdoc/>");
        using (_code.Braces($"public void Predict({Parameters}, ReadOnlySpan<Memory<float>> outputs)"))
        {
            Open($"global::DeepGen.Runtime.Arguments.Count(outputs.Length, {outputs.Count}, \"outputs\");");
            for (int o = 0; o < outputs.Count; o++)
            {
                _code.Line($"global::DeepGen.Runtime.Arguments.Output(outputs[{o}].Length, samples, {outputs[o].Length}, {Text(outputs[o].Name)});");
                foreach (int i in Enumerable.Range(0, _inputs.Count).Where(i => _inputs[i].IsPlain))
                {
                    _code.Line($"global::DeepGen.Runtime.Arguments.Apart({_given(i)}, outputs[{o}].Span, {Text(_inputs[i].Name)}, {Text(outputs[o].Name)});");
                }
            }

            Run("Predict", outputs.Select((_, o) => $"outputs[{o}].Span"), () =>
                _code.Lines(Enumerable.Range(0, outputs.Count).Where(o => outputs[o].IsOpen).Select(o => $"outputs[{o}].Span.Clear();")));
        }
    }

    public void WriteTrace(long total)
    {
        _code.Line("/// <inheritdoc/>");
        using (_code.Braces($"public IReadOnlyList<NamedTensor> Trace({Parameters})"))
        {
            Open(null);
            _code.Line($"var values = new float[checked(samples * {total})];");
            Run("Trace", ["values"], () => { });
            _code.Line($"return NamedTensor.Unpack(values, samples, s_traced{(_open.IsOpen ? $", s_tracedShapes, {_open.Sizes}" : "")});");
        }
    }

    /// <summary>Checks the inputs.</summary>
    private void Open(string? check)
    {
        _code.Line($"global::DeepGen.Runtime.Arguments.Count({(_over.IsOfSamples ? "batch.Inputs" : "inputs")}.Length, {_inputs.Count}, \"inputs\");");
        if (check is not null)
        {
            _code.Line(check);
        }

        for (int i = 0; i < _inputs.Count; i++)
        {
            _code.Line(_inputs[i].Check(_given(i), "samples", i == 0, Text(_inputs[i].Name), NumberText.Of(_inputs[i].Length)));
        }
    }

    private void Run(string reading, IEnumerable<string> written, Action beforehand)
    {
        List<string> spans = GraphTensor.Spans(_code, _inputs, _given);
        _over.WriteOwn(_code);
        if (_open.IsOpen)
        {
            _code.Line($"ReadOnlySpan<int> {_open.Sizes} = {_open.SizesOfSamples};");
        }

        _code.Line($"{(_open.IsOpen ? "scoped " : "")}var feed = new global::DeepGen.Runtime.FeedBuilder();");
        _code.Lines(spans.Concat(written).Select(s => $"feed.Add({s});"));
        _over.Write(_code, "feed", _over.Name, "samples", _inputs.Select((t, i) => (t, spans[i])), _open.OfSamples);
        if (_open.IsOpen)
        {
            _code.Line($"feed.Add({_open.Sizes});");
        }

        beforehand();
        _code.Line($"{ProgramField.Value(reading)}.Run(_weights, _threads, samples, in feed);");
        if (_over.IsThere)
        {
            _code.Line($"GC.KeepAlive({_over.Name});");
        }
    }

    private static string Text(string value) => SymbolDisplay.FormatLiteral(value, quote: true);
}
