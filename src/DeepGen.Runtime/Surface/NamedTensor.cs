using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using DeepGen.Runtime;

namespace DeepGen;

/// <summary>A value inside a network, as Trace gives it.</summary>
public sealed class NamedTensor
{
    /// <summary>Takes the values as they are, without a copy.</summary>
    /// <exception cref="ArgumentException">The shape does not hold as many values.</exception>
    public NamedTensor(string name, ImmutableArray<int> shape, float[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (shape.Aggregate(1L, (n, size) => n * size) != values.Length)
        {
            throw new ArgumentException($"'{name}' of shape {Shapes.Text(shape)} cannot hold {values.Length} values", nameof(values));
        }

        Name = name;
        Shape = shape;
        Values = values;
    }

    /// <summary>The layer's or the local variable's name.</summary>
    public string Name { get; }

    /// <summary>The sizes, the batch first.</summary>
    public ImmutableArray<int> Shape { get; }

    /// <summary>The numbers, row-major.</summary>
    [SuppressMessage("Performance", "CA1819", Justification = "The array belongs to whoever asked for the trace.")]
    public float[] Values { get; }

    /// <summary>Takes apart what generated code wrote in one piece: a tensor after the other, each with its samples.</summary>
    /// <param name="values">All values, samples one after another, the tensors of a sample one after another.</param>
    /// <param name="batch">How many samples.</param>
    /// <param name="tensors">Names and shapes of one sample.</param>
    public static IReadOnlyList<NamedTensor> Unpack(ReadOnlySpan<float> values, int batch, TensorSignature[] tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        int sample = tensors.Sum(t => t.Length);
        var unpacked = new NamedTensor[tensors.Length];
        int offset = 0;
        for (int t = 0; t < tensors.Length; t++)
        {
            int length = tensors[t].Length;
            var own = new float[batch * length];
            for (int b = 0; b < batch; b++)
            {
                values.Slice((b * sample) + offset, length).CopyTo(own.AsSpan(b * length));
            }

            unpacked[t] = new NamedTensor(tensors[t].Name, tensors[t].Shape.Insert(0, batch), own);
            offset += length;
        }

        return unpacked;
    }

    /// <summary>The same for tensors whose sizes are known at run time only.</summary>
    /// <param name="values">All values, as if every size were the largest.</param>
    /// <param name="batch">How many samples.</param>
    /// <param name="tensors">Names and largest shapes of one sample.</param>
    /// <param name="shapes">How the shapes depend on the sizes.</param>
    /// <param name="sizes">The sizes of the call.</param>
    public static IReadOnlyList<NamedTensor> Unpack(
        ReadOnlySpan<float> values, int batch, TensorSignature[] tensors, OpenShape[] shapes, ReadOnlySpan<int> sizes)
    {
        ArgumentNullException.ThrowIfNull(shapes);
        var wide = Unpack(values, batch, tensors);
        var unpacked = new NamedTensor[wide.Count];
        for (int t = 0; t < unpacked.Length; t++)
        {
            int length = shapes[t].Length(sizes);
            int largest = shapes[t].LargestLength;
            var own = new float[batch * length];
            for (int b = 0; b < batch; b++)
            {
                shapes[t].NarrowSample(wide[t].Values.AsSpan(b * largest, largest), own.AsSpan(b * length, length), sizes);
            }

            unpacked[t] = new NamedTensor(wide[t].Name, [batch, .. shapes[t].Extents(sizes)], own);
        }

        return unpacked;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Shapes.Text(Shape)}";
}
