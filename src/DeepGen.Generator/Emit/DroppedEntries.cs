using DeepGen.Generator.Lower;

namespace DeepGen.Generator.Emit;

/// <summary>What a kernel over a sparse matrix, of which entries are dropped, has to say for it: their numbers are drawn where an entry is read.</summary>
/// <param name="code">The kernel.</param>
/// <param name="matrix">The matrix; without dropping, nothing is said.</param>
/// <param name="isOverSamples">Whether the kernel's rows are the samples of a chunk.</param>
internal sealed class DroppedEntries(CodeWriter code, SparseOperand matrix, bool isOverSamples)
{
    public bool IsThere => matrix.Drawing is not null;

    public string Parameter => IsThere ? ", ref float key" : "";

    /// <summary>The number of the row in the matrix: rows of a sample's matrix follow those of the sample before.</summary>
    public string Row => isOverSamples || matrix.IsOfSample ? "first + row" : "row";

    public static IEnumerable<View> Key(SparseOperand matrix) => matrix.Drawing is { } dropping ? [dropping.Key] : [];

    /// <summary>At the beginning of a row.</summary>
    public void OpenRow()
    {
        if (IsThere && !matrix.IsTransposed)
        {
            WriteWords(Row);
        }
    }

    /// <summary>Declares what is left of a value, "kept", within the loop over entries.</summary>
    public void WriteKept(string value)
    {
        if (matrix.IsTransposed)
        {
            WriteWords(matrix.IsOfSample ? "first + other" : "other");
        }

        string column = !matrix.IsTransposed ? "other" : isOverSamples ? "first + row" : "row";
        string rate = NumberText.Of(matrix.Dropping!.Rate);
        code.Line($"float kept = NoiseNumbers.Kept(words, (int)({column}), {rate}, {value}{NumberText.Of(1 / (1 - matrix.Dropping.Rate))});");
    }

    private void WriteWords(string row) =>
        code.Line($"var words = NoiseNumbers.Words(key, Unsafe.Add(ref key, {NumberText.Of(matrix.Dropping!.Key.Strides[0])}), (int)({row}));");
}
