using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Tests.Ops;

namespace DeepGen.Generator.Tests.Interpret;

/// <summary>
/// One random box, its bounds computed in float32 in every order of summation, and points of the box: corners, points
/// within, and corners chosen by the sign of the derivative. Forward is run at each in float32 in every order, and in double.
/// </summary>
internal sealed class BoxTrial
{
    private static readonly Dictionary<string, int> _sizes = new() { ["B"] = 2 };
    private readonly Graph _forward;
    private readonly Dictionary<string, DenseTensor> _parameters = [];
    private readonly List<DenseTensor> _lower = [];
    private readonly List<DenseTensor> _upper = [];
    private readonly Random _random;
    private readonly Rounding _rounding;

    public BoxTrial(OpSample sample, int asParameters, double width, int seed, Rounding? rounding = null)
    {
        _random = new Random(seed);
        _rounding = rounding ?? Rounding.Float32;
        _forward = sample.Build(asParameters);
        for (int i = 0; i < sample.Operands.Length; i++)
        {
            OperandSample operand = sample.Operands[i];
            if (sample.IsParameter(i, asParameters))
            {
                _parameters.Add($"p{i}", operand.WithoutBatch.Draw(_random, _sizes));
            }
            else
            {
                AddBox(operand.Draw(_random, _sizes), operand.IsGiven ? 0 : width, operand.Low, operand.High);
            }
        }
    }

    public BoxTrial(Graph forward, Func<string, Shape, DenseTensor> parameters, double width, int seed)
    {
        _random = new Random(seed);
        _rounding = Rounding.Float32;
        _forward = forward;
        foreach (Parameter parameter in forward.Nodes.Select(n => n.Op).OfType<Parameter>())
        {
            _parameters.Add(parameter.Path, parameters(parameter.Path, parameter.ParameterShape));
        }

        foreach (Adjacency graph in forward.Nodes.Select(n => n.Op).OfType<Adjacency>().DistinctBy(a => a.Key))
        {
            _parameters.Add(graph.Key, new OperandSample(TensorType.Sparse([.. graph.Matrix]), 1, 1).Draw(_random, _sizes));
        }

        foreach (Input input in forward.Inputs.Select(n => (Input)n.Op))
        {
            AddBox(new OperandSample(input.InputType, -1, 1).Draw(_random, _sizes), width, -1, 1);
        }
    }

    /// <summary>What lay outside, in words; null if nothing did.</summary>
    public string? Violation()
    {
        Graph bounds = Interval.Run(_forward, _rounding);
        var boxes = Enum.GetValues<SummationOrder>().Select(order => Bounds(bounds, order)).ToArray();
        foreach (DenseTensor[] point in Points().ToArray())
        {
            foreach ((string execution, DenseTensor[] values) in Executions(point))
            {
                foreach (DenseTensor[] box in boxes)
                {
                    for (int output = 0; output < values.Length; output++)
                    {
                        if (Outside(values[output], box[2 * output], box[(2 * output) + 1]) is { } found)
                        {
                            return $"output {output} {execution}: {found}";
                        }
                    }
                }
            }
        }

        return null;
    }

    /// <summary>The widest distance between the bounds, relative to the larger of them and one.</summary>
    public double Width()
    {
        DenseTensor[] box = Bounds(Interval.Run(_forward, _rounding), SummationOrder.FirstToLast);
        return box[0].Values.Zip(box[1].Values, (l, u) => (u - l) / Math.Max(1, Math.Max(Math.Abs(l), Math.Abs(u)))).Max();
    }

    private static string? Outside(DenseTensor y, DenseTensor lower, DenseTensor upper)
    {
        for (int i = 0; i < y.Values.Length; i++)
        {
            // Executions that overflow are not meant; the bounds must be numbers even so.
            double value = double.IsFinite(y.Values[i]) ? y.Values[i] : lower.Values[i];
            if (!(lower.Values[i] <= value && value <= upper.Values[i]))
            {
                return $"{y.Values[i]:R} at {i} is not within [{lower.Values[i]:R}, {upper.Values[i]:R}]";
            }
        }

        return null;
    }

    private void AddBox(DenseTensor centre, double width, double low, double high)
    {
        // Floats within the operand's range; the batch's second row is a point whatever the width.
        int row = centre.Values.Length / Math.Max(1, centre.Shape.FirstOrDefault(1));
        double Spread(int i) => i >= row && i < 2 * row ? 0 : width * _random.NextDouble();
        double[] spread = centre.Values.Select((_, i) => Spread(i)).ToArray();
        _lower.Add(new DenseTensor(centre.Shape, centre.Values.Select((v, i) => spread[i] == 0 ? v : (double)(float)Math.Max(low, v - spread[i])).ToArray()));
        _upper.Add(new DenseTensor(centre.Shape, centre.Values.Select((v, i) => spread[i] == 0 ? v : (double)(float)Math.Min(high, v + spread[i])).ToArray()));
    }

    private DenseTensor[] Bounds(Graph bounds, SummationOrder order) => new FloatEvaluator(order, poorFunctions: true)
        .Evaluate(bounds, _sizes, i => (i % 2 == 0 ? _lower : _upper)[i / 2], p => _parameters[p]);

    private IEnumerable<(string, DenseTensor[])> Executions(DenseTensor[] point)
    {
        yield return ("in real arithmetic", Exact(point));
        foreach (SummationOrder order in Enum.GetValues<SummationOrder>())
        {
            foreach (bool poor in new[] { false, true })
            {
                yield return ($"{order}{(poor ? " with poor functions" : "")}", new FloatEvaluator(order, poor).Evaluate(_forward, _sizes, i => point[i], p => _parameters[p]));
            }
        }
    }

    private DenseTensor[] Exact(DenseTensor[] point) => ReferenceEvaluator.Evaluate(_forward, _sizes["B"], point, p => _parameters[p]);

    private IEnumerable<DenseTensor[]> Points()
    {
        yield return Mix((_, _) => 0);
        yield return Mix((_, _) => 1);
        for (int i = 0; i < 3; i++)
        {
            yield return Mix((_, _) => _random.Next(2));
            yield return Mix((_, _) => _random.NextDouble());
        }

        double[] signs = Slopes();
        yield return Mix((_, k) => signs[k % signs.Length] > 0 ? 1 : 0);
        yield return Mix((_, k) => signs[k % signs.Length] > 0 ? 0 : 1);
    }

    /// <summary>How the first output's sum weighted at random moves with each number of the inputs, by differences.</summary>
    private double[] Slopes()
    {
        DenseTensor[] middle = Mix((_, _) => 0.5);
        double[] weights = Exact(middle)[0].Values.Select(_ => _random.Next(8) == 0 ? 1.0 : 0).ToArray();
        double Value(DenseTensor[] x) => Exact(x)[0].Values.Zip(weights, (v, w) => v * w).Sum();
        double start = Value(middle);
        var slopes = new List<double>();
        for (int input = 0; input < middle.Length; input++)
        {
            for (int i = 0; i < middle[input].Values.Length; i++)
            {
                double kept = middle[input].Values[i];
                middle[input].Values[i] = _upper[input].Values[i];
                slopes.Add(Value(middle) - start);
                middle[input].Values[i] = kept;
            }
        }

        return [.. slopes];
    }

    private DenseTensor[] Mix(Func<int, int, double> share)
    {
        int k = 0;
        return _lower.Select((lower, input) => new DenseTensor(lower.Shape, lower.Values.Select((l, i) =>
        {
            double u = _upper[input].Values[i];
            return Math.Clamp((double)(float)(l + ((u - l) * share(input, k++))), l, u);
        }).ToArray())).ToArray();
    }
}
