namespace DeepGen.SelfTest.Reference;

/// <summary>Channels, height, width, row-major; everything outside is zero.</summary>
internal sealed class Image(int channels, int height, int width, double[] values)
{
    public int Channels => channels;

    public int Height => height;

    public int Width => width;

    public double[] Values => values;

    public Image(int channels, int height, int width)
        : this(channels, height, width, new double[channels * height * width])
    {
    }

    public double this[int c, int y, int x]
    {
        get => Inside(y, x) ? values[(((c * height) + y) * width) + x] : 0;
        set => values[(((c * height) + y) * width) + x] = value;
    }

    public bool Inside(int y, int x) => y >= 0 && y < height && x >= 0 && x < width;

    public Image Map(Func<double, double> function) => new(channels, height, width, Scalar.Map(values, function));

    public Image Plus(Image other) => new(channels, height, width, Scalar.Zip(values, other.Values, (a, b) => a + b));

    /// <summary>y[o] = b[o] + Σ over the group's channels and the window of w·x.</summary>
    public Image Convolve(double[] weight, double[]? bias, int outputs, int kernel, int stride, int padding, int dilation, int groups)
    {
        int perGroup = channels / groups, reach = (dilation * (kernel - 1)) + 1;
        var y = new Image(outputs, ((height + (2 * padding) - reach) / stride) + 1, ((width + (2 * padding) - reach) / stride) + 1);
        for (int o = 0; o < outputs; o++)
            for (int i = 0; i < y.Height; i++)
                for (int j = 0; j < y.Width; j++)
                {
                    double sum = bias is null ? 0 : bias[o];
                    for (int c = 0; c < perGroup; c++)
                        for (int u = 0; u < kernel; u++)
                            for (int v = 0; v < kernel; v++)
                                sum += weight[(((((o * perGroup) + c) * kernel) + u) * kernel) + v]
                                    * this[(o / (outputs / groups) * perGroup) + c, (i * stride) - padding + (u * dilation), (j * stride) - padding + (v * dilation)];
                    y[o, i, j] = sum;
                }

        return y;
    }

    public Image MaxPool(int size, int stride, int padding) => Pool(size, stride, padding, double.NegativeInfinity, Math.Max, 1);

    public Image AveragePool(int size, int stride, int padding) => Pool(size, stride, padding, 0, (a, b) => a + b, size * size);

    public Image Upsample(int factor)
    {
        var y = new Image(channels, height * factor, width * factor);
        for (int c = 0; c < channels; c++)
            for (int i = 0; i < y.Height; i++)
                for (int j = 0; j < y.Width; j++)
                    y[c, i, j] = this[c, i / factor, j / factor];
        return y;
    }

    public double[] ChannelMeans()
    {
        var means = new double[channels];
        for (int c = 0; c < channels; c++)
        {
            for (int i = 0; i < height * width; i++)
                means[c] += values[(c * height * width) + i];
            means[c] /= height * width;
        }

        return means;
    }

    /// <summary>x·scale[c] + shift[c].</summary>
    public Image Affine(double[] scale, double[] shift)
    {
        var y = new Image(channels, height, width);
        for (int i = 0; i < values.Length; i++)
            y.Values[i] = (values[i] * scale[i / (height * width)]) + shift[i / (height * width)];
        return y;
    }

    private Image Pool(int size, int stride, int padding, double empty, Func<double, double, double> combine, double divisor)
    {
        var y = new Image(channels, ((height + (2 * padding) - size) / stride) + 1, ((width + (2 * padding) - size) / stride) + 1);
        for (int c = 0; c < channels; c++)
            for (int i = 0; i < y.Height; i++)
                for (int j = 0; j < y.Width; j++)
                {
                    double value = empty;
                    for (int u = 0; u < size; u++)
                        for (int v = 0; v < size; v++)
                            if (Inside((i * stride) - padding + u, (j * stride) - padding + v))
                                value = combine(value, this[c, (i * stride) - padding + u, (j * stride) - padding + v]);
                    y[c, i, j] = value / divisor;
                }

        return y;
    }
}
