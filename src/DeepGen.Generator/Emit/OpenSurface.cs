using Microsoft.CodeAnalysis.CSharp;

namespace DeepGen.Generator.Emit;

/// <summary>
/// What a public method needs for sizes known at run time: a parameter for each, the tensors moved to where the program expects
/// them, and back. Nothing of it where all sizes are constant.
/// </summary>
internal sealed class OpenSurface
{
    private readonly IReadOnlyList<GraphTensor> _tensors;
    private readonly Func<string, string> _free;
    private readonly Dictionary<string, string> _parameters = [];
    private readonly string _sizes;

    /// <param name="tensors">Whose sizes the caller chooses: the inputs.</param>
    /// <param name="free">Gives a name that nothing else has.</param>
    public OpenSurface(IReadOnlyList<GraphTensor> tensors, Func<string, string> free)
    {
        _tensors = tensors;
        _free = free;
        foreach (string symbol in Symbols(tensors))
        {
            _parameters.Add(symbol, free(symbol));
        }

        _sizes = _parameters.Count == 0 ? "" : free("sizes");
    }

    public bool IsOpen => _parameters.Count > 0;

    /// <summary>The span of the call's sizes.</summary>
    public string Sizes => _sizes;

    public static IReadOnlyList<string> Symbols(IReadOnlyList<GraphTensor> tensors) =>
        tensors.SelectMany(t => t.Sizes).Where(s => s.IsOpen).Select(s => s.Symbol!).Distinct().ToList();

    /// <summary>", int T = 64" for each size; as they follow what must be given, they may be left out.</summary>
    public string Parameters => string.Concat(_parameters.Select(p => $", int {p.Value} = {Largest(p.Key)}"));

    /// <summary>The parameter for a size.</summary>
    public string Parameter(string symbol) => _parameters[symbol];

    public string Arguments => string.Concat(_parameters.Select(p => ", " + p.Value));

    public void Document(CodeWriter code)
    {
        foreach (KeyValuePair<string, string> parameter in _parameters)
        {
            code.Line($"/// <param name=\"{parameter.Value}\">The size {parameter.Key} of this call, from 1 to {Largest(parameter.Key)}.</param>");
        }
    }

    /// <summary>The sizes of a call that does not say them.</summary>
    public string SizesOfSamples => $"[{string.Join(", ", _parameters.Keys.Select(OfSamples))}]";

    /// <summary>A size of a call that does not say it: where samples have lengths, that of the longest; else the largest there can be.</summary>
    public string OfSamples(string symbol)
    {
        int lengths = _tensors.ToList().FindIndex(t => t.Ends == symbol);
        return lengths >= 0 ? GraphTensor.Longest(lengths) : Largest(symbol);
    }

    /// <summary>A name for what a tensor is while it has the largest sizes: "wideInput" for "input".</summary>
    public string WideName(string tensor)
    {
        string plain = tensor.TrimStart('@');
        return _free("wide" + char.ToUpperInvariant(plain[0]) + plain.Substring(1));
    }

    /// <summary>Checks the sizes and collects them.</summary>
    public void Open(CodeWriter code)
    {
        if (IsOpen)
        {
            IEnumerable<string> checkedSizes = _parameters.Select(p =>
                $"global::DeepGen.Runtime.Arguments.Size({p.Value}, {Largest(p.Key)}, {SymbolDisplay.FormatLiteral(p.Value, quote: true)})");
            code.Line($"ReadOnlySpan<int> {_sizes} = [{string.Join(", ", checkedSizes)}];");
        }
    }

    /// <summary>How many values a sample of a tensor has in this call.</summary>
    public string Length(GraphTensor tensor) => tensor.IsOpen ? $"{Shape(tensor)}.Length({_sizes})" : NumberText.Of(tensor.Length);

    /// <summary>The field that holds the shape of a tensor.</summary>
    public string Shape(GraphTensor tensor) => ShapeField(tensor, Symbols(_tensors));

    private static string ShapeField(GraphTensor tensor, IReadOnlyList<string> symbols) => "s_shape" + Key(tensor, symbols);

    /// <summary>The fields that hold the shapes of some tensors, each once.</summary>
    public static void WriteShapes(CodeWriter code, IEnumerable<GraphTensor> tensors, IReadOnlyList<string> symbols)
    {
        foreach (IGrouping<string, GraphTensor> shape in tensors.Where(t => t.IsOpen).GroupBy(t => ShapeField(t, symbols)))
        {
            code.Line($"private static readonly OpenShape {shape.Key} = {NewShape(shape.First(), symbols)};");
        }
    }

    /// <summary>The expression that makes a shape: its largest extents, the number of each size, and what is added to it.</summary>
    public static string NewShape(GraphTensor tensor, IReadOnlyList<string> symbols)
    {
        IEnumerable<int> numbers = tensor.Sizes.Select(s => s.IsOpen ? IndexOf(symbols, s.Symbol!) : -1);
        return $"new([{string.Join(", ", tensor.Shape)}], [{string.Join(", ", numbers)}], [{string.Join(", ", tensor.Sizes.Select(s => s.Offset))}])";
    }

    private static int IndexOf(IReadOnlyList<string> symbols, string symbol) => symbols.ToList().IndexOf(symbol);

    /// <summary>Sizes as they can stand in a name: "T_64", "Tplus2_64".</summary>
    private static string Key(GraphTensor tensor, IReadOnlyList<string> symbols) => string.Concat(tensor.Sizes.Select(s => "_" + (s.IsConstant
        ? NumberText.Of(s.Value)
        : symbols[IndexOf(symbols, s.Symbol!)] + (s.Offset == 0 ? "" : s.Offset > 0 ? "plus" + NumberText.Of(s.Offset) : "minus" + NumberText.Of(-s.Offset)))));

    private string Largest(string symbol) =>
        NumberText.Of(_tensors.SelectMany(t => t.Sizes).Where(s => s.Symbol == symbol).Select(s => s.Value - s.Offset).First());
}
