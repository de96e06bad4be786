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

/// <summary>A target of a sample: a class, or values of a shape.</summary>
public readonly record struct TargetLayout
{
    private readonly ImmutableArray<int> _shape;

    private TargetLayout(ImmutableArray<int> shape) => _shape = shape;

    /// <summary>The number of a class.</summary>
    public static TargetLayout Class => default;

    /// <summary>Whether it is the number of a class.</summary>
    public bool IsClass => _shape.IsDefault;

    /// <summary>The sizes of the values; empty for a class and for a single value.</summary>
    public ImmutableArray<int> Shape => _shape.IsDefault ? [] : _shape;

    /// <summary>Values.</summary>
    /// <param name="shape">Their sizes; none for a single value.</param>
    public static TargetLayout Values(params ReadOnlySpan<int> shape) => new([.. shape]);
}
