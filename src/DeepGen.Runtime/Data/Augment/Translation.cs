namespace DeepGen.Data;

/// <summary>What lies outside of an image.</summary>
public enum Border
{
    /// <summary>A fixed value.</summary>
    Fill,

    /// <summary>The nearest pixel of the image.</summary>
    Edge,

    /// <summary>The image mirrored about its outermost pixels.</summary>
    Mirror,
}

/// <summary>to[y, x] = from[y - dy, x - dx] with dy and dx uniform in -m..m. To pad by m and cut at random is the same.</summary>
internal sealed class Translation : Augmentation
{
    private const int Outside = -1;

    private readonly int _most;
    private readonly Border _border;
    private readonly float _fill;

    public Translation(int most, Border border, float fill)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(most);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(most, 1 << 20);
        (_most, _border, _fill) = (most, border, fill);
    }

    public override void Apply(ImageShape shape, Span<float> image, Span<float> scratch, ref SampleRandom random)
    {
        int dy = random.Below((2 * _most) + 1) - _most;
        int dx = random.Below((2 * _most) + 1) - _most;
        image.CopyTo(scratch);
        for (int channel = 0; channel < shape.Channels; channel++)
        {
            var from = scratch.Slice(channel * shape.Plane, shape.Plane);
            var to = image.Slice(channel * shape.Plane, shape.Plane);
            for (int y = 0; y < shape.Height; y++)
            {
                int source = Inside(y - dy, shape.Height);
                var row = to.Slice(y * shape.Width, shape.Width);
                if (source == Outside)
                {
                    row.Fill(_fill);
                }
                else
                {
                    MoveRow(from.Slice(source * shape.Width, shape.Width), row, dx);
                }
            }
        }
    }

    private void MoveRow(ReadOnlySpan<float> from, Span<float> to, int dx)
    {
        int first = Math.Clamp(dx, 0, to.Length);
        int end = Math.Clamp(to.Length + dx, first, to.Length);
        from.Slice(first == end ? 0 : first - dx, end - first).CopyTo(to[first..]);
        for (int x = 0; x < to.Length; x++)
        {
            if (x < first || x >= end)
            {
                int source = Inside(x - dx, from.Length);
                to[x] = source == Outside ? _fill : from[source];
            }
        }
    }

    private int Inside(int at, int size)
    {
        if ((uint)at < (uint)size)
        {
            return at;
        }

        switch (_border)
        {
            case Border.Fill:
                return Outside;
            case Border.Edge:
                return at < 0 ? 0 : size - 1;
            default:
                // Back and forth has a period of 2 (size - 1); a single pixel has only itself to show.
                int period = Math.Max(2 * (size - 1), 1);
                int phase = ((at % period) + period) % period;
                return Math.Min(phase, period - phase) % size;
        }
    }
}
