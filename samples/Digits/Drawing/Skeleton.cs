using System.Globalization;

namespace Digits.Drawing;

/// <summary>
/// One way to write a digit: the points a pen passes, in a box of 100 by 100 with y downwards. Between points the pen moves
/// smoothly; at a corner it turns; after the last point of a stroke it is lifted.
/// </summary>
internal sealed class Skeleton
{
    private Skeleton(int points)
    {
        X = new float[points];
        Y = new float[points];
        Kind = new Turn[points];
    }

    public float[] X { get; }

    public float[] Y { get; }

    public Turn[] Kind { get; }

    public int Count => Kind.Length;

    /// <summary>Reads "30 24, 54 2!, 52 50, 50 98 | 28 98, 72 98": ! is a corner, | lifts the pen.</summary>
    public static Skeleton Parse(string text)
    {
        string[] strokes = text.Split('|');
        var skeleton = new Skeleton(strokes.Sum(stroke => stroke.Split(',').Length));
        int next = 0;
        foreach (string stroke in strokes)
        {
            foreach (string point in stroke.Split(',', StringSplitOptions.TrimEntries))
            {
                string[] place = point.TrimEnd('!').Split(' ');
                skeleton.X[next] = float.Parse(place[0], CultureInfo.InvariantCulture);
                skeleton.Y[next] = float.Parse(place[1], CultureInfo.InvariantCulture);
                skeleton.Kind[next++] = point.EndsWith('!') ? Turn.Corner : Turn.Smooth;
            }

            skeleton.Kind[next - 1] = Turn.Lift;
        }

        return skeleton;
    }
}

/// <summary>What the pen does at a point.</summary>
internal enum Turn : byte
{
    Smooth,
    Corner,
    Lift,
}
