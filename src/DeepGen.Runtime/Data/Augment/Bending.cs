namespace DeepGen.Data;

/// <summary>
/// to(p) = from(p + d(p)), where d is the cubic B-spline surface over control points uniform in ±m on a grid: d = Σ B(u)B(v) g over
/// the 4 × 4 points around p, first down the columns of points, then along. B sums to one, so no pixel moves by more than m.
/// </summary>
internal sealed class Bending : Augmentation
{
    private const int Support = 4;

    private readonly float _pixels;
    private readonly int _spacing;
    private readonly float _fill;

    /// <summary>The weights of the four points around each of the places between two points.</summary>
    private readonly float[] _weights;

    public Bending(float pixels, int spacing, float fill)
    {
        Bounds.Check(pixels, 0, 1 << 20);
        ArgumentOutOfRangeException.ThrowIfLessThan(spacing, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(spacing, 1 << 20);
        (_pixels, _spacing, _fill) = (pixels, spacing, fill);
        _weights = new float[Support * spacing];
        for (int place = 0; place < spacing; place++)
        {
            Spline(place / (float)spacing, _weights.AsSpan(place * Support, Support));
        }
    }

    /// <summary>A copy of the image, the grid, and one row of it between two others; a point is a pair.</summary>
    public override int ScratchLength(ImageShape shape) => shape.Length + (2 * (Rows(shape) + 1) * Columns(shape));

    public override void Apply(ImageShape shape, Span<float> image, Span<float> scratch, ref SampleRandom random)
    {
        int stride = 2 * Columns(shape);
        var source = scratch[..shape.Length];
        var grid = scratch.Slice(shape.Length, Rows(shape) * stride);
        var points = scratch.Slice(shape.Length + grid.Length, stride);
        image.CopyTo(source);
        for (int i = 0; i < grid.Length; i++)
        {
            grid[i] = random.Uniform(-_pixels, _pixels);
        }

        for (int y = 0; y < shape.Height; y++)
        {
            Blend(grid.Slice(y / _spacing * stride, Support * stride), Weights(y), points);
            for (int x = 0; x < shape.Width; x++)
            {
                var near = points.Slice(x / _spacing * 2, Support * 2);
                var w = Weights(x);
                float fromY = y + ((w[0] * near[0]) + (w[1] * near[2]) + (w[2] * near[4]) + (w[3] * near[6]));
                float fromX = x + ((w[0] * near[1]) + (w[1] * near[3]) + (w[2] * near[5]) + (w[3] * near[7]));
                for (int channel = 0; channel < shape.Channels; channel++)
                {
                    var plane = source.Slice(channel * shape.Plane, shape.Plane);
                    image[(channel * shape.Plane) + (y * shape.Width) + x] = Bilinear.At(plane, shape.Height, shape.Width, fromY, fromX, _fill);
                }
            }
        }
    }

    private static void Blend(ReadOnlySpan<float> rows, ReadOnlySpan<float> w, Span<float> blended)
    {
        int n = blended.Length;
        for (int i = 0; i < n; i++)
        {
            blended[i] = (w[0] * rows[i]) + (w[1] * rows[n + i]) + (w[2] * rows[(2 * n) + i]) + (w[3] * rows[(3 * n) + i]);
        }
    }

    /// <summary>The four pieces of the cubic B-spline at t in 0..1 between two points.</summary>
    private static void Spline(float t, Span<float> weights)
    {
        float rest = 1 - t;
        weights[0] = rest * rest * rest / 6;
        weights[1] = ((((3 * t) - 6) * t * t) + 4) / 6;
        weights[2] = ((((3 * rest) - 6) * rest * rest) + 4) / 6;
        weights[3] = t * t * t / 6;
    }

    private int Rows(ImageShape shape) => ((shape.Height - 1) / _spacing) + Support;

    private int Columns(ImageShape shape) => ((shape.Width - 1) / _spacing) + Support;

    private ReadOnlySpan<float> Weights(int at) => _weights.AsSpan(at % _spacing * Support, Support);
}
