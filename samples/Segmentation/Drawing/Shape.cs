namespace Segmentation.Drawing;

/// <summary>What a pixel can belong to.</summary>
internal enum Kind
{
    Background,
    Disc,
    Square,
    Triangle,
}

/// <summary>A shape of some size, turned by some angle; which pixels it covers is decided by where their centres lie.</summary>
internal readonly record struct Shape(Kind Kind, float X, float Y, float Radius, float Angle, float Brightness)
{
    public static Shape Draw(Random random, int side)
    {
        float Between(float low, float high) => low + ((high - low) * random.NextSingle());
        float radius = Between(side / 9f, side / 4.5f);
        return new Shape(
            (Kind)(1 + random.Next(3)),
            Between(radius, side - radius),
            Between(radius, side - radius),
            radius,
            Between(0, 2 * MathF.PI),
            Between(0.45f, 1));
    }

    public bool Covers(float x, float y)
    {
        float sine = MathF.Sin(Angle), cosine = MathF.Cos(Angle);
        (x, y) = (((x - X) * cosine) + ((y - Y) * sine), ((y - Y) * cosine) - ((x - X) * sine));
        return Kind switch
        {
            Kind.Disc => (x * x) + (y * y) <= Radius * Radius,
            Kind.Square => MathF.Max(MathF.Abs(x), MathF.Abs(y)) <= Radius * 0.8f,

            // Three sides at the same distance from the middle.
            _ => y <= Radius * 0.6f && -y - (1.7320508f * x) <= Radius * 1.2f && -y + (1.7320508f * x) <= Radius * 1.2f,
        };
    }
}
