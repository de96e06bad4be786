namespace DeepGen.Data;

/// <summary>
/// to(p) = from(p + d(p)), where d is the cubic B-spline surface over control points uniform in ±m on a grid: d = Σ B(u)B(v) g over
/// the 4 × 4 points around p. B sums to one, so no pixel moves by more than m.
/// </summary>
internal sealed class Bending : Augmentation
{
    private const int Support = 4;

    private readonly float _pixels;
    private readonly int _spacing;
    private readonly float _fill;

    public Bending(float pixels, int spacing, float fill)
    {
        Bounds.Check(pixels, 0, 1 << 20);
        ArgumentOutOfRangeException.ThrowIfLessThan(spacing, 1);
        (_pixels, _spacing, _fill) = (pixels, spacing, fill);
    }

    public override int ScratchLength(ImageShape shape) => shape.Length + (2 * Rows(shape) * Columns(shape));

    public override void Apply(ImageShape shape, Span<float> image, Span<float> scratch, ref SampleRandom random)
    {
        int columns = Columns(shape);
        var source = scratch[..shape.Length];
        var grid = scratch.Slice(shape.Length, 2 * Rows(shape) * columns);
        image.CopyTo(source);
        for (int i = 0; i < grid.Length; i++)
        {
            grid[i] = random.Uniform(-_pixels, _pixels);
        }

        Span<float> down = stackalloc float[Support];
        Span<float> along = stackalloc float[Support];
        for (int y = 0; y < shape.Height; y++)
        {
            Weights(y, down);
            for (int x = 0; x < shape.Width; x++)
            {
                Weights(x, along);
                float dy = 0;
                float dx = 0;
                for (int i = 0; i < Support; i++)
                {
                    for (int j = 0; j < Support; j++)
                    {
                        int point = 2 * ((((y / _spacing) + i) * columns) + (x / _spacing) + j);
                        float weight = down[i] * along[j];
                        dy += weight * grid[point];
                        dx += weight * grid[point + 1];
                    }
                }

                for (int channel = 0; channel < shape.Channels; channel++)
                {
                    var plane = source.Slice(channel * shape.Plane, shape.Plane);
                    image[(channel * shape.Plane) + (y * shape.Width) + x] = Bilinear.At(plane, shape.Height, shape.Width, y + dy, x + dx, _fill);
                }
            }
        }
    }

    private int Rows(ImageShape shape) => ((shape.Height - 1) / _spacing) + Support;

    private int Columns(ImageShape shape) => ((shape.Width - 1) / _spacing) + Support;

    /// <summary>The four pieces of the cubic B-spline at the pixel's place t in 0..1 between two points.</summary>
    private void Weights(int at, Span<float> weights)
    {
        float t = at % _spacing / (float)_spacing;
        float rest = 1 - t;
        weights[0] = rest * rest * rest / 6;
        weights[1] = ((((3 * t) - 6) * t * t) + 4) / 6;
        weights[2] = ((((3 * rest) - 6) * rest * rest) + 4) / 6;
        weights[3] = t * t * t / 6;
    }
}
