using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

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

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Shapes.Text(Shape)}";
}
