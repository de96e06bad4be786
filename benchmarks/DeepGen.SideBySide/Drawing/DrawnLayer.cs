namespace DeepGen.SideBySide.Drawing;

/// <summary>A layer in both languages: an attribute of ours and a module of PyTorch's that counts as one layer too.</summary>
/// <param name="Attribute">Between the brackets.</param>
/// <param name="Module">An expression.</param>
/// <param name="Output">The shape of what comes out.</param>
/// <param name="MultiplyAdds">Those of a sample.</param>
internal sealed record DrawnLayer(string Attribute, string Module, int[] Output, double MultiplyAdds = 0)
{
    public static DrawnLayer Dense(int inputs, int outputs) =>
        new($"Dense({outputs})", $"nn.Linear({inputs}, {outputs})", [outputs], (double)inputs * outputs);

    public static DrawnLayer Conv(int[] input, int channels, int kernel, int stride)
    {
        int[] output = [channels, .. Window(input, kernel, stride, kernel / 2)];
        string stridden = stride > 1 ? $", Stride = {stride}" : "", padded = kernel > 1 ? $", Padding = {kernel / 2}" : "";
        return new(
            $"Conv2D({channels}, {kernel}{stridden}{padded})", $"nn.Conv2d({input[0]}, {channels}, {kernel}, {stride}, {kernel / 2})", output,
            (double)input[0] * kernel * kernel * Size(output));
    }

    public static DrawnLayer Depthwise(int[] input, int kernel, int stride)
    {
        int[] output = [input[0], .. Window(input, kernel, stride, kernel / 2)];
        string stridden = stride > 1 ? $", Stride = {stride}" : "";
        return new(
            $"Conv2D(Kernel = {kernel}{stridden}, Padding = {kernel / 2}, Depthwise = true)",
            $"nn.Conv2d({input[0]}, {input[0]}, {kernel}, {stride}, {kernel / 2}, groups={input[0]})", output, (double)kernel * kernel * Size(output));
    }

    public static DrawnLayer BatchNorm(int[] input) => new("BatchNorm", $"nn.BatchNorm{(input.Length == 3 ? "2d" : "1d")}({input[0]})", input);

    public static DrawnLayer Activation(string attribute, string module, int[] input) => new(attribute, $"nn.{module}()", input);

    public static DrawnLayer Pool(string kind, int[] input, int size, int stride, int padding)
    {
        (string attribute, string module) = kind == "max" ? ("MaxPool2D", "MaxPool2d") : ("AveragePool2D", "AvgPool2d");
        string more = stride == size ? "" : $", Stride = {stride}, Padding = {padding}";
        return new($"{attribute}({size}{more})", $"nn.{module}({size}, {stride}, {padding})", [input[0], .. Window(input, size, stride, padding)]);
    }

    public static DrawnLayer Flatten(int[] input) => new("Flatten", "nn.Flatten()", [Size(input)]);

    public static DrawnLayer GlobalAveragePool(int[] input) => new("GlobalAveragePool", "GlobalAveragePool()", [input[0]]);

    public static int Size(int[] shape) => shape.Aggregate(1, (n, size) => n * size);

    private static IEnumerable<int> Window(int[] input, int size, int stride, int padding) =>
        input.Skip(1).Select(n => ((n + (2 * padding) - size) / stride) + 1);
}
