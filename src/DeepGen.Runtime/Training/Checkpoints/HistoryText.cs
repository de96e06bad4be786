using System.Collections.Immutable;
using System.Globalization;

namespace DeepGen;

/// <summary>
/// Epochs as text, a line each: number, steps, rate, seconds, and then names and values, all separated by tabs. Numbers come back
/// with the same bits.
/// </summary>
internal static class HistoryText
{
    public static string Write(IEnumerable<EpochRecord> records) => string.Join('\n', records.Select(r => string.Join(
        '\t',
        [Text(r.Epoch), Text(r.Steps), Text(r.LearningRate), Text(r.Seconds), .. r.Values.SelectMany(v => new[] { v.Key, Text(v.Value) })])));

    public static List<EpochRecord> Read(string text)
    {
        var records = new List<EpochRecord>();
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var fields = line.Split('\t');
            if (fields.Length < 4 || fields.Length % 2 != 0)
            {
                throw new CheckpointException("its history of epochs is not of the expected form");
            }

            var values = ImmutableArray.CreateBuilder<KeyValuePair<string, double>>();
            for (int i = 4; i < fields.Length; i += 2)
            {
                values.Add(new(fields[i], Number(fields[i + 1])));
            }

            records.Add(new EpochRecord((int)Number(fields[0]), (long)Number(fields[1]), Number(fields[2]), Number(fields[3]), values.ToImmutable()));
        }

        return records;
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static double Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
        ? value
        : throw new CheckpointException($"its history of epochs has '{text}' where a number should be");
}
