using System.Text;

namespace DeepGen.Compiled.Tests.Networks;

/// <summary>Blocks of one network, each drawn for a shape, of either level, and nested.</summary>
internal sealed class BlockDrawing(Drawing dice, string network)
{
    private const int Deepest = 2;

    private readonly LayerDrawing _layers = new(dice);
    private readonly StringBuilder _text = new();
    private readonly List<(string Name, int[] Shape)> _keeping = [];
    private readonly Dictionary<int, string> _anySize = [];
    private int _count;
    private int _depth;

    /// <summary>The declarations of all blocks so far.</summary>
    public override string ToString() => _text.ToString();

    /// <summary>A Stack, or a Use, in one of its two forms, that keeps the shape; null at the depth where blocks end.</summary>
    public string? Keeping(int[] shape)
    {
        if (Block(shape) is not { } block)
        {
            return null;
        }

        int copies = 1 + dice.Below(4);
        return dice.One($"Stack<{block}>({copies})", $"Stack(typeof({block}), {copies})", $"Use<{block}>", $"Use(typeof({block}))");
    }

    /// <summary>A block that keeps the shape, a new one or one already used for it.</summary>
    private string? Block(int[] shape)
    {
        if (_depth == Deepest || shape.Length > 3)
        {
            return null;
        }

        if (dice.Chance(15))
        {
            return OfAnySize(shape.Length);
        }

        string[] known = [.. _keeping.Where(b => b.Shape.SequenceEqual(shape)).Select(b => b.Name)];
        if (known.Length > 0 && dice.Chance(30))
        {
            return dice.One(known);
        }

        _depth++;
        string name = network + "Block" + _count++;
        string text = dice.Chance(70) ? Stack(name, shape) : Graph(name, shape);
        _depth--;
        _text.Append(text);
        _keeping.Add((name, shape));
        return name;
    }

    /// <summary>The network's one block for all shapes of a rank: no size is written in it.</summary>
    private string OfAnySize(int rank)
    {
        if (!_anySize.TryGetValue(rank, out string? name))
        {
            _anySize[rank] = name = $"{network}Rank{rank}";
            string layers = rank == 3 ? "Conv2D(Kernel = 3, Padding = 1), BatchNorm, Relu, Conv2D(Kernel = 1)" : "LayerNorm, Dense(Expand = 2), Tanh, Dense(Shrink = 2)";
            _text.Append($"[Block, Residual]\n[{layers}]\npublic sealed partial class {name};\n\n");
        }

        return name;
    }

    private string Stack(string name, int[] shape)
    {
        List<string> layers = Path(shape, 1 + dice.Below(4));
        string residual = dice.Chance(50) ? ", Residual" : "";
        return $"[Block{residual}]\n[{string.Join(", ", layers)}]\npublic sealed partial class {name};\n\n";
    }

    /// <summary>Layers, perhaps with a block among them, that lead back to the shape they begin with.</summary>
    public List<string> Path(int[] shape, int length)
    {
        var layers = new List<string>();
        int[] current = shape;
        for (int i = 0; i < length; i++)
        {
            if (dice.Chance(15) && Keeping(current) is { } block)
            {
                layers.Add(block);
                continue;
            }

            DrawnLayer layer = _layers.Inner(current);
            layers.Add(layer.Text);
            current = layer.Shape;
        }

        layers.AddRange(LayerDrawing.Back(current, shape) is { } back ? [back] : []);
        return layers;
    }

    private string Graph(string name, int[] shape)
    {
        string result = dice.One("x + y", "x - 0.5f * y", "Max(x, y)", "y", "Inside(y)", "x + Inside(0.5f * y)", "Sigmoid(y) * x", "Tanh(x + y) / 2");
        return $$"""
            [Block]
            public sealed partial class {{name}}
            {
                [{{string.Join(", ", Path(shape, 1 + dice.Below(3)))}}]
                private partial Tensor Inside(Tensor x);

                private Tensor Forward(Tensor x)
                {
                    var y = Inside(x);
                    return {{result}};
                }
            }


            """.ReplaceLineEndings("\n");
    }
}
