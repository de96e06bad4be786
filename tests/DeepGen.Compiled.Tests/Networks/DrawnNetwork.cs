namespace DeepGen.Compiled.Tests.Networks;

/// <summary>A declaration made of dice: valid by construction, and the same for the same seed.</summary>
internal sealed record DrawnNetwork(string Name, string Text)
{
    public static DrawnNetwork Of(int seed)
    {
        var dice = new Drawing(seed);
        string name = "Network" + Drawing.Text(seed);
        var blocks = new BlockDrawing(dice, name);
        string weights = seed % 5 == 3 ? ", Weights(WeightFormat.BFloat16)" : "";
        string body = dice.Chance(50) ? Stack(dice, blocks, name, weights) : $"[Network, Certify, Trace{weights}]\n" + new ForwardDrawing(dice, blocks).Draw(name);
        return new(name, body + blocks);
    }

    private static string Stack(Drawing dice, BlockDrawing blocks, string name, string weights)
    {
        int[] shape = dice.Below(5) switch
        {
            0 or 1 => [dice.Size()],
            2 => [dice.SmallSize(), dice.Size()],
            _ => [dice.One(1, 2, 3, 4, 6, 16, 17), dice.Size(), dice.SmallSize()],
        };
        shape = dice.Fits(shape) ? shape : [shape[^1]];
        string layout = shape.Length == 3 && dice.Chance(30) ? ", Layout = Layout.Hwc" : "";
        string header = $"[Network, Input({Drawing.List(shape)}{layout}), Certify, Trace{weights}]\n";

        if (dice.Chance(10))
        {
            return $"{header}[Residual]\n[{string.Join(", ", blocks.Path(shape, 1 + dice.Below(6)))}]\npublic sealed partial class {name};\n\n";
        }

        var lines = new List<string>();
        var layers = new LayerDrawing(dice);
        for (int i = 1 + dice.Below(10); i > 0; i--)
        {
            if (dice.Chance(20) && blocks.Keeping(shape) is { } block)
            {
                lines.Add(block);
                continue;
            }

            DrawnLayer layer = layers.Any(shape);
            lines.Add(layer.Text);
            shape = layer.Shape;
        }

        return $"{header}[{string.Join(", ", lines)}]\npublic sealed partial class {name};\n\n";
    }
}
