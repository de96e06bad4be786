namespace DeepGen.Compiled.Tests.Networks;

/// <summary>A network whose convolutions are large enough for tiles to be cheaper, with what may stand around them, and a loss.</summary>
internal static class DrawnTiles
{
    private static readonly int[] s_channels = [8, 9, 12, 16, 17, 24, 31, 32, 33];

    public static DrawnNetwork Of(int seed)
    {
        var dice = new Drawing(seed);
        string name = "Tiled" + Drawing.Text(seed);
        int[] shape = [dice.One(1, 3, 8, 16, 17), 7 + dice.Below(9), 7 + dice.Below(9)];
        string layout = dice.Chance(30) ? ", Layout = Layout.Hwc" : "";
        string header = $"[Network, Input({Drawing.List(shape)}{layout}), Convolutions(ConvolutionAlgorithm.Winograd), Train(Loss.MeanSquaredError), Trace]\n";
        var lines = new List<string>();
        string blocks = "";
        for (int i = 1 + dice.Below(3); i > 0 && shape[1] >= 3 && shape[2] >= 3; i--)
        {
            int channels = dice.One(s_channels);
            int padding = dice.One(0, 1, 1, 1, 2);
            string own = dice.Below(8) switch { 0 => ", Algorithm = ConvolutionAlgorithm.Direct", 1 => ", Bias = false", 2 => ", Algorithm = ConvolutionAlgorithm.Winograd", _ => "" };
            lines.Add($"Conv2D({channels}, 3, Padding = {padding}{own})");
            shape = [channels, shape[1] + (2 * padding) - 2, shape[2] + (2 * padding) - 2];
            lines.AddRange(dice.Below(6) switch { 0 => ["BatchNorm", "Relu"], 1 => ["Tanh"], 2 => ["Gelu"], 3 => [], _ => ["Relu"] });
            if (dice.Chance(25) && blocks.Length == 0)
            {
                lines.Add(dice.One($"Use<Part{name}>", $"Stack<Part{name}>(2)", $"Stack<Part{name}>(2, Checkpoint = true)"));
                string norm = dice.Chance(50) ? "BatchNorm, " : "";
                blocks = $"[Block, Residual] [Conv2D(Kernel = 3, Padding = 1), {norm}Relu, Conv2D(Kernel = 3, Padding = 1)] public sealed partial class Part{name};\n";
            }

            if (dice.Chance(25) && shape[1] >= 4 && shape[2] >= 4)
            {
                lines.Add("MaxPool2D(2)");
                shape = [channels, shape[1] / 2, shape[2] / 2];
            }
        }

        lines.AddRange(dice.Chance(50) ? ["GlobalAveragePool", "Dense(3)"] : []);
        return new(name, $"{header}[{string.Join(", ", lines)}]\npublic sealed partial class {name};\n{blocks}\n");
    }
}
