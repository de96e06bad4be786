using System.Collections.Immutable;
using DeepGen.Generator.Check;
using DeepGen.Generator.Declare;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Tests.Layers;

/// <summary>An elaborated network with random parameters, which can be evaluated on random inputs.</summary>
internal sealed class Elaborated
{
    private readonly Dictionary<string, Values> _parameters = [];
    private readonly Random _random = new(7);

    public Elaborated(NetworkSpec spec)
    {
        Elaboration = Elaborator.Elaborate(spec);
        Assert.Empty(Elaboration.Findings);
        GraphVerifier.Verify(Forward);
        foreach (ParameterSpec parameter in Elaboration.Parameters)
        {
            Values value = Random([.. parameter.Counts, .. parameter.Shape]);

            // A variance is not negative.
            _parameters.Add(parameter.Path, parameter.Path.EndsWith("running_var", StringComparison.Ordinal) ? value.Map(v => Math.Abs(v) + 0.1) : value);
        }
    }

    public Elaboration Elaboration { get; }

    public Graph Forward => Elaboration.Forward!;

    public string[] ParameterNames => Elaboration.Parameters.Select(p => p.Path).ToArray();

    public Values this[string parameter] => _parameters[parameter];

    /// <summary>Parameters of another network in the place of the random ones.</summary>
    public void Take(string path, Values value) => _parameters[path] = value;

    /// <summary>The parameter's values, of copy i where it has copies.</summary>
    public Values Copy(string path, int i)
    {
        Values slab = _parameters[path];
        int length = slab.Data.Length / slab.Shape[0];
        return new Values([.. slab.Shape.Skip(1)], slab.Data.AsSpan(i * length, length).ToArray());
    }

    public Values Random(params int[] shape)
    {
        double[] data = new double[shape.Aggregate(1, (n, s) => n * s)];
        for (int i = 0; i < data.Length; i++)
        {
            data[i] = (_random.NextDouble() * 4) - 2;
        }

        return new Values(shape, data);
    }

    public Values Run(params Values[] inputs) => RunAll(inputs)[0];

    public Values[] RunAll(params Values[] inputs) => ReferenceEvaluator
        .Evaluate(Forward, inputs[0].Shape[0], inputs.Select(Dense).ToArray(), path => Dense(_parameters[path]))
        .Select(t => new Values([.. t.Shape], t.Values))
        .ToArray();

    private static DenseTensor Dense(Values x) => new(x.Shape.ToImmutableArray(), x.Data);
}

/// <summary>A tensor of the tests, row-major, PyTorch's order.</summary>
internal sealed record Values(int[] Shape, double[] Data)
{
    public int Rank => Shape.Length;

    public double this[params int[] index]
    {
        get => Data[Offset(index)];
        set => Data[Offset(index)] = value;
    }

    public static Values Zeros(params int[] shape) => new(shape, new double[shape.Aggregate(1, (n, s) => n * s)]);

    /// <summary>The tensor whose value at an index is computed from the index.</summary>
    public static Values From(int[] shape, Func<int[], double> value)
    {
        Values result = Zeros(shape);
        int[] index = new int[shape.Length];
        for (int i = 0; i < result.Data.Length; i++)
        {
            for (int axis = shape.Length - 1, rest = i; axis >= 0; rest /= shape[axis], axis--)
            {
                index[axis] = rest % shape[axis];
            }

            result.Data[i] = value(index);
        }

        return result;
    }

    public Values Map(Func<double, double> f) => new(Shape, Data.Select(f).ToArray());

    public void AssertNear(Values actual, double tolerance = 1e-6)
    {
        Assert.Equal(Shape, actual.Shape);
        double scale = Math.Max(1, Data.Max(v => Math.Abs(v)));
        for (int i = 0; i < Data.Length; i++)
        {
            Assert.True(Math.Abs(Data[i] - actual.Data[i]) <= tolerance * scale, FormattableString.Invariant($"value {i}: {actual.Data[i]} instead of {Data[i]}"));
        }
    }

    private int Offset(int[] index) => index.Select((v, axis) => (v, axis)).Aggregate(0, (n, p) => (n * Shape[p.axis]) + p.v);
}
