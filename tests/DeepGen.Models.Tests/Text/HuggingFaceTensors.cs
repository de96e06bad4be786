using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace DeepGen.Models.Tests.Text;

/// <summary>Random tensors by the names that Hugging Face's checkpoints have, and what is computed with them, in double precision.</summary>
internal sealed class HuggingFaceTensors
{
    private readonly Dictionary<string, (int[] Shape, float[] Values)> _tensors = [];
    private readonly Random _random = new(11);

    public void Add(string name, params int[] shape) =>
        _tensors.Add(name, (shape, [.. Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(_ => (float)((_random.NextDouble() - 0.5) * 1.2))]));

    /// <summary>As model.safetensors in a folder.</summary>
    public void Save(string folder)
    {
        var header = new Dictionary<string, object>();
        long at = 0;
        foreach ((string name, (int[] shape, float[] values)) in _tensors)
        {
            header.Add(name, new { dtype = "F32", shape, data_offsets = (long[])[at, at += 4L * values.Length] });
        }

        using var file = File.Create(Path.Combine(folder, "model.safetensors"));
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(header), length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        file.Write(length);
        file.Write(json);
        foreach (var (_, values) in _tensors.Values)
        {
            file.Write(MemoryMarshal.AsBytes<float>(values));
        }
    }

    public double[] Row(string name, int row)
    {
        var (shape, values) = _tensors[name];
        return [.. values.Skip(row * shape[1]).Take(shape[1]).Select(v => (double)v)];
    }

    /// <summary>W x, a row of W for each output, as nn.Linear has it.</summary>
    public double[] Linear(string name, double[] x) =>
        [.. Enumerable.Range(0, _tensors[name].Shape[0]).Select(row => Row(name, row).Zip(x, (a, b) => a * b).Sum())];

    /// <summary>x W + b, a column of W for each output, as GPT-2's Conv1D has it.</summary>
    public double[] Columns(string name, double[] x)
    {
        var (shape, values) = _tensors[name + ".weight"];
        float[] bias = _tensors[name + ".bias"].Values;
        return [.. Enumerable.Range(0, shape[1]).Select(o => bias[o] + Enumerable.Range(0, shape[0]).Sum(i => x[i] * values[(i * shape[1]) + o]))];
    }

    public double[] LayerNorm(string name, double[] x)
    {
        double mean = x.Average(), deviation = Math.Sqrt(x.Average(v => (v - mean) * (v - mean)) + 1e-5);
        return [.. x.Select((v, i) => ((v - mean) / deviation * _tensors[name + ".weight"].Values[i]) + _tensors[name + ".bias"].Values[i])];
    }

    public double[] RmsNorm(string name, double[] x)
    {
        double size = Math.Sqrt(x.Average(v => v * v) + 1e-5);
        return [.. x.Select((v, i) => v / size * _tensors[name + ".weight"].Values[i])];
    }

    /// <summary>What each head of the last position's query takes from the values of all positions, heads of keys being shared in order.</summary>
    public static double[] Attend(double[] query, List<double[]> keys, List<double[]> values, int heads, int keyHeads)
    {
        int size = query.Length / heads;
        var result = new List<double>();
        for (int head = 0; head < heads; head++)
        {
            int own = head * size, shared = head / (heads / keyHeads) * size;
            double[] weights = [.. keys.Select(k => Math.Exp(Enumerable.Range(0, size).Sum(i => query[own + i] * k[shared + i]) / Math.Sqrt(size)))];
            double all = weights.Sum();
            result.AddRange(Enumerable.Range(0, size).Select(i => values.Zip(weights, (v, w) => v[shared + i] * w).Sum() / all));
        }

        return [.. result];
    }

    /// <summary>Each head's halves turned by the position, base 10000.</summary>
    public static double[] Turn(double[] x, int heads, int position)
    {
        int size = x.Length / heads, half = size / 2;
        double[] turned = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            int within = i % size;
            double angle = position * Math.Pow(10000, -2.0 * (within % half) / size);
            double other = within < half ? -x[i + half] : x[i - half];
            turned[i] = (x[i] * Math.Cos(angle)) + (other * Math.Sin(angle));
        }

        return turned;
    }

    public static double[] Sum(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x + y)];
}
