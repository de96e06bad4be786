namespace DeepGen.Compiled.Tests.Networks;

// Recurrent layers whose states come from elsewhere, or go elsewhere.
internal sealed partial class ForwardDrawing
{
    private int _carriers;
    private int _starts;

    /// <summary>False where what was drawn is too large.</summary>
    private bool Carry((string Name, int[] Shape) x)
    {
        string kind = dice.One("Rnn", "Gru", "Lstm");
        (int gates, int states) = kind switch { "Rnn" => (1, 1), "Gru" => (3, 1), _ => (4, 2) };
        int loops = dice.One(1, 1, 2, 4);
        (string Name, int[] Shape)[] known = [.. _values.Where(v => v.Shape.Length == (loops == 1 ? 1 : 2) && v.Shape[0] == (loops == 1 ? v.Shape[0] : loops))];
        bool isGiven = dice.Chance(70);
        int units = isGiven && known.Length > 0 && dice.Chance(70) ? dice.One(known).Shape[^1] : isGiven ? x.Shape[1] : dice.Size();
        if (!dice.Fits(x.Shape[0], gates * units) || !dice.Fits(loops, units) || !dice.Affords((long)x.Shape[0] * loops * gates * units * (x.Shape[1] + (3 * units))))
        {
            return false;
        }

        string[] same = [.. known.Where(v => v.Shape[^1] == units).Select(v => v.Name)];
        string Given() => dice.Chance(25) ? Learned() : same.Length > 0 ? dice.One($"Tanh({dice.One(same)})", dice.One(same))
            : loops == 1 ? $"Mean({x.Name}, 0)"
            : $"Reshape(Concat({string.Join(", ", Enumerable.Repeat($"Mean({x.Name}, 0)", loops))}), {loops}, {units})";
        string Learned()
        {
            string start = "Start" + _starts++;
            _declarations.Append($"    [Learned({(loops == 1 ? "" : $"{loops}, ")}{units}, Deviation = 0.5f)]\n    private partial Tensor {start}();\n\n");
            return start + "()";
        }

        string[] letters = [.. new[] { "h", "c" }.Take(states)];
        string inputs = isGiven ? string.Concat(letters.Select(l => $", Tensor {l}")) : "";
        string arguments = isGiven ? string.Concat(letters.Select(_ => ", " + Given())) : "";
        bool givesAll = !isGiven || dice.Chance(60), onlyLast = dice.Chance(30);
        int directions = loops > 1 && dice.Chance(60) ? 2 : 1;
        string layer = $"{kind}({units}{(loops > directions ? $", Layers = {loops / directions}" : "")}{(directions > 1 ? ", Bidirectional = true" : "")}{(onlyLast ? ", Output = States.Last" : "")})";
        string result = givesAll ? $"(Tensor Y, {string.Join(", ", letters.Select(l => "Tensor " + l.ToUpperInvariant()))})" : "Tensor";
        string name = "Carry" + _carriers++;
        _declarations.Append($"    [{layer}]\n    private partial {result} {name}(Tensor x{inputs});\n\n");

        List<string> locals = [NewLocal(onlyLast ? [directions * units] : [x.Shape[0], directions * units])];
        locals.AddRange(givesAll ? letters.Select(_ => NewLocal(loops == 1 ? [units] : [loops, units])) : []);
        Line($"var {(givesAll ? $"({string.Join(", ", locals)})" : locals[0])} = {name}({x.Name}{arguments});");
        return true;
    }
}
