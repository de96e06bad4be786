using DeepGen.Data;

namespace DeepGen;

/// <summary>
/// Columns whose samples have rows of their own number, before a network: an input that says how many there are has to say the same, and a
/// batch has to have room for as many as the network takes.
/// </summary>
internal static class RowCheck
{
    /// <exception cref="ArgumentException">A sample has more rows than the network takes, or not those that its lengths say; the message says which.</exception>
    public static DataSet Padded(Subject subject, DataSet data, string what)
    {
        var (inputs, targets) = (subject.Signature.Inputs, subject.Targets);
        if (data.Layout.Inputs.Length != inputs.Length || data.Layout.Targets.Length != targets.Length)
        {
            return data;
        }

        int[] inputRows = new int[inputs.Length];
        for (int i = 0; i < inputRows.Length; i++)
        {
            inputRows[i] = Rows(inputs[i].Shape.AsSpan());
            Check(inputs[i].Lengths, sample => data.RowsOfInput(sample, i), inputRows[i], $"'{inputs[i].Name}'");
        }

        int[] targetRows = new int[targets.Length];
        for (int t = 0; t < targetRows.Length; t++)
        {
            targetRows[t] = Rows(targets[t].Shape.AsSpan());
            Check(targets[t].Lengths, sample => data.RowsOfTarget(sample, t), targetRows[t], $"'{targets[t].Name}' of {targets[t].Loss}");
        }

        return data.Padded(inputRows, targetRows);

        void Check(string lengths, Func<int, int> rowsOf, int most, string name)
        {
            int counts = inputs.Select(i => i.Name).ToList().IndexOf(lengths);
            for (int sample = 0; sample < data.Count && rowsOf(sample) is > 0 and var rows; sample++)
            {
                if (rows > most || (counts < 0 && rows < most))
                {
                    throw Misfit(sample, $"{rows} rows, but {name} takes {(counts < 0 ? "always" : "at most")} {most}");
                }

                if (counts >= 0 && data.Input(sample, counts) is var said && (said.Length != 1 || said[0] != rows))
                {
                    throw Misfit(sample, $"{rows} rows for {name}, but '{lengths}' says {(said.Length == 1 ? said[0] : $"{said.Length} numbers")}");
                }
            }
        }

        ArgumentException Misfit(int sample, string words) => new($"sample {sample} of the {what} has {words}");
    }

    private static int Rows(ReadOnlySpan<int> shape) => shape.IsEmpty ? 1 : shape[0];
}
