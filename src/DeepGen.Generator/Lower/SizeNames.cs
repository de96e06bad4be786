namespace DeepGen.Generator.Lower;

/// <summary>The variable of the emitted code that holds a size known at run time: "sizeT".</summary>
internal static class SizeNames
{
    public static string Of(string symbol) => "size" + symbol;

    /// <summary>The symbols of some tensors, in the order in which the sizes are handed over.</summary>
    public static IReadOnlyList<string> In(IEnumerable<Ir.Node> inputs) =>
        inputs.SelectMany(i => i.Shape).Where(s => s.IsOpen).Select(s => s.Symbol!).Distinct().ToList();
}
