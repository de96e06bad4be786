using System.Globalization;

namespace DeepGen.Generator.Ir;

/// <summary>
/// The extent of one axis: a constant; the batch; or a symbol whose value is known at run time, plus a constant. Symbols other
/// than the batch have a largest value, by which memory is laid out.
/// </summary>
internal readonly record struct Size
{
    private Size(int value, string? symbol, int offset)
    {
        Value = value;
        Symbol = symbol;
        Offset = offset;
    }

    /// <summary>The batch: the symbol every declared input carries as its first axis.</summary>
    public static Size Batch { get; } = new(-1, "B", 0);

    /// <summary>The constant extent, or the largest that a symbolic one can be; −1 for the batch.</summary>
    public int Value { get; }

    public string? Symbol { get; }

    /// <summary>What is added to the symbol.</summary>
    public int Offset { get; }

    public bool IsConstant => Symbol is null;

    public bool IsBatch => Symbol == Batch.Symbol;

    /// <summary>Known at run time only, within one sample.</summary>
    public bool IsOpen => Symbol is not null && !IsBatch;

    public static implicit operator Size(int constant) => new(constant, null, 0);

    public static Size operator +(Size size, int more) => size.IsBatch && more != 0
        ? throw new IrException("Nothing is added to the batch.")
        : new(size.Value + more, size.Symbol, size.IsConstant ? 0 : size.Offset + more);

    public static Size operator -(Size size, int less) => size + -less;

    /// <summary>A size known at run time, of at most so many.</summary>
    public static Size Named(string symbol, int largest) => new(largest, symbol, 0);

    /// <summary>The extent with a symbol replaced by its value.</summary>
    public Size Bind(IReadOnlyDictionary<string, int> sizes) => Symbol is null ? this : sizes[Symbol] + Offset;

    public override string ToString() => Symbol is null
        ? Value.ToString(CultureInfo.InvariantCulture)
        : Offset == 0 ? Symbol : string.Format(CultureInfo.InvariantCulture, "{0}{1:+0;-0}", Symbol, Offset);
}
