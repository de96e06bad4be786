using Microsoft.CodeAnalysis.CSharp;

namespace DeepGen.Generator.Emit;

/// <summary>
/// What a public method needs for sizes known at run time: a parameter for each, the tensors moved to where the program expects
/// them, and back. Nothing of it where all sizes are constant.
/// </summary>
internal sealed class OpenSurface
{
    private readonly IReadOnlyList<GraphTensor> _tensors;
    private readonly Dictionary<string, string> _parameters = [];
    private readonly string _sizes;

    /// <param name="tensors">Whose sizes the caller chooses: the inputs.</param>
    /// <param name="free">Gives a name that nothing else has.</param>
    public OpenSurface(IReadOnlyList<GraphTensor> tensors, Func<string, string> free)
    {
        _tensors = tensors;
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

    public string Arguments => string.Concat(_parameters.Select(p => ", " + p.Value));

    public void Document(CodeWriter code)
    {
        foreach (KeyValuePair<string, string> parameter in _parameters)
        {
            code.Line($"/// <param name=\"{parameter.Value}\">The size {parameter.Key} of this call, from 1 to {Largest(parameter.Key)}.</param>");
        }
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

    /// <summary>The text that makes the shape of a tensor.</summary>
    public string Shape(GraphTensor tensor) => ShapeField(tensor, Symbols(_tensors));

    public static string ShapeField(GraphTensor tensor, IReadOnlyList<string> symbols) => "s_shape" + Key(tensor, symbols);

    /// <summary>The fields that hold the shapes of some tensors, each once.</summary>
    public static void WriteShapes(CodeWriter code, IEnumerable<GraphTensor> tensors, IReadOnlyList<string> symbols)
    {
        foreach (IGrouping<string, GraphTensor> shape in tensors.Where(t => t.IsOpen).GroupBy(t => ShapeField(t, symbols)))
        {
            GraphTensor tensor = shape.First();
            string numbers = string.Join(", ", tensor.Sizes.Select(s => s.IsOpen ? IndexOf(symbols, s.Symbol!) : -1));
            code.Line($"private static readonly OpenShape {shape.Key} = new([{string.Join(", ", tensor.Shape)}], [{numbers}], [{string.Join(", ", tensor.Sizes.Select(s => s.Offset))}]);");
        }
    }

    private static int IndexOf(IReadOnlyList<string> symbols, string symbol) => symbols.ToList().IndexOf(symbol);

    /// <summary>Sizes as they can stand in a name: "T_64", "Tplus2_64".</summary>
    private static string Key(GraphTensor tensor, IReadOnlyList<string> symbols) => string.Concat(tensor.Sizes.Select(s => "_" + (s.IsConstant
        ? NumberText.Of(s.Value)
        : symbols[IndexOf(symbols, s.Symbol!)] + (s.Offset == 0 ? "" : s.Offset > 0 ? "plus" + NumberText.Of(s.Offset) : "minus" + NumberText.Of(-s.Offset)))));

    private string Largest(string symbol) =>
        NumberText.Of(_tensors.SelectMany(t => t.Sizes).Where(s => s.Symbol == symbol).Select(s => s.Value - s.Offset).First());
}
