using DeepGen.Compiled.Tests.Support;

namespace DeepGen.Compiled.Tests.Soundness;

/// <summary>
/// Looks inside a box of inputs for one whose outputs leave the certified intervals: anywhere, at corners, and by
/// climbing: from the best input known, every value that helps goes to its other end. An input is a sample, or all nodes of a graph.
/// </summary>
internal sealed class BoxSearch
{
    private const int Samples = 24;
    private const int Rounds = 3;

    /// <summary>Values moved in one round, each in an input of its own.</summary>
    private const int Moves = 40;

    private readonly RunningNetwork _network;
    private readonly Random _random;
    private readonly float[] _lower;
    private readonly float[] _upper;
    private readonly int[] _lengths;
    private readonly int _nodes;

    private BoxSearch(RunningNetwork network, float[][] lower, float[][] upper, int nodes, int seed)
    {
        (_network, _nodes, _random) = (network, nodes, new Random(seed));
        (_lower, _upper) = ([.. lower.SelectMany(l => l)], [.. upper.SelectMany(u => u)]);
        _lengths = [.. lower.Select(l => l.Length)];
        Bounds = network.Certify([.. lower.Zip(upper).SelectMany(pair => new[] { pair.First, pair.Second })], nodes);
    }

    /// <summary>Lower and upper bound of each output in turn.</summary>
    public float[][] Bounds { get; }

    /// <summary>The box that reaches epsilon to both sides of the inputs.</summary>
    public static BoxSearch Around(RunningNetwork network, float[][] x, float epsilon, int seed, int nodes = 1) => new(
        network,
        [.. x.Select(t => t.Select(v => v - epsilon).ToArray())],
        [.. x.Select(t => t.Select(v => v + epsilon).ToArray())],
        nodes,
        seed);

    /// <summary>What was found outside the intervals; null if nothing was.</summary>
    public string? Violation()
    {
        if (Enumerable.Range(0, Bounds.Length / 2).FirstOrDefault(o => !Bounds[2 * o].Zip(Bounds[(2 * o) + 1]).All(b => b.First <= b.Second), -1) is var bad and >= 0)
        {
            return $"the interval of output {bad} is none";
        }

        float[][] points = [_lower, _upper, .. Enumerable.Range(0, Samples).Select(i => i % 3 == 0 ? Corner() : Anywhere())];
        return Outside(points, out float[][] outputs) ?? Climb(points, outputs);
    }

    private string? Climb(float[][] points, float[][] outputs)
    {
        for (int o = 0; o < outputs.Length; o++)
        {
            int length = outputs[o].Length / points.Length;
            foreach (int target in new[] { _random.Next(length), _random.Next(length) }.Distinct())
            {
                foreach (int sign in new[] { -1, 1 })
                {
                    float[] best = points[Enumerable.Range(0, points.Length).MaxBy(p => sign * outputs[o][(p * length) + target])];
                    if (Climb(best, o, target, sign) is { } violation)
                    {
                        return violation;
                    }
                }
            }
        }

        return null;
    }

    private string? Climb(float[] best, int output, int target, int sign)
    {
        for (int round = 0; round < Rounds; round++)
        {
            int[] places = [.. Enumerable.Range(0, best.Length).OrderBy(_ => _random.Next()).Take(Moves)];
            float[][] points = [best, .. places.Select(i => With(best, i))];
            if (Outside(points, out float[][] outputs) is { } violation)
            {
                return violation;
            }

            int length = outputs[output].Length / points.Length;
            float Value(int point) => sign * outputs[output][(point * length) + target];
            float[] next = [.. best];
            for (int k = 0; k < places.Length; k++)
            {
                next[places[k]] = Value(k + 1) > Value(0) ? points[k + 1][places[k]] : best[places[k]];
            }

            best = next;
        }

        return Outside([best], out _);
    }

    private float[] With(float[] point, int place)
    {
        float[] moved = [.. point];
        moved[place] = point[place] > (_lower[place] / 2) + (_upper[place] / 2) ? _lower[place] : _upper[place];
        return moved;
    }

    private float[] Corner() => [.. _lower.Select((l, i) => _random.Next(2) == 0 ? l : _upper[i])];

    private float[] Anywhere() => [.. _lower.Select((l, i) => Math.Clamp(l + (_random.NextSingle() * (_upper[i] - l)), l, _upper[i]))];

    private string? Outside(float[][] points, out float[][] outputs)
    {
        outputs = Predict(points);
        for (int o = 0; o < outputs.Length; o++)
        {
            (float[] low, float[] high) = (Bounds[2 * o], Bounds[(2 * o) + 1]);
            for (int i = 0; i < outputs[o].Length; i++)
            {
                float y = outputs[o][i];
                if (!(low[i % low.Length] <= y && y <= high[i % low.Length]))
                {
                    return $"output {o}, value {i % low.Length} is {y:r}, outside {low[i % low.Length]:r} to {high[i % low.Length]:r}";
                }
            }
        }

        return null;
    }

    /// <summary>Samples are computed together, but the nodes of a graph depend on each other.</summary>
    private float[][] Predict(float[][] points)
    {
        if (_nodes == 1)
        {
            return _network.Predict(Inputs(points), points.Length);
        }

        float[][][] each = [.. points.Select(p => _network.Predict(Inputs([p]), _nodes))];
        return [.. each[0].Select((_, o) => each.SelectMany(outputs => outputs[o]).ToArray())];
    }

    private float[][] Inputs(float[][] points) =>
        [.. _lengths.Select((length, t) => points.SelectMany(p => p.Skip(_lengths.Take(t).Sum()).Take(length)).ToArray())];
}
