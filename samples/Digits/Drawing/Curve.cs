namespace Digits.Drawing;

/// <summary>
/// The way between the points, by Catmull and Rom: the pen passes each point in the direction from the one before to the one
/// after, p(t) = p1 + ½t((p2 - p0) + t((2p0 - 5p1 + 4p2 - p3) + t(3(p1 - p2) + p3 - p0))). Corners and lifts end a curve.
/// </summary>
internal static class Curve
{
    public const int PiecesPerSpan = 7;

    public static void Through(Line points, Line line)
    {
        line.Clear();
        for (int i = 0; i < points.Count; i++)
        {
            var kind = points.Kind[i];
            line.Add(points.X[i], points.Y[i], points.Pressure[i], kind);
            if (kind == Turn.Lift)
                continue;

            int before = i == 0 || points.Kind[i - 1] == Turn.Lift || kind == Turn.Corner ? i : i - 1;
            int after = points.Kind[i + 1] == Turn.Smooth ? i + 2 : i + 1;
            for (int piece = 1; piece < PiecesPerSpan; piece++)
            {
                float t = piece * (1f / PiecesPerSpan);
                line.Add(
                    Between(points.X[before], points.X[i], points.X[i + 1], points.X[after], t),
                    Between(points.Y[before], points.Y[i], points.Y[i + 1], points.Y[after], t),
                    points.Pressure[i] + (t * (points.Pressure[i + 1] - points.Pressure[i])),
                    Turn.Smooth);
            }
        }
    }

    private static float Between(float p0, float p1, float p2, float p3, float t) =>
        p1 + (0.5f * t * (p2 - p0 + (t * ((2 * p0) - (5 * p1) + (4 * p2) - p3 + (t * ((3 * (p1 - p2)) + p3 - p0))))));
}
