using DeepGen.Data;

namespace Digits.Drawing;

/// <summary>The first images of some data side by side, a row for each digit.</summary>
internal static class ContactSheet
{
    private const int Columns = 24;
    private const int Rows = 10;

    public static void Write(string path, DataSet data)
    {
        var sheet = new float[Rows * Scribe.Side * Columns * Scribe.Side];
        Span<int> placed = stackalloc int[Rows];
        for (int i = 0; i < data.Count; i++)
        {
            int row = data.Class(i);
            if (placed[row] < Columns)
                Copy(data.Input(i), sheet, row, placed[row]++);
        }

        PngFile.Write(path, Image.FromValues(sheet, 1, Rows * Scribe.Side, Columns * Scribe.Side));
    }

    private static void Copy(ReadOnlySpan<float> image, Span<float> sheet, int row, int column)
    {
        for (int y = 0; y < Scribe.Side; y++)
        {
            int start = (((row * Scribe.Side) + y) * Columns * Scribe.Side) + (column * Scribe.Side);
            image.Slice(y * Scribe.Side, Scribe.Side).CopyTo(sheet[start..]);
        }
    }
}
