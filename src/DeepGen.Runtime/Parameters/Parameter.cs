using System.Collections.Immutable;

namespace DeepGen;

/// <summary>One named array of numbers of a network, in PyTorch's shape and order.</summary>
public sealed class Parameter
{
    private readonly ParameterSet _set;
    private readonly int _offset;

    internal Parameter(ParameterSet set, string name, ImmutableArray<int> shape, int offset, int length, bool trainable)
    {
        _set = set;
        _offset = offset;
        Name = name;
        Shape = shape;
        Length = length;
        Trainable = trainable;
    }

    /// <summary>The dotted name, as PyTorch would give it.</summary>
    public string Name { get; }

    /// <summary>The sizes, outermost first.</summary>
    public ImmutableArray<int> Shape { get; }

    /// <summary>How many numbers there are.</summary>
    public int Length { get; }

    /// <summary>Whether training changes it; running statistics it does not.</summary>
    public bool Trainable { get; }

    /// <summary>The numbers, row-major. They follow later writes.</summary>
    public ReadOnlySpan<float> Values => _set.Storage.Slice(_offset, Length);

    /// <summary>Replaces all numbers. Predictions begun later use them; one that is under way may not.</summary>
    /// <exception cref="ArgumentException">There are more or fewer than <see cref="Length"/> values.</exception>
    public void Write(ReadOnlySpan<float> values)
    {
        if (values.Length != Length)
        {
            throw new ArgumentException(
                $"parameter '{Name}' of shape {Shapes.Text(Shape)} holds {Length} values, but {values.Length} were given", nameof(values));
        }

        _set.Write(_offset, values);
    }

    /// <summary>Copies the numbers out.</summary>
    public void CopyTo(Span<float> destination) => Values.CopyTo(destination);

    /// <summary>Where the numbers begin in the set's buffer.</summary>
    internal int Offset => _offset;

    internal Span<float> Destination(Span<float> storage) => storage.Slice(_offset, Length);

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Shapes.Text(Shape)}";
}
