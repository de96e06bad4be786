namespace DeepGen.Compiled.Tests.Networks;

/// <summary>A network whose samples are the nodes of a graph: layers over the graph, others between them, blocks of both, and a loss.</summary>
internal static class DrawnOverGraph
{
    private static readonly int[] s_widths = [1, 3, 7, 8, 15, 16, 17, 24, 33, 40, 70];

    public static DrawnNetwork Of(int seed)
    {
        var dice = new Drawing(seed);
        string name = "Graph" + Drawing.Text(seed);
        int width = dice.One(s_widths);
        bool certified = dice.Chance(25);
        string loss = certified ? "CrossEntropy, Certified = true" : dice.Chance(30) ? "MeanSquaredError, Masked = true" : "MeanSquaredError";
        string header = $"[Network, Input({width}), Train(Loss.{loss}), Certify, Trace]\n";
        var lines = new List<string>();
        string blocks = "";
        for (int i = 1 + dice.Below(3); i > 0; i--)
        {
            lines.Add(OverGraph(dice, ref width));
            lines.AddRange(dice.Below(8) switch { 0 => [certified ? "LayerNorm" : "BatchNorm", "Relu"], 1 => ["Tanh"], 2 => ["LayerNorm"], 3 => ["Dropout(0.3f)"], 4 => ["Dense", "Silu"], 5 => [], _ => ["Elu"] });
            if (dice.Chance(30) && blocks.Length == 0)
            {
                string copies = dice.One("2", "3", "2, Checkpoint = true");
                lines.Add(dice.One($"Use<Part{name}>", $"Stack<Part{name}>({copies})"));
                blocks = $"[Block, Residual] [{Keeping(dice, width)}, Tanh{(dice.Chance(30) ? ", Dense" : "")}] public sealed partial class Part{name};\n";
            }
        }

        if (certified)
        {
            lines.Add(dice.One("Dense(4)", "Gat(4, Heads = 2, Concat = false)"));
        }

        return new(name, $"{header}[{string.Join(", ", lines)}]\npublic sealed partial class {name};\n{blocks}\n");
    }

    private static string OverGraph(Drawing dice, ref int width)
    {
        int units = dice.One(s_widths);
        string bias = dice.Chance(20) ? ", Bias = false" : "";
        if (dice.Chance(50))
        {
            width = units;
            return $"{dice.One("GraphConv", "GraphSage")}({units}{bias})";
        }

        int heads = units > 20 ? 1 : 1 + dice.Below(4);
        bool concat = dice.Chance(70);
        width = concat ? heads * units : units;
        string slope = dice.Chance(30) ? ", Slope = 0.1f" : "", dropout = dice.Chance(40) ? ", Dropout = 0.4f" : "";
        return $"Gat({units}, Heads = {heads}{(concat ? "" : ", Concat = false")}{slope}{dropout}{bias})";
    }

    private static string Keeping(Drawing dice, int width) => dice.Below(4) switch
    {
        0 => "GraphConv",
        1 => "GraphSage",
        2 when width % 3 == 0 => "Gat(Shrink = 3, Heads = 3, Dropout = 0.3f)",
        _ => dice.One("Gat", "Gat(Dropout = 0.2f)", "Gat(Heads = 2, Concat = false)"),
    };
}
