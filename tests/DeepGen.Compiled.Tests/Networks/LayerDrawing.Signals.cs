namespace DeepGen.Compiled.Tests.Networks;

/// <summary>Layers along signals, transposed convolutions, and what lies around images.</summary>
internal sealed partial class LayerDrawing
{
    private DrawnLayer? Convolution1(int[] shape)
    {
        (int channels, int steps) = (shape[0], shape[1]);
        int kernel = 1 + dice.Below(Math.Min(5, steps));
        int dilation = dice.Chance(30) ? 2 : 1;
        int stride = dice.Chance(60) ? 1 : 2 + dice.Below(2);
        bool isCausal = dice.Chance(40);
        int padding = isCausal ? 0 : dice.Below(3);
        (string groupText, int groups) = Groups(channels);
        int outputs = groups * (1 + dice.Below(Math.Max(1, dice.Size() / groups)));
        int reach = dilation * (kernel - 1);
        int padded = steps + (isCausal ? reach : 2 * padding);
        int[] result = [outputs, ((padded - reach - 1) / stride) + 1];
        if (padded <= reach || !dice.Fits(result) || !dice.Affords((long)outputs * result[1] * kernel * channels / groups))
        {
            return null;
        }

        bool mayMirror = Math.Max(padding, isCausal ? reach : 0) < steps;
        return new("Conv1D(" + Join(
            outputs == channels ? $"Kernel = {kernel}" : $"{outputs}, {kernel}",
            stride > 1 ? $"Stride = {stride}" : "",
            padding > 0 ? $"Padding = {padding}" : "",
            isCausal ? "Causal = true" : "",
            mayMirror && dice.Chance(20) ? $"PaddingMode = {Edge()}" : "",
            dilation > 1 ? $"Dilation = {dilation}" : "",
            groupText) + ")", result);
    }

    private DrawnLayer? Transposed(int[] shape)
    {
        int sides = shape.Length - 1;
        int channels = shape[0];
        int kernel = 1 + dice.Below(4);
        int stride = dice.Chance(50) ? kernel : 1 + dice.Below(3);
        int dilation = dice.Chance(15) ? 2 : 1;
        int padding = dice.Below(3);
        int extra = dice.Chance(30) ? dice.Below(Math.Max(stride, dilation)) : 0;
        (string groupText, int groups) = Groups(channels);
        int outputs = groups * (1 + dice.Below(Math.Max(1, dice.SmallSize() / groups)));
        int Extent(int n) => ((n - 1) * stride) - (2 * padding) + (dilation * (kernel - 1)) + extra + 1;
        int[] result = [outputs, .. shape.Skip(1).Select(Extent)];
        long taps = sides == 1 ? kernel : kernel * kernel;
        long places = shape.Skip(1).Aggregate(1L, (n, s) => n * s);
        if (result.Any(n => n < 1) || !dice.Fits(result) || !dice.Affords(places * channels * outputs * taps / groups))
        {
            return null;
        }

        return new($"ConvTranspose{sides}D(" + Join(
            $"{outputs}, {kernel}",
            stride > 1 ? $"Stride = {stride}" : "",
            padding > 0 ? $"Padding = {padding}" : "",
            extra > 0 ? $"OutputPadding = {extra}" : "",
            dilation > 1 ? $"Dilation = {dilation}" : "",
            groupText,
            dice.Chance(20) ? "Bias = false" : "") + ")", result);
    }

    private DrawnLayer? Pool1(int[] shape)
    {
        int size = 1 + dice.Below(3);
        int stride = dice.Chance(50) ? size : 1 + dice.Below(3);
        int padding = dice.Chance(30) ? size / 2 : 0;
        int padded = shape[1] + (2 * padding);
        int[] result = [shape[0], padded < size ? 0 : ((padded - size) / stride) + 1];
        string text = (stride == size ? "" : $", Stride = {stride}") + (padding == 0 ? "" : $", Padding = {padding}");
        return dice.Fits(result) ? new($"{dice.One("MaxPool1D", "AveragePool1D")}({size}{text})", result) : null;
    }

    private DrawnLayer? Pad(int[] shape)
    {
        int sides = shape.Length - 1;
        int padding = dice.Below(3);
        int[] result = [shape[0], .. shape.Skip(1).Select(n => n + (2 * padding))];
        string mode = padding < shape.Skip(1).Min() ? ", Mode = " + Edge() : "";
        return dice.Fits(result) ? new($"Pad{sides}D({padding}{mode})", result) : null;
    }

    private DrawnLayer? Shuffle(int[] shape)
    {
        int[] factors = [.. new[] { 1, 2, 3 }.Where(f => shape[0] % (f * f) == 0)];
        int factor = factors[^1];
        int[] result = [shape[0] / (factor * factor), shape[1] * factor, shape[2] * factor];
        return dice.Fits(result) ? new($"PixelShuffle({factor})", result) : null;
    }

    private string Edge() => "PaddingMode." + dice.One("Zeros", "Reflect", "Replicate", "Circular");

    private static string Join(params string[] arguments) => string.Join(", ", arguments.Where(a => a.Length > 0));
}
