namespace DeepGen.Compiled.Tests.Networks;

/// <summary>One layer attribute and the shape it leaves.</summary>
internal sealed record DrawnLayer(string Text, int[] Shape);

/// <summary>Layer attributes that fit a shape, with every argument they take.</summary>
internal sealed partial class LayerDrawing(Drawing dice)
{
    private static readonly string[] s_activations =
    [
        "Relu", "LeakyRelu", "LeakyRelu(0.2f)", "Elu", "Elu(0.5f)", "Gelu", "Gelu(Approximate = true)", "Silu", "Sigmoid", "Tanh", "Softplus", "HardTanh",
        "HardTanh(-0.5f, 2)", "Relu6",
    ];

    /// <summary>A layer that may change the shape.</summary>
    public DrawnLayer Any(int[] shape) => Try(shape, () => shape.Length switch
    {
        1 => dice.Below(10) switch { < 5 => Dense(shape), 5 => Reshape(shape), _ => Same(shape) },
        2 => dice.Below(17) switch
        {
            < 4 => Dense(shape),
            4 => Transpose(shape),
            5 => Reshape(shape),
            6 => Flatten(shape),
            7 or 8 => Convolution1(shape),
            9 => Transposed(shape),
            10 => dice.Chance(50) ? Pool1(shape) : Pad(shape),
            < 14 => Recurrent(shape),
            _ => Same(shape),
        },
        3 => dice.Below(24) switch
        {
            20 or 21 => Transposed(shape),
            22 => Pad(shape),
            23 => Shuffle(shape),
            < 7 => Convolution(shape, sameSize: false),
            < 10 => Pool(shape),
            10 => Upsample(shape),
            11 => new DrawnLayer("GlobalAveragePool", [shape[0]]),
            12 => Transpose(shape),
            13 => Flatten(shape),
            14 => Reshape(shape),
            _ => Same(shape),
        },
        _ => dice.Below(3) switch { 0 => Flatten(shape), 1 => Transpose(shape), _ => Reshape(shape) },
    });

    /// <summary>A layer with weights after which the shape may differ in its channels or last axis only: what a block is made of.</summary>
    public DrawnLayer Inner(int[] shape) => Try(shape, () => dice.Chance(50) ? Same(shape) : shape.Length == 3 ? Convolution(shape, sameSize: true) : Dense(shape));

    /// <summary>A layer that leads back to a shape from one that <see cref="Inner"/> led to; null where that needs none.</summary>
    public static string? Back(int[] from, int[] to) =>
        from.SequenceEqual(to) ? null : to.Length == 3 ? $"Conv2D({to[0]}, 1)" : $"Dense({to[^1]})";

    public DrawnLayer? Same(int[] shape) => dice.Below(19) switch
    {
        14 => shape.Length > 1 && Telling(shape.Skip(1).Aggregate(1, (n, s) => n * s))
            ? new(dice.One("InstanceNorm", "InstanceNorm(Affine = true)"), shape)
            : null,
        0 => new("BatchNorm", shape),
        1 => Telling(shape.Length < 3 ? shape[^1] : shape.Aggregate(1, (n, s) => n * s))
            ? new(dice.Chance(80) ? "LayerNorm" : "LayerNorm(Epsilon = 1e-3f)", shape)
            : null,
        2 => GroupNorm(shape),
        3 => new($"{dice.One("Softmax", "LogSoftmax")}{dice.One("", $"(Axis = {dice.Below(shape.Length)})", $"(Axis = -{1 + dice.Below(shape.Length)})")}", shape),
        4 => new("Dropout(0.3f)", shape),
        5 => shape.Length < 3 && Telling(shape[^1]) ? new("RmsNorm", shape) : null,
        6 => Gated(shape),
        7 => shape.Length != 2 ? null : new(shape[1] % 2 == 0 && dice.Chance(50) ? "SinusoidalPositions" : "LearnedPositions", shape),
        8 => Attention(shape),
        _ => new(dice.One(s_activations), shape),
    };

    private DrawnLayer? Gated(int[] shape)
    {
        int hidden = dice.Size();
        int rows = shape.Length == 2 ? shape[0] : 1;
        return shape.Length < 3 && dice.Fits(rows, hidden) && dice.Affords(3L * rows * shape[^1] * hidden) ? new($"SwiGlu({hidden})", shape) : null;
    }

    private DrawnLayer? Attention(int[] shape)
    {
        if (shape.Length != 2)
        {
            return null;
        }

        int width = shape[1];
        int heads = dice.One([.. Enumerable.Range(1, Math.Min(8, width)).Where(h => width % h == 0)]);
        int groups = dice.Chance(30) ? dice.One([.. Enumerable.Range(1, heads).Where(g => heads % g == 0)]) : 0;
        var arguments = new List<string> { Drawing.Text(heads) };
        void Add(bool wanted, string text) => arguments.AddRange(wanted ? [text] : []);
        Add(dice.Chance(60), "Causal = true");
        Add(groups > 0, $"KeyValueHeads = {groups}");
        Add(groups == 0 && dice.Chance(20), "Separate = true");
        Add(width / heads % 2 == 0 && dice.Chance(30), $"Rotary = Rotary.{dice.One("Halves", "Pairs")}");
        Add(dice.Chance(20), "Bias = false");
        Add(dice.Chance(10), "OutputBias = false");
        return dice.Fits(heads, shape[0], shape[0]) && dice.Fits(3, shape[0], width) && dice.Affords((4L * shape[0] * width * width) + (2L * shape[0] * shape[0] * width))
            ? new($"MultiHeadAttention({string.Join(", ", arguments)})", shape)
            : null;
    }

    public DrawnLayer? Dense(int[] shape)
    {
        if (shape.Length > 2)
        {
            return null;
        }

        int inputs = shape[^1];
        string bias = dice.Chance(80) ? "" : "Bias = false";
        (string size, int units) = dice.Below(6) switch
        {
            0 => ("", inputs),
            1 => ("Expand = 2", 2 * inputs),
            2 when inputs % 2 == 0 => ("Shrink = 2", inputs / 2),
            _ => (Drawing.Text(dice.Size()), 0),
        };
        units = units == 0 ? int.Parse(size) : units;
        int[] result = [.. shape[..^1], units];
        string arguments = string.Join(", ", new[] { size, bias }.Where(a => a.Length > 0));
        return dice.Fits(result) && dice.Affords((long)shape[0] * inputs * units)
            ? new(arguments.Length == 0 ? "Dense" : $"Dense({arguments})", result)
            : null;
    }

    private DrawnLayer? Recurrent(int[] shape)
    {
        string kind = dice.One("Rnn", "Gru", "Lstm");
        int gates = kind switch { "Rnn" => 1, "Gru" => 3, _ => 4 };
        int units = dice.Chance(30) ? shape[1] : dice.Size();
        int layers = dice.Chance(30) ? 2 : 1, directions = dice.Chance(30) ? 2 : 1;
        var arguments = new List<string>();
        void Add(bool wanted, string text) => arguments.AddRange(wanted ? [text] : []);
        Add(units != shape[1], Drawing.Text(units));
        Add(layers > 1, $"Layers = {layers}");
        Add(layers > 1 && dice.Chance(30), "Dropout = 0.2f");
        Add(directions > 1, "Bidirectional = true");
        Add(kind == "Rnn" && dice.Chance(30), "Relu = true");
        bool onlyLast = dice.Chance(40);
        Add(onlyLast, "Output = States.Last");
        int[] result = onlyLast ? [directions * units] : [shape[0], directions * units];
        return dice.Fits(shape[0], gates * units) && dice.Affords((long)shape[0] * layers * directions * gates * units * (shape[1] + (3 * units)))
            ? new(arguments.Count == 0 ? kind : $"{kind}({string.Join(", ", arguments)})", result)
            : null;
    }

    public DrawnLayer? Convolution(int[] shape, bool sameSize)
    {
        (int channels, int height, int width) = (shape[0], shape[1], shape[2]);
        int kernelHeight = sameSize ? dice.One(1, 3, 5) : 1 + dice.Below(Math.Min(5, height + 2));
        int kernelWidth = sameSize || dice.Chance(70) ? kernelHeight : 1 + dice.Below(Math.Min(5, width + 2));
        int dilation = dice.Chance(20) ? 2 : 1;
        int stride = sameSize || dice.Chance(60) ? 1 : 2 + dice.Below(2);
        int padding = sameSize ? dilation * (kernelHeight - 1) / 2 : dice.Below(3);
        (string groupText, int groups) = Groups(channels);
        int outputs = groups * (1 + dice.Below(Math.Max(1, dice.Size() / groups)));
        int newHeight = ((height + (2 * padding) - (dilation * (kernelHeight - 1)) - 1) / stride) + 1;
        int newWidth = ((width + (2 * padding) - (dilation * (kernelWidth - 1)) - 1) / stride) + 1;
        bool fits = height + (2 * padding) > dilation * (kernelHeight - 1) && width + (2 * padding) > dilation * (kernelWidth - 1);
        if (!fits || !dice.Fits(outputs, newHeight, newWidth)
            || !dice.Affords((long)outputs * newHeight * newWidth * kernelHeight * kernelWidth * channels / groups))
        {
            return null;
        }

        string kernel = kernelHeight == kernelWidth ? $"Kernel = {kernelHeight}" : $"KernelHeight = {kernelHeight}, KernelWidth = {kernelWidth}";
        var arguments = new List<string> { outputs == channels && dice.Chance(50) ? kernel : $"{outputs}, {kernel}" };
        void Add(bool wanted, string text) => arguments.AddRange(wanted ? [text] : []);
        Add(stride > 1, $"Stride = {stride}");
        Add(padding > 0, $"Padding = {padding}");
        Add(padding > 0 && padding < Math.Min(height, width) && dice.Chance(20), $"PaddingMode = {Edge()}");
        Add(dilation > 1, $"Dilation = {dilation}");
        Add(groupText.Length > 0, groupText);
        Add(dice.Chance(20), "Bias = false");
        return new($"Conv2D({string.Join(", ", arguments)})", [outputs, newHeight, newWidth]);
    }

    private (string Text, int Groups) Groups(int channels)
    {
        int[] divisors = [.. Enumerable.Range(2, Math.Max(0, channels - 1)).Where(g => channels % g == 0)];
        return dice.Below(10) switch
        {
            0 or 1 => ("Depthwise = true", channels),
            2 or 3 when divisors.Length > 0 && dice.One(divisors) is var groups => ($"Groups = {groups}", groups),
            _ => ("", 1),
        };
    }

    private DrawnLayer? GroupNorm(int[] shape)
    {
        int[] divisors = [.. Enumerable.Range(1, shape[0]).Where(g => shape[0] % g == 0)];
        int groups = dice.One(divisors);
        return Telling(shape.Aggregate(1, (n, s) => n * s) / groups) ? new($"GroupNorm({groups})", shape) : null;
    }

    /// <summary>One or two values, made to have mean 0 and variance 1, are hardly more than a constant.</summary>
    private bool Telling(int values) => values > 2 || dice.Chance(15);

    private DrawnLayer? Pool(int[] shape)
    {
        int size = 1 + dice.Below(3);
        int stride = dice.Chance(50) ? size : 1 + dice.Below(3);
        int padding = dice.Chance(30) ? size / 2 : 0;
        int Extent(int n) => n + (2 * padding) < size ? 0 : ((n + (2 * padding) - size) / stride) + 1;
        int[] result = [shape[0], Extent(shape[1]), Extent(shape[2])];
        string text = (stride == size ? "" : $", Stride = {stride}") + (padding == 0 ? "" : $", Padding = {padding}");
        return dice.Fits(result) ? new($"{dice.One("MaxPool2D", "AveragePool2D")}({size}{text})", result) : null;
    }

    private DrawnLayer? Upsample(int[] shape)
    {
        int factor = 1 + dice.Below(3);
        int[] result = [shape[0], shape[1] * factor, shape[2] * factor];
        return dice.Fits(result) ? new($"Upsample2D({factor}{dice.One("", ", Mode = UpsampleMode.Bilinear")})", result) : null;
    }

    private static DrawnLayer Flatten(int[] shape) => new("Flatten", [shape.Aggregate(1, (n, s) => n * s)]);

    private DrawnLayer Transpose(int[] shape)
    {
        int[] axes = dice.Shuffled(shape.Length);
        return new($"Transpose({Drawing.List(axes.Select(a => dice.Chance(80) ? a : a - shape.Length))})", [.. axes.Select(a => shape[a])]);
    }

    public DrawnLayer? Reshape(int[] shape)
    {
        int rest = shape.Aggregate(1, (n, s) => n * s);
        var sizes = new List<int>();
        for (int rank = dice.Below(4); rank > 0; rank--)
        {
            int[] divisors = [.. Enumerable.Range(1, Math.Min(rest, 32)).Where(d => rest % d == 0)];
            sizes.Add(dice.One(divisors));
            rest /= sizes[^1];
        }

        sizes.Insert(dice.Below(sizes.Count + 1), rest);
        int hidden = dice.Chance(30) ? dice.Below(sizes.Count) : -1;
        return new($"Reshape({Drawing.List(sizes.Select((s, i) => i == hidden ? -1 : s))})", [.. sizes]);
    }

    /// <summary>Draws again where a choice does not fit; an activation always does.</summary>
    private DrawnLayer Try(int[] shape, Func<DrawnLayer?> draw)
    {
        for (int i = 0; i < 20; i++)
        {
            if (draw() is { } layer)
            {
                return layer;
            }
        }

        return new(dice.One(s_activations), shape);
    }
}
