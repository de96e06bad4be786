namespace Digits.Drawing;

/// <summary>
/// A hand does not hit the points it aims at: every point, every stroke and the whole figure are off by a little, corners become
/// round, strokes begin early or end late, and the pressure varies.
/// </summary>
internal static class Hand
{
    /// <summary>The points of <paramref name="skeleton"/> as this hand sets them, in [-1, 1] from the middle of the box.</summary>
    public static void Aim(Skeleton skeleton, ref Dice dice, Line line)
    {
        float care = dice.Between(0.5f, 1.5f);
        float unsteady = 0.06f * care, wander = 0.04f * care;
        float offX = 0, offY = 0;
        bool roundsCorners = dice.Happens(0.3f);
        var bend = new Bend(ref dice, 0.1f * care);
        float strokeX = 0, strokeY = 0;
        line.Clear();
        for (int i = 0; i < skeleton.Count; i++)
        {
            // A point that is off takes the next one along: 0.64 + 0.36 keeps the deviation as it is.
            offX = (0.8f * offX) + (0.6f * unsteady * dice.Normal());
            offY = (0.8f * offY) + (0.6f * unsteady * dice.Normal());
            float x = (skeleton.X[i] / 50) - 1 + strokeX + offX;
            float y = (skeleton.Y[i] / 50) - 1 + strokeY + offY;
            bend.Apply(ref x, ref y);
            var kind = skeleton.Kind[i];
            if (kind == Turn.Corner && (roundsCorners || dice.Happens(0.15f)))
                kind = Turn.Smooth;
            line.Add(x, y, 1 + (0.13f * dice.Normal()), kind);
            if (kind == Turn.Lift)
            {
                strokeX = wander * dice.Normal();
                strokeY = wander * dice.Normal();
            }
        }

        Lengthen(line, 0, 1, 0.1f * care * dice.Normal());
        Lengthen(line, line.Count - 1, line.Count - 2, 0.12f * care * dice.Normal());
    }

    // Moves an end along its last piece, outwards if the share is positive.
    private static void Lengthen(Line line, int end, int neighbour, float share)
    {
        line.X[end] += share * (line.X[end] - line.X[neighbour]);
        line.Y[end] += share * (line.Y[end] - line.Y[neighbour]);
    }
}
