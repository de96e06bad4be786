using System.Collections.Immutable;

namespace DeepGen.Data;

/// <summary>What every sample of some data has.</summary>
/// <param name="Inputs">The shape of each input.</param>
/// <param name="Targets">What each target is.</param>
public sealed record SampleLayout(ImmutableArray<ImmutableArray<int>> Inputs, ImmutableArray<TargetLayout> Targets)
{
    /// <summary>One input and a class.</summary>
    /// <param name="shape">The sizes of the input.</param>
    public static SampleLayout Classified(params ReadOnlySpan<int> shape) => new([[.. shape]], [TargetLayout.Class]);

    /// <summary>product(shape), refused where a size is not positive or the product too large for an array.</summary>
    internal static int LengthOf(ImmutableArray<int> shape)
    {
        long length = 1;
        foreach (int size in shape)
        {
            length = size > 0 && length * size <= Array.MaxLength
                ? length * size
                : throw new ArgumentException($"a sample cannot have the shape {Shapes.Text(shape)}", nameof(shape));
        }

        return (int)length;
    }
}

/// <summary>A target of a sample: a class, classes of several places, or values.</summary>
public readonly record struct TargetLayout
{
    private readonly ImmutableArray<int> _shape;

    private TargetLayout(bool isClass, ImmutableArray<int> shape) => (IsClass, _shape) = (isClass, shape);

    /// <summary>The number of a class.</summary>
    public static TargetLayout Class => Classes();

    /// <summary>Whether it is the number of a class, or of one for each place.</summary>
    public bool IsClass { get; }

    /// <summary>The sizes; empty for a single class or value.</summary>
    public ImmutableArray<int> Shape => _shape.IsDefault ? [] : _shape;

    /// <summary>A class for each of several places, such as the positions of a sequence.</summary>
    /// <param name="shape">The sizes; none for a single class.</param>
    public static TargetLayout Classes(params ReadOnlySpan<int> shape) => new(true, [.. shape]);

    /// <summary>Values.</summary>
    /// <param name="shape">Their sizes; none for a single value.</param>
    public static TargetLayout Values(params ReadOnlySpan<int> shape) => new(false, [.. shape]);
}
