namespace DeepGen.Compiled.Tests.Networks;

/// <summary>A network of images, or of sequences, whose channels seldom fill their last vector.</summary>
internal static class DrawnColumns
{
    private static readonly int[] s_channels = [1, 3, 5, 7, 8, 8, 12, 17, 20, 23, 24, 24, 25, 33, 40, 40, 49, 56];

    public static DrawnNetwork Of(int seed)
    {
        var dice = new Drawing(seed);
        string name = "Columns" + Drawing.Text(seed);
        bool isImage = dice.Chance(70);
        int[] shape = isImage ? [dice.One(1, 3, 8, 17), 2 + dice.Below(16), 2 + dice.Below(16)] : [dice.One(1, 3, 8, 24), 2 + dice.Below(30)];
        string layout = isImage && dice.Chance(30) ? ", Layout = Layout.Hwc" : "";
        IEnumerable<string> lines = Enumerable.Range(0, 1 + dice.Below(3)).SelectMany(_ => Layer(dice, isImage ? "2D" : "1D"));
        IEnumerable<string> last = dice.Chance(70) ? ["Flatten", $"Dense({Drawing.Text(dice.One(s_channels))})", "Tanh", "Dense(3)"] : [];
        return new(name, $"[Network, Input({Drawing.List(shape)}{layout}), Train(Loss.MeanSquaredError)]\n[{string.Join(", ", lines.Concat(last))}]\npublic sealed partial class {name};\n\n");
    }

    private static string[] Layer(Drawing dice, string kind)
    {
        int kernel = dice.One(1, 1, 3, 3, 5);
        string stride = dice.Chance(20) ? ", Stride = 2" : "";
        string bias = dice.Chance(20) ? ", Bias = false" : "";
        string layer = $"Conv{kind}({Drawing.Text(dice.One(s_channels))}, {Drawing.Text(kernel)}, Padding = {Drawing.Text(kernel / 2)}{stride}{bias})";
        string[] map = dice.Below(5) switch { 0 => [], 1 => ["BatchNorm", "Relu"], 2 => ["Gelu"], _ => ["Relu"] };
        return [layer, .. map];
    }
}
