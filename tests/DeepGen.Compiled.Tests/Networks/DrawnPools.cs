namespace DeepGen.Compiled.Tests.Networks;

/// <summary>A network of convolutions with pools behind them, of images and of sequences.</summary>
internal static class DrawnPools
{
    private static readonly int[] s_channels = [1, 3, 7, 8, 9, 15, 16, 17, 24, 31, 32, 33, 40, 48];

    public static DrawnNetwork Of(int seed)
    {
        var dice = new Drawing(seed);
        string name = "Pooled" + Drawing.Text(seed);
        bool isImage = dice.Chance(75);
        int[] shape = isImage ? [dice.One(1, 2, 3, 8, 12), 4 + dice.Below(26), 4 + dice.Below(26)] : [dice.One(1, 3, 8, 20), 8 + dice.Below(60)];
        string layout = isImage && dice.Chance(30) ? ", Layout = Layout.Hwc" : "";
        List<string> lines = [.. Stage(dice, isImage), .. dice.Chance(60) ? Stage(dice, isImage) : []];
        lines.AddRange([.. dice.Chance(50) ? new[] { "Flatten", "Dense(3)" } : []]);
        return new(name, $"[Network, Input({Drawing.List(shape)}{layout}), Train(Loss.MeanSquaredError)]\n[{string.Join(", ", lines)}]\npublic sealed partial class {name};\n\n");
    }

    private static string[] Stage(Drawing dice, bool isImage)
    {
        int channels = dice.One(s_channels), kernel = dice.One(1, 2, 3, 3, 3, 5);
        int dilation = kernel > 1 && dice.Chance(15) ? 2 : 1;
        string stride = dice.Chance(20) ? ", Stride = 2" : "";
        string taps = $"{Drawing.Text(kernel)}, Padding = {Drawing.Text(dice.Below((dilation * (kernel - 1)) + 1))}, Dilation = {Drawing.Text(dilation)}{stride}";
        string bias = dice.Chance(20) ? ", Bias = false" : "";
        string pool = dice.One("MaxPool", "MaxPool", "AveragePool") + (isImage ? "2D" : "1D");
        return [$"Conv{(isImage ? "2D" : "1D")}({Drawing.Text(channels)}, {taps}{bias})", .. Map(dice), $"{pool}({dice.One("2", "2", "2", "3", "4", "2, Stride = 1")})"];
    }

    private static string[] Map(Drawing dice) => dice.Below(5) switch { 0 => [], 1 => ["BatchNorm", "Relu"], 2 => ["Tanh"], _ => ["Relu"] };
}
