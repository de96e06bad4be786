using DeepGen.Generator.Ir;
using DeepGen.Generator.Lower;

namespace DeepGen.Generator.Emit;

/// <summary>A size in emitted code: a number, or the variable that holds what is known at run time only.</summary>
internal static class SizeText
{
    public static string Of(Size size) => size.IsBatch ? "batch"
        : size.IsConstant ? NumberText.Of(size.Value)
        : size.Offset == 0 ? SizeNames.Of(size.Symbol!)
        : $"({SizeNames.Of(size.Symbol!)} {(size.Offset < 0 ? "-" : "+")} {NumberText.Of(Math.Abs(size.Offset))})";

    /// <summary>Whether there may be several, so that a loop is needed.</summary>
    public static bool IsLoop(Size size) => !size.IsConstant || size.Value > 1;

    /// <summary>The parameters of a method that is told sizes: ", nint T".</summary>
    public static string Parameters(IEnumerable<string> symbols) => string.Concat(symbols.Select(s => ", nint " + SizeNames.Of(s)));
}
