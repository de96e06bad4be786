using System.Collections.Immutable;

namespace DeepGen.Data;

/// <summary>One input or one target of many samples, one after another: values of a shape, or classes.</summary>
public sealed partial class Column
{
    private readonly float[] _values;
    private readonly int[] _classes;

    private Column(float[]? values, int[]? classes, ImmutableArray<int> shape, ImmutableArray<string> classNames)
    {
        (Shape, ClassNames, IsClasses) = (shape, classNames, classes is not null);
        (_values, _classes) = (values ?? [], classes ?? []);
        Length = SampleLayout.LengthOf(shape);
        int numbers = _values.Length + _classes.Length;
        Count = numbers % Length == 0 ? numbers / Length : throw new ArgumentException(
            $"{numbers} {(IsClasses ? "classes" : "values")} are no whole number of samples of shape {Shapes.Text(shape)}", nameof(shape));
    }

    /// <summary>How many samples.</summary>
    public int Count { get; }

    /// <summary>Whether these are numbers of classes.</summary>
    public bool IsClasses { get; }

    /// <summary>The sizes of one sample; empty for a single class or value. Where samples have rows of their own number, there is room for the most.</summary>
    public ImmutableArray<int> Shape { get; }

    /// <summary>How many classes or values a sample has.</summary>
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
        return new Column(values, null, [.. shape], []);
    }

    /// <summary>Classes, taken as they are, without a copy.</summary>
    /// <param name="classes">Samples one after another, each class from 0, or −1 for a sample that has none.</param>
    /// <param name="names">The names of the classes, if they have any.</param>
    /// <param name="shape">The sizes of one sample that has a class for each of several places; none for a single class each.</param>
    /// <exception cref="ArgumentException">A class is less than −1 or has no name, or the classes do not fill a whole number of samples.</exception>
    public static Column OfClasses(int[] classes, ImmutableArray<string> names = default, params ReadOnlySpan<int> shape)
    {
        ArgumentNullException.ThrowIfNull(classes);
        var known = names.IsDefault ? [] : names;
        var column = new Column(null, classes, [.. shape], known);
        int limit = known.IsEmpty ? int.MaxValue : known.Length;
        for (int i = 0; i < classes.Length; i++)
        {
            if (classes[i] < -1 || classes[i] >= limit)
            {
                throw new ArgumentException(
                    $"sample {i / column.Length} has class {classes[i]}, expected one from 0{(known.IsEmpty ? "" : $" to {limit - 1}")}, or -1 for none", nameof(classes));
            }
        }

        return column;
    }

    /// <summary>The values of one sample.</summary>
    public ReadOnlySpan<float> Values(int sample) => Of(_values, sample);

    /// <summary>The classes of one sample.</summary>
    public ReadOnlySpan<int> Classes(int sample) => Of(_classes, sample);

    /// <summary>The same values in another shape.</summary>
    /// <exception cref="ArgumentException">The shape has another number of values.</exception>
    public Column Reshaped(params ReadOnlySpan<int> shape)
    {
        ImmutableArray<int> sizes = [.. shape];
        return !IsClasses && !HasRows && SampleLayout.LengthOf(sizes) == Length
            ? new Column(_values, null, sizes, [])
            : throw new ArgumentException($"{this} cannot have the shape {Shapes.Text(sizes)}", nameof(shape));
    }

    /// <inheritdoc/>
    public override string ToString() => IsClasses && Shape.IsEmpty ? $"{Count} classes" : $"{Count} samples of shape {Shapes.Text(Shape)}";
}
