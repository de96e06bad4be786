namespace DeepGen.Generator.Ir;

/// <summary>The extent of one axis: a constant, or a symbol whose value is known at run time (the batch is one).</summary>
internal readonly record struct Size
{
    private Size(int constant, string? symbol)
    {
        Value = constant;
        Symbol = symbol;
    }

    /// <summary>The batch: the symbol every declared input carries as its first axis.</summary>
    public static Size Batch { get; } = Named("B");

    /// <summary>The constant extent; meaningless for a symbol.</summary>
    public int Value { get; }

    public string? Symbol { get; }

    public bool IsConstant => Symbol is null;

    public static implicit operator Size(int constant) => new(constant, null);

    public static Size Named(string symbol) => new(-1, symbol);

    /// <summary>The extent with a symbol replaced by its value.</summary>
    public Size Bind(IReadOnlyDictionary<string, int> sizes) => Symbol is null ? this : sizes[Symbol];

    public override string ToString() => Symbol ?? Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
