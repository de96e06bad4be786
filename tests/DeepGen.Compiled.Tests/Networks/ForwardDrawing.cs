using System.Text;
using System.Text.RegularExpressions;

namespace DeepGen.Compiled.Tests.Networks;

/// <summary>A Forward method drawn statement by statement; every local is a tensor whose shape is known.</summary>
internal sealed partial class ForwardDrawing(Drawing dice, BlockDrawing blocks)
{
    private const string Indent = "        ";

    private static readonly (string Name, string Text)[] s_methods =
    [
        ("Gate", "private static Tensor Gate(Tensor a, Tensor b) => Sigmoid(a) * b;"),
        ("Mix", "private static Tensor Mix(Tensor a, Tensor b, float t = 0.25f) => a * t + b * (1 - t);"),
        ("Damp", "private static Tensor Damp(Tensor a, int n) { for (int i = 0; i < n; i++) if (i % 2 == 0) a = Tanh(a); else a *= 0.5f; return a; }"),
        ("Parts", "private static (Tensor, Tensor) Parts(Tensor a) => (Relu(a), Relu(-a));"),
    ];

    private static readonly HashSet<string> s_functions = [.. typeof(Ops).GetMethods().Select(m => m.Name)];

    private readonly LayerDrawing _layers = new(dice);
    private readonly List<(string Name, int[] Shape)> _values = [];
    private readonly List<(string Name, int[] From, int[] To)> _members = [];
    private readonly StringBuilder _declarations = new();
    private readonly StringBuilder _body = new();
    private int _locals;

    public string Draw(string name)
    {
        List<string> inputs = [.. Enumerable.Range(0, dice.One(1, 1, 2, 2, 3)).Select(Input)];
        for (int steps = 2 + dice.Below(9); steps > 0; steps--)
        {
            Step(Late());
        }

        string outputs = Outputs(out string result);
        string depth = dice.One("1", "2", "3", "4");
        return $$"""
            public sealed partial class {{name}}
            {
            {{_declarations}}
                private const int Depth = {{depth}};

                private {{outputs}} Forward({{string.Join(", ", inputs)}})
                {
            {{_body}}
                    return {{result}};
                }
            {{string.Concat(s_methods.Where(m => Mentions(m.Name + "(")).Select(m => "\n    " + m.Text + "\n"))}}
            }


            """.ReplaceLineEndings("\n");
    }

    private string Input(int index)
    {
        int[] shape = index > 0 && dice.Chance(50) ? _values[0].Shape : dice.Below(4) switch
        {
            0 or 1 => [dice.Size()],
            2 => [dice.SmallSize(), dice.Size()],
            _ => [dice.One(1, 2, 3, 4, 8, 16, 17), dice.SmallSize(), dice.SmallSize()],
        };
        string name = "x" + index;
        _values.Add((name, shape));
        string layout = shape.Length == 3 && dice.Chance(30) ? ", Layout = Layout.Hwc" : "";
        return $"[Shape({Drawing.List(shape)}{layout})] Tensor {name}";
    }

    /// <summary>The last value, some of those that nothing else needs, and some that are needed as well.</summary>
    private string Outputs(out string result)
    {
        IEnumerable<string> idle = _values.Select(v => v.Name).Where(n => n[0] == 'v' && !Needed(n)).Reverse().Take(3);
        List<string> chosen = [.. idle.Append(_values[^1].Name).Concat(dice.Chance(20) ? [Late().Name] : []).Distinct()];
        result = chosen.Count == 1 ? chosen[0] : $"({string.Join(", ", chosen)})";
        return chosen.Count == 1 ? "Tensor" : $"({string.Join(", ", chosen.Select((_, i) => $"Tensor Output{i}"))})";
    }

    private bool Mentions(string text) => _body.ToString().Contains(text, StringComparison.Ordinal);

    private bool Needed(string name) => Regex.Count(_body.ToString(), $@"\b{name}\b") > 1;

    /// <summary>Later values more often.</summary>
    private (string Name, int[] Shape) Late() => _values[Math.Max(dice.Below(_values.Count), dice.Below(_values.Count))];

    private void Step((string Name, int[] Shape) x)
    {
        if (dice.Chance(15) && _values.Where(v => v.Shape.Length == 2).ToArray() is { Length: > 0 } sequences && Carry(dice.One(sequences)))
        {
            return;
        }

        string v = x.Name;
        string same = Partner(x);
        switch (dice.Below(18))
        {
            case < 5:
                Member(x);
                break;
            case 5:
                Define(dice.One($"{v} + {same}", $"{v} - {same}", $"{v} * {same}", $"{v} / (Abs({same}) + 1)", $"-{v} + {dice.Number()}"), x.Shape);
                break;
            case 6:
                Define(dice.One($"Max({v}, {same})", $"Min({v}, {same})", $"Max({v}, {dice.Number()})", $"Min(0, {v})"), x.Shape);
                break;
            case 7:
                string centre = x.Shape.Length == 1 ? $"{v} - Mean({v}, 0)" : $"{v} / 3";
                Define(dice.One(centre, $"Exp(-Abs({v}))", $"Log(Abs({v}) + 0.5f)", $"Sqrt(Abs({v}) + 0.25f)", $"Abs({v} - 0.1f)", $"1 / (1 + {v} * {v})"), x.Shape);
                break;
            case 8:
                Define(dice.One($"Gate({v}, {same})", $"Mix({v}, {same})", $"Mix({v}, {same}, t: {dice.Number()})", $"Damp({v}, Depth)", $"Damp({v}, {dice.Below(4)})"), x.Shape);
                break;
            case 9:
                Join(x);
                break;
            case 10 when x.Shape.Length > 1:
                int axis = dice.Below(x.Shape.Length);
                Define($"{dice.One("Sum", "Mean")}({v}, {dice.One(axis, axis - x.Shape.Length)})", [.. x.Shape.Where((_, a) => a != axis)]);
                break;
            case 11 when x.Shape.Length == 2 && dice.Fits(x.Shape[0], x.Shape[0]):
                Define($"MatMul({v}, Transpose({same}, 1, 0)) / {x.Shape[1]}", [x.Shape[0], x.Shape[0]]);
                break;
            case 12:
                Line($"for (int i = 0; i < Depth; i++) {{ {Variable(x)} = {Fresh()} * 0.5f + {same} * (i + 1) / 4; }}");
                break;
            case 13:
                Line($"if (Depth {dice.One(">", "<=", "==")} 2) {Variable(x)} = {dice.One("Relu", "Silu")}({Fresh()}); else {Fresh()} += {same};");
                break;
            case 14:
                (string first, string second) = (NewLocal(x.Shape), NewLocal(x.Shape));
                Line($"var ({first}, {second}) = Parts({v});");
                break;
            default:
                Function(x);
                break;
        }
    }

    /// <summary>A layer as a function, from its attribute's text; one with parameters is a member.</summary>
    private void Function((string Name, int[] Shape) x)
    {
        DrawnLayer layer = _layers.Any(x.Shape);
        string name = layer.Text.Split('(')[0];
        if (!s_functions.Contains(name))
        {
            Member(x);
            return;
        }

        string arguments = layer.Text.Length > name.Length ? layer.Text[(name.Length + 1)..^1] : "";
        foreach (string argument in new[] { "Axis", "Approximate", "Stride", "Padding", "Mode" })
        {
            arguments = arguments.Replace(argument + " =", char.ToLowerInvariant(argument[0]) + argument[1..] + ":");
        }

        Define($"{name}({x.Name}{(arguments.Length > 0 ? ", " : "")}{arguments})", layer.Shape);
    }

    /// <summary>A new layer method, or one called again: then its parameters are shared.</summary>
    private void Member((string Name, int[] Shape) x)
    {
        var known = _members.Where(m => m.From.SequenceEqual(x.Shape)).ToList();
        if (known.Count > 0 && dice.Chance(50))
        {
            (string again, _, int[] to) = dice.One(known);
            if (to.SequenceEqual(x.Shape) && dice.Chance(40))
            {
                Line($"for (int i = 1; i < Depth; i++) {{ {Variable(x)} = {again}({Fresh()}); }}");
                return;
            }

            Define($"{again}({x.Name})", to);
            return;
        }

        var layers = new List<string>();
        int[] shape = x.Shape;
        for (int i = 1 + dice.Below(3); i > 0; i--)
        {
            if (dice.Chance(20) && blocks.Keeping(shape) is { } block)
            {
                layers.Add(block);
                continue;
            }

            DrawnLayer layer = _layers.Any(shape);
            layers.Add(layer.Text);
            shape = layer.Shape;
        }

        string name = "Layer" + _members.Count;
        _declarations.Append($"    [{string.Join(", ", layers)}]\n    private partial Tensor {name}(Tensor x);\n\n");
        _members.Add((name, x.Shape, shape));
        Define($"{name}({x.Name})", shape);
    }

    private void Join((string Name, int[] Shape) x)
    {
        int axis = dice.Below(x.Shape.Length);
        var parts = _values.Where(v => v.Shape.Length == x.Shape.Length && v.Shape.Where((_, a) => a != axis).SequenceEqual(x.Shape.Where((_, a) => a != axis)))
            .Take(3)
            .ToList();
        int[] shape = [.. x.Shape];
        shape[axis] = parts.Sum(p => p.Shape[axis]);
        if (dice.Fits(shape))
        {
            string names = string.Join(", ", parts.Select(p => p.Name));
            Define(axis == 0 && dice.Chance(50) ? $"Concat({names})" : $"Concat({axis}, {names})", shape);
        }
    }

    /// <summary>Another value of the shape, or a number.</summary>
    private string Partner((string Name, int[] Shape) x)
    {
        string[] same = [.. _values.Where(v => v.Shape.SequenceEqual(x.Shape)).Select(v => v.Name)];
        return dice.Chance(80) ? dice.One(same) : $"Sigmoid({dice.One(same)})";
    }

    private void Define(string expression, int[] shape) => Line($"var {NewLocal(shape)} = {expression};");

    private string NewLocal(int[] shape)
    {
        string name = "v" + _locals++;
        _values.Add((name, shape));
        return name;
    }

    /// <summary>A local of its own with the value of x, for statements that assign.</summary>
    private string Variable((string Name, int[] Shape) x)
    {
        string name = "v" + _locals;
        Line($"var {name} = {x.Name};");
        return NewLocal(x.Shape);
    }

    private string Fresh() => "v" + (_locals - 1);

    private void Line(string text) => _body.Append(Indent).Append(text).Append('\n');
}
