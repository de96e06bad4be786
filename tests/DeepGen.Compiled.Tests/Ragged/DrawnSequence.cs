using DeepGen.Compiled.Tests.Networks;

namespace DeepGen.Compiled.Tests.Ragged;

/// <summary>
/// A network of any layers over sequences of lengths of their own, and one of the same layers, whose name ends with Plain, over
/// sequences that all have as many steps as the call says.
/// </summary>
internal sealed class DrawnSequence
{
    /// <summary>What the names of layers with weights have in them, blocks included.</summary>
    private static readonly string[] s_weights = ["Dense", "Conv1D", "Rnn", "Gru", "Lstm", "Attention", "SwiGlu", "LayerNorm", "RmsNorm", "LearnedPositions", "Block"];

    private readonly Drawing _dice;
    private readonly LayerDrawing _layers;
    private readonly string _name;
    private string _blocks = "";

    private DrawnSequence(int seed)
    {
        _dice = new(seed);
        _layers = new(_dice);
        _name = "Sequence" + Drawing.Text(seed);
    }

    public static DrawnNetwork Of(int seed) => new DrawnSequence(seed).Draw();

    private DrawnNetwork Draw()
    {
        int[] shape = [_dice.One(5, 9, 12, 17), _dice.One(1, 2, 3, 4, 5, 8, 13, 16, 17)];
        string loss = $"Train(Loss.{_dice.One("MeanSquaredError", "Huber", "L1")})";
        int steps = shape[0];
        bool isStack = _dice.Chance(60);
        string input = isStack ? $", Input(\"T\", {shape[1]})" : "";
        string body = isStack ? $"[{Trainable(Path(ref shape, 1 + _dice.Below(5), keepsSteps: false), shape)}]\npublic sealed partial class /*name*/;\n\n" : Forward(shape);
        string Class(string name, string lengths) =>
            $"[Network, Size(\"T\", {steps}{lengths}){input}, Certify, {loss}]\n" + body.Replace("/*name*/", name, StringComparison.Ordinal);

        return new(_name, Class(_name, ", Lengths = \"lengths\"") + Class(_name + "Plain", "") + _blocks);
    }

    /// <summary>Nothing can be trained without weights.</summary>
    private static string Trainable(string path, int[] shape) => s_weights.Any(path.Contains) ? path : $"{path}, Dense({shape[^1]})";

    private string Path(ref int[] shape, int count, bool keepsSteps)
    {
        var path = new List<string>();
        for (; count > 0; count--)
        {
            if (shape.Length == 2 && _dice.Chance(15))
            {
                path.Add(Stack(shape));
                continue;
            }

            DrawnLayer layer = _layers.OfLengths(shape, keepsSteps);
            path.Add(layer.Text);
            shape = layer.Shape;
        }

        return string.Join(", ", path);
    }

    private string Stack(int[] shape)
    {
        (int[] inside, string name) = (shape, $"{_name}Block{_blocks.Length}");
        DrawnLayer layer = _layers.OfLengths(inside, keepsSteps: true);
        _blocks += $"[Block, Residual, {layer.Text}, Dense({shape[1]})]\npublic sealed partial class {name};\n\n";
        return _dice.One($"Stack<{name}>({1 + _dice.Below(3)})", $"Use<{name}>");
    }

    private string Forward(int[] shape)
    {
        int width = shape[1];
        string first = Path(ref shape, 1 + _dice.Below(3), keepsSteps: true);
        (string kind, int units) = (_dice.One("Rnn", "Gru"), _dice.SmallSize());
        (string value, int[] left) = _dice.Below(5) switch
        {
            0 => ("Concat(h, Mean(y, 0))", new[] { 2 * units }),
            1 => ("On(y + y, Tanh(h))", [shape[0], units]),
            2 => ("Sum(On(y, h), 0) / 8", [units]),
            3 => ("Concat(Mean(a, 0), h, Sum(a, 0) * 0.1f)", [(2 * shape[1]) + units]),
            _ => ("Concat(1, a, Softmax(y, -1))", [shape[0], shape[1] + units]),
        };
        string on = value.Contains("On(", StringComparison.Ordinal) ? $"    [{kind}({units})] private partial Tensor On(Tensor x, Tensor h);\n" : "";
        string last = Path(ref left, 1 + _dice.Below(3), keepsSteps: false);
        return $$"""
            public sealed partial class /*name*/
            {
                [{{first}}] private partial Tensor First(Tensor x);
                [{{kind}}({{units}})] private partial (Tensor Y, Tensor H) Go(Tensor x);
            {{on}}    [{{last}}] private partial Tensor Last(Tensor x);

                private Tensor Forward([Shape("T", {{width}})] Tensor x)
                {
                    var a = First(x);
                    var (y, h) = Go(a);
                    return Last({{value}});
                }
            }


            """.ReplaceLineEndings("\n");
    }
}
