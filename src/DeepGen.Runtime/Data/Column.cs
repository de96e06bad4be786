using System.Collections.Immutable;

namespace DeepGen.Data;

/// <summary>One input or one target of many samples, one after another: values of a shape, or a class each.</summary>
public sealed class Column
{
    private readonly float[] _values;
    private readonly int[] _classes;

    private Column(float[] values, int[] classes, int count, ImmutableArray<int> shape, ImmutableArray<string> classNames)
    {
        (_values, _classes, Count, Shape, ClassNames) = (values, classes, count, shape, classNames);
        IsClasses = shape.IsDefault;
        Length = IsClasses ? 0 : SampleLayout.LengthOf(shape);
    }

    /// <summary>How many samples.</summary>
    public int Count { get; }

    /// <summary>Whether these are numbers of classes.</summary>
    public bool IsClasses { get; }

    /// <summary>The sizes of one sample's values; default where these are classes.</summary>
    public ImmutableArray<int> Shape { get; }

    /// <summary>How many values a sample has; 0 where these are classes.</summary>
    public int Length { get; }

    /// <summary>The names of the classes; empty if they have none.</summary>
    public ImmutableArray<string> ClassNames { get; }

    /// <summary>Values, taken as they are, without a copy.</summary>
    /// <param name="values">Samples one after another.</param>
    /// <param name="shape">The sizes of one sample; none for a single number each.</param>
    /// <exception cref="ArgumentException">The values do not fill a whole number of samples.</exception>
    public static Column OfValues(float[] values, params ReadOnlySpan<int> shape)
    {
        ArgumentNullException.ThrowIfNull(values);
        ImmutableArray<int> sizes = [.. shape];
        int length = SampleLayout.LengthOf(sizes);
        if (length == 0 || values.Length % length != 0)
        {
            throw new ArgumentException($"{values.Length} values are no whole number of samples of shape {Shapes.Text(sizes)}", nameof(values));
        }

        return new Column(values, [], values.Length / length, sizes, []);
    }

    /// <summary>Classes, taken as they are, without a copy.</summary>
    /// <param name="classes">One for each sample, from 0.</param>
    /// <param name="names">The names of the classes, if they have any.</param>
    /// <exception cref="ArgumentException">A class is negative or has no name.</exception>
    public static Column OfClasses(int[] classes, ImmutableArray<string> names = default)
    {
        ArgumentNullException.ThrowIfNull(classes);
        var known = names.IsDefault ? [] : names;
        int limit = known.IsEmpty ? int.MaxValue : known.Length;
        for (int i = 0; i < classes.Length; i++)
        {
            if ((uint)classes[i] >= (uint)limit)
            {
                throw new ArgumentException(
                    $"sample {i} has class {classes[i]}, expected one from 0{(known.IsEmpty ? "" : $" to {limit - 1}")}", nameof(classes));
            }
        }

        return new Column([], classes, classes.Length, default, known);
    }

    /// <summary>The values of one sample.</summary>
    public ReadOnlySpan<float> Values(int sample) => _values.AsSpan(checked(sample * Length), Length);

    /// <summary>The class of one sample.</summary>
    public int Class(int sample) => _classes[sample];

    /// <summary>The same values in another shape.</summary>
    /// <exception cref="ArgumentException">The shape has another number of values.</exception>
    public Column Reshaped(params ReadOnlySpan<int> shape)
    {
        ImmutableArray<int> sizes = [.. shape];
        return !IsClasses && SampleLayout.LengthOf(sizes) == Length
            ? new Column(_values, [], Count, sizes, [])
            : throw new ArgumentException($"{this} cannot have the shape {Shapes.Text(sizes)}", nameof(shape));
    }

    /// <inheritdoc/>
    public override string ToString() => IsClasses ? $"{Count} classes" : $"{Count} samples of shape {Shapes.Text(Shape)}";
}
