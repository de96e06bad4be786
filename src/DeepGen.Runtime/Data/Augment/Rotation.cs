namespace DeepGen.Data;

/// <summary>
/// to(p) = from(R p) about the centre. With t = tan(θ/4) the rotation by θ/2 is ((1 - t²), 2t) / (1 + t²), and its square the
/// rotation by θ: sums, products and quotients, so that every machine turns by the same angle to the last bit.
/// </summary>
internal sealed class Rotation : Augmentation
{
    private const double RadiansPerDegree = 0.017453292519943295;

    private readonly float _degrees;
    private readonly float _fill;

    public Rotation(float degrees, float fill)
    {
        Bounds.Check(degrees, 0, 180);
        (_degrees, _fill) = (degrees, fill);
    }

    public override void Apply(ImageShape shape, Span<float> image, Span<float> scratch, ref SampleRandom random)
    {
        var (cosine, sine) = Turn(random.Uniform(-_degrees, _degrees));
        float centreY = (shape.Height - 1) * 0.5f;
        float centreX = (shape.Width - 1) * 0.5f;
        image.CopyTo(scratch);
        for (int channel = 0; channel < shape.Channels; channel++)
        {
            var from = scratch.Slice(channel * shape.Plane, shape.Plane);
            var to = image.Slice(channel * shape.Plane, shape.Plane);
            for (int y = 0, i = 0; y < shape.Height; y++)
            {
                float dy = y - centreY;
                for (int x = 0; x < shape.Width; x++, i++)
                {
                    float dx = x - centreX;
                    float fromY = centreY + ((cosine * dy) - (sine * dx));
                    float fromX = centreX + ((cosine * dx) + (sine * dy));
                    to[i] = Bilinear.At(from, shape.Height, shape.Width, fromY, fromX, _fill);
                }
            }
        }
    }

    /// <summary>Cosine and sine of an angle up to 180 degrees.</summary>
    internal static (float Cosine, float Sine) Turn(double degrees)
    {
        double t = Tangent(degrees * RadiansPerDegree / 4);
        double scale = 1 / (1 + (t * t));
        double cosine = (1 - (t * t)) * scale;
        double sine = 2 * t * scale;
        return ((float)((cosine * cosine) - (sine * sine)), (float)(2 * cosine * sine));
    }

    /// <summary>Lambert's fraction x / (1 - x² / (3 - x² / (5 - …))): the terms to 19 leave less than 1e-15 where |x| ≤ π/4.</summary>
    private static double Tangent(double x)
    {
        double square = x * x;
        double denominator = 19;
        for (int odd = 17; odd > 0; odd -= 2)
        {
            denominator = odd - (square / denominator);
        }

        return x / denominator;
    }
}
