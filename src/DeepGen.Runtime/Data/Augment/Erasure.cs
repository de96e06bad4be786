namespace DeepGen.Data;

/// <summary>
/// A rectangle of area a · h · w, a uniform, and of sides in the ratio r or 1 : r, r uniform in 1..3: height √(a h w r), width
/// √(a h w / r), cut to the image. It lies wholly inside.
/// </summary>
internal sealed class Erasure : Augmentation
{
    private const float MostRatio = 3;

    private readonly float _least;
    private readonly float _most;
    private readonly float _fill;

    public Erasure(float leastArea, float mostArea, float fill)
    {
        Bounds.Check(leastArea, 0, 1);
        Bounds.Check(mostArea, leastArea, 1);
        (_least, _most, _fill) = (leastArea, mostArea, fill);
    }

    public override int ScratchLength(ImageShape shape) => 0;

    public override void Apply(ImageShape shape, Span<float> image, Span<float> scratch, ref SampleRandom random)
    {
        float area = random.Uniform(_least, _most) * shape.Plane;
        float ratio = random.Uniform(1, MostRatio);
        float across = random.Chance(0.5f) ? ratio : 1 / ratio;
        int height = Math.Clamp((int)(MathF.Sqrt(area * across) + 0.5f), 1, shape.Height);
        int width = Math.Clamp((int)(MathF.Sqrt(area / across) + 0.5f), 1, shape.Width);
        int top = random.Below(shape.Height - height + 1);
        int left = random.Below(shape.Width - width + 1);
        for (int channel = 0; channel < shape.Channels; channel++)
        {
            for (int y = top; y < top + height; y++)
            {
                image.Slice((channel * shape.Plane) + (y * shape.Width) + left, width).Fill(_fill);
            }
        }
    }
}
