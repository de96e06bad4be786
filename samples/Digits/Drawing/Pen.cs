namespace Digits.Drawing;

/// <summary>
/// A pixel is as dark as the pen came near: ½ - (d - r) / softness, within [0, 1], with d its distance from the line and r the
/// pen's radius there. A flat nib is wider across its own direction.
/// </summary>
internal struct Pen
{
    private float _softness;
    private float _flatness;
    private float _darkness;

    public float Radius { get; private set; }

    public static Pen Choose(ref Dice dice) => new()
    {
        Radius = Math.Clamp(1.15f + (0.35f * dice.Normal()), 0.7f, 2),
        _softness = dice.Between(0.9f, 1.7f),
        _flatness = dice.Happens(0.4f) ? dice.Between(0, 0.45f) : 0,
        _darkness = dice.Happens(0.3f) ? dice.Between(0.75f, 1) : 1,
    };

    public readonly void Draw(Line line, Span<float> pixels)
    {
        for (int i = 0; i + 1 < line.Count; i++)
        {
            if (line.Kind[i] == Turn.Lift)
                continue;
            float dx = line.X[i + 1] - line.X[i], dy = line.Y[i + 1] - line.Y[i];
            float square = (dx * dx) + (dy * dy) + 1e-12f;

            // How much the piece runs from the lower left to the upper right, where a nib held by a right hand is thin.
            float along = (dx - dy) * (dx - dy) / (2 * square);
            float radius = Radius * (1 + (_flatness * (0.5f - along)));
            Piece(pixels, line.X[i], line.Y[i], dx, dy, 1 / square, radius * line.Pressure[i], radius * line.Pressure[i + 1]);
        }
    }

    private readonly void Piece(Span<float> pixels, float x, float y, float dx, float dy, float inverse, float startRadius, float endRadius)
    {
        float reach = MathF.Max(startRadius, endRadius) + (_softness / 2), sharpness = 1 / _softness;
        int left = Math.Max(0, (int)(MathF.Min(x, x + dx) - reach)), right = Math.Min(Scribe.Side - 1, (int)(MathF.Max(x, x + dx) + reach));
        int top = Math.Max(0, (int)(MathF.Min(y, y + dy) - reach)), bottom = Math.Min(Scribe.Side - 1, (int)(MathF.Max(y, y + dy) + reach));
        for (int row = top; row <= bottom; row++)
        {
            var pixelRow = pixels.Slice(row * Scribe.Side, Scribe.Side);
            float py = row + 0.5f - y;
            for (int column = left; column <= right; column++)
            {
                float px = column + 0.5f - x;
                float t = Math.Clamp(((px * dx) + (py * dy)) * inverse, 0, 1);
                float awayX = px - (t * dx), awayY = py - (t * dy);
                float distance = MathF.Sqrt((awayX * awayX) + (awayY * awayY)) - (startRadius + (t * (endRadius - startRadius)));
                float ink = MathF.Min(_darkness, _darkness * (0.5f - (distance * sharpness)));
                if (ink > pixelRow[column])
                    pixelRow[column] = ink;
            }
        }
    }
}
