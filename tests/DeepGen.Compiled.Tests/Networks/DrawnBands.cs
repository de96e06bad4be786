namespace DeepGen.Compiled.Tests.Networks;

/// <summary>A network of large images, with what may read them row by row, and what may not.</summary>
internal static class DrawnBands
{
    /// <summary>More floats than an image has that is left whole.</summary>
    private const int Floats = 33_500;

    /// <summary>As many as two pools leave something of.</summary>
    private const int FewestRows = 14;

    private static readonly int[] s_channels = [3, 8, 9, 16, 17, 24, 32, 40];

    public static DrawnNetwork Of(int seed)
    {
        var dice = new Drawing(seed);
        string name = "Banded" + Drawing.Text(seed);
        int first = dice.One(s_channels);
        int height = FewestRows + dice.Below(32);
        int width = Math.Max(FewestRows, (Floats + dice.Below(4000)) / (height * first));
        int[] shape = [dice.One(1, 2, 3, 8), height, width];
        string layout = dice.Chance(30) ? ", Layout = Layout.Hwc" : "";
        string header = $"[Network, Input({Drawing.List(shape)}{layout}), Train(Loss.MeanSquaredError), Trace]\n";
        List<string> lines = [.. Maker(dice, first), .. Map(dice)];
        lines.AddRange([.. Reader(dice), .. Map(dice)]);
        lines.AddRange(dice.Chance(50) ? [$"Conv2D({dice.One(s_channels)}, 1)", .. Reader(dice)] : []);

        lines.AddRange(["GlobalAveragePool", "Dense(3)"]);
        return new(name, $"{header}[{string.Join(", ", lines)}]\npublic sealed partial class {name};\n\n");
    }

    private static string[] Maker(Drawing dice, int channels) => dice.Below(5) switch
    {
        0 => [$"Conv2D({channels}, 1)"],
        1 => [$"Conv2D({channels}, 1)", $"Conv2D({channels}, 3, Padding = 1, Groups = {channels})"],
        2 => [$"Conv2D({channels}, 5, Padding = {dice.Below(5)})"],
        3 => [$"Conv2D({channels}, 3, Padding = 2, Dilation = 2)"],
        _ => [$"Conv2D({channels}, 3, Padding = {dice.Below(3)})"],
    };

    private static string[] Reader(Drawing dice) => dice.Below(8) switch
    {
        0 => ["MaxPool2D(2)"],
        1 => [$"MaxPool2D({dice.One(2, 3)}, Stride = {dice.One(1, 2, 3)})"],
        2 => ["MaxPool2D(3, Stride = 2, Padding = 1)"],
        3 => [$"AveragePool2D({dice.One(2, 3)})"],
        4 => [$"Conv2D({dice.One(4, 16, 20)}, 1)"],
        5 => ["Conv2D(8, 1, Stride = 2)"],
        6 => ["Upsample2D(2)", "Conv2D(6, 1)"],
        _ => ["Conv2D(12, 3, Padding = 1)"],
    };

    private static string[] Map(Drawing dice) => dice.Below(6) switch { 0 => [], 1 => ["Tanh"], 2 => ["BatchNorm"], 3 => ["BatchNorm", "Relu"], 4 => ["GroupNorm(1)"], _ => ["Relu"] };
}
