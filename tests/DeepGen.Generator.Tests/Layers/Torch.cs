namespace DeepGen.Generator.Tests.Layers;

/// <summary>PyTorch's layers as its documentation defines them: channels first, plain loops, double precision.</summary>
internal static class Torch
{
    public static Values Linear(Values x, Values weight, Values? bias)
    {
        int last = x.Rank - 1;
        int[] shape = [.. x.Shape.Take(last), weight.Shape[0]];
        return Values.From(shape, i =>
        {
            double sum = bias?[i[last]] ?? 0;
            for (int k = 0; k < x.Shape[last]; k++)
            {
                sum += x[[.. i.Take(last), k]] * weight[i[last], k];
            }

            return sum;
        });
    }

    public static Values Conv2d(Values x, Values weight, Values? bias, int stride, int padding, int dilation, int groups)
    {
        int outputs = weight.Shape[0], depth = weight.Shape[1], kernelHeight = weight.Shape[2], kernelWidth = weight.Shape[3];
        int height = ((x.Shape[2] + (2 * padding) - (dilation * (kernelHeight - 1)) - 1) / stride) + 1;
        int width = ((x.Shape[3] + (2 * padding) - (dilation * (kernelWidth - 1)) - 1) / stride) + 1;
        return Values.From([x.Shape[0], outputs, height, width], i =>
        {
            double sum = bias?[i[1]] ?? 0;
            int group = i[1] / (outputs / groups);
            for (int c = 0; c < depth; c++)
            {
                for (int p = 0; p < kernelHeight; p++)
                {
                    for (int q = 0; q < kernelWidth; q++)
                    {
                        int row = (i[2] * stride) + (p * dilation) - padding;
                        int column = (i[3] * stride) + (q * dilation) - padding;
                        sum += Padded(x, i[0], (group * depth) + c, row, column) * weight[i[1], c, p, q];
                    }
                }
            }

            return sum;
        });
    }

    /// <summary>Every value of x times every value of its filters is added to the output, which begins as the bias.</summary>
    public static Values ConvTranspose2d(Values x, Values weight, Values? bias, int stride, int padding, int outputPadding, int dilation, int groups)
    {
        int depth = weight.Shape[0], outputs = weight.Shape[1], kernelHeight = weight.Shape[2], kernelWidth = weight.Shape[3];
        int height = ((x.Shape[2] - 1) * stride) - (2 * padding) + (dilation * (kernelHeight - 1)) + outputPadding + 1;
        int width = ((x.Shape[3] - 1) * stride) - (2 * padding) + (dilation * (kernelWidth - 1)) + outputPadding + 1;
        Values y = Values.From([x.Shape[0], outputs * groups, height, width], i => bias?[i[1]] ?? 0);
        Values.From(x.Shape, i => Values.From([outputs, kernelHeight, kernelWidth], o =>
        {
            int row = (i[2] * stride) + (o[1] * dilation) - padding, column = (i[3] * stride) + (o[2] * dilation) - padding;
            if (row >= 0 && row < height && column >= 0 && column < width)
            {
                y[i[0], (i[1] / (depth / groups) * outputs) + o[0], row, column] += x[i] * weight[i[1], o[0], o[1], o[2]];
            }

            return 0;
        }).Data[0]);
        return y;
    }

    /// <summary>A signal as an image of one row, or such an image as a signal.</summary>
    public static Values Unsqueeze(Values x) => new([.. x.Shape.Take(2), 1, x.Shape[2]], x.Data);

    public static Values Squeeze(Values x) => new([.. x.Shape.Take(2), x.Shape[3]], x.Data);

    /// <summary>top, bottom, left, right; where an index beyond an edge points to, or none for a zero.</summary>
    public static Values Pad(Values x, int top, int bottom, int left, int right, Func<int, int, int?> source) => Values.From(
        [x.Shape[0], x.Shape[1], x.Shape[2] + top + bottom, x.Shape[3] + left + right],
        i => source(i[2] - top, x.Shape[2]) is int row && source(i[3] - left, x.Shape[3]) is int column ? x[i[0], i[1], row, column] : 0);

    public static int? Edge(int mode, int i, int size) => mode switch
    {
        0 => i >= 0 && i < size ? i : null,
        1 => i < 0 ? -i : i >= size ? (2 * size) - 2 - i : i,
        2 => Math.Clamp(i, 0, size - 1),
        _ => (i + size) % size,
    };

    public static Values UpsampleBilinear(Values x, int factor) => Values.From([x.Shape[0], x.Shape[1], x.Shape[2] * factor, x.Shape[3] * factor], i =>
    {
        (int Low, int High, double Share) Source(int n, int size)
        {
            double place = Math.Max(0, ((n + 0.5) / factor) - 0.5);
            int low = (int)place;
            return (low, Math.Min(low + 1, size - 1), place - low);
        }

        var (top, bottom, down) = Source(i[2], x.Shape[2]);
        var (left, right, across) = Source(i[3], x.Shape[3]);
        double Row(int row) => ((1 - across) * x[i[0], i[1], row, left]) + (across * x[i[0], i[1], row, right]);
        return ((1 - down) * Row(top)) + (down * Row(bottom));
    });

    public static Values PixelShuffle(Values x, int factor) => Values.From(
        [x.Shape[0], x.Shape[1] / (factor * factor), x.Shape[2] * factor, x.Shape[3] * factor],
        i => x[i[0], (i[1] * factor * factor) + (i[2] % factor * factor) + (i[3] % factor), i[2] / factor, i[3] / factor]);

    public static Values MaxPool2d(Values x, int size, int stride, int padding) =>
        Pool(x, size, stride, padding, double.NegativeInfinity, values => values.Max());

    public static Values AvgPool2d(Values x, int size, int stride, int padding) =>
        Pool(x, size, stride, padding, 0, values => values.Sum() / (size * size));

    public static Values GlobalAvgPool(Values x) =>
        Values.From([x.Shape[0], x.Shape[1]], i => Where(x, j => j[0] == i[0] && j[1] == i[1]).Average());

    public static Values UpsampleNearest(Values x, int factor) => Values.From(
        [x.Shape[0], x.Shape[1], x.Shape[2] * factor, x.Shape[3] * factor],
        i => x[i[0], i[1], i[2] / factor, i[3] / factor]);

    public static Values BatchNorm(Values x, Values weight, Values bias, Values mean, Values variance, double epsilon) =>
        Values.From(x.Shape, i => ((x[i] - mean[i[1]]) / Math.Sqrt(variance[i[1]] + epsilon) * weight[i[1]]) + bias[i[1]]);

    /// <summary>Over all axes but the first `leading`.</summary>
    public static Values LayerNorm(Values x, Values weight, Values bias, int leading, double epsilon) => Values.From(x.Shape, i =>
    {
        double[] group = Where(x, j => j.Take(leading).SequenceEqual(i.Take(leading))).ToArray();
        int[] own = i.Skip(leading).ToArray();
        return (Normal(x[i], group, epsilon) * weight[own]) + bias[own];
    });

    public static Values GroupNorm(Values x, Values weight, Values bias, int groups, double epsilon)
    {
        int size = x.Shape[1] / groups;
        return Values.From(x.Shape, i =>
        {
            double[] group = Where(x, j => j[0] == i[0] && j[1] / size == i[1] / size).ToArray();
            return (Normal(x[i], group, epsilon) * weight[i[1]]) + bias[i[1]];
        });
    }

    public static Values Softmax(Values x, int axis) => Values.From(x.Shape, i =>
        Math.Exp(x[i]) / Where(x, j => SameBut(axis, i, j)).Sum(Math.Exp));

    public static Values Sum(Values x, int axis) => Values.From(
        x.Shape.Where((_, a) => a != axis).ToArray(),
        i => Where(x, j => j.Where((_, a) => a != axis).SequenceEqual(i)).Sum());

    public static Values Permute(Values x, params int[] permutation) => Values.From(
        permutation.Select(a => x.Shape[a]).ToArray(),
        i => x[Enumerable.Range(0, i.Length).Select(axis => i[Array.IndexOf(permutation, axis)]).ToArray()]);

    public static Values Zip(Values x, Values y, Func<double, double, double> f) => Values.From(x.Shape, i => f(x[i], y[i]));

    private static bool SameBut(int axis, int[] i, int[] j) => i.Where((_, a) => a != axis).SequenceEqual(j.Where((_, a) => a != axis));

    private static double Normal(double value, double[] group, double epsilon)
    {
        double mean = group.Average();
        return (value - mean) / Math.Sqrt(group.Average(v => (v - mean) * (v - mean)) + epsilon);
    }

    private static IEnumerable<double> Where(Values x, Func<int[], bool> condition)
    {
        var chosen = new List<double>();
        Values.From(x.Shape, i =>
        {
            if (condition(i))
            {
                chosen.Add(x[i]);
            }

            return 0;
        });
        return chosen;
    }

    private static Values Pool(Values x, int size, int stride, int padding, double outside, Func<double[], double> of)
    {
        int height = ((x.Shape[2] + (2 * padding) - size) / stride) + 1;
        int width = ((x.Shape[3] + (2 * padding) - size) / stride) + 1;
        return Values.From([x.Shape[0], x.Shape[1], height, width], i => of(Enumerable.Range(0, size * size)
            .Select(tap => Padded(x, i[0], i[1], (i[2] * stride) + (tap / size) - padding, (i[3] * stride) + (tap % size) - padding, outside))
            .ToArray()));
    }

    private static double Padded(Values x, int n, int c, int row, int column, double outside = 0) =>
        row < 0 || column < 0 || row >= x.Shape[2] || column >= x.Shape[3] ? outside : x[n, c, row, column];
}
