using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace DeepGen.Data;

/// <summary>What an array file holds: a shape and product(shape) numbers, the last axis running fastest.</summary>
public sealed class NumberArray
{
    internal NumberArray(ImmutableArray<int> shape, float[] values)
    {
        Shape = shape;
        Values = values;
    }

    /// <summary>The sizes; empty for a single number.</summary>
    public ImmutableArray<int> Shape { get; }

    /// <summary>The numbers.</summary>
    [SuppressMessage("Performance", "CA1819", Justification = "The array belongs to whoever read the file.")]
    public float[] Values { get; }

    /// <summary>The array as samples along its first axis.</summary>
    /// <param name="shape">The sizes of one sample if they should not be those of the remaining axes.</param>
    /// <exception cref="ArgumentException">There is no first axis, or the shape does not divide the numbers.</exception>
    public Column ToColumn(params ReadOnlySpan<int> shape)
    {
        if (Shape.IsEmpty)
        {
            throw new InvalidOperationException("a single number has no axis that could count samples");
        }

        var column = Column.OfValues(Values, shape.IsEmpty ? Shape.AsSpan()[1..] : shape);
        return column.Count == Shape[0]
            ? column
            : throw new ArgumentException(
                $"an array of shape {Shapes.Text(Shape)} cannot be {Shape[0]} samples of shape {Shapes.Text(shape.ToArray())}", nameof(shape));
    }

    /// <inheritdoc/>
    public override string ToString() => Shapes.Text(Shape);
}
