namespace DeepGen;

/// <summary>
/// The input of a network whose layers are attributes of the class: its shape without the batch, (784) for a vector,
/// (1, 28, 28) for an image as channels, height, width.
/// </summary>
/// <param name="shape">The sizes, without the batch. For an image always channels, height, width, whatever the layout.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class InputAttribute(params int[] shape) : Attribute
{
    /// <summary>The sizes, without the batch.</summary>
    public int[] Shape { get; } = shape;

    /// <summary>The input's name in <c>Predict</c> and in messages; "input" if left out.</summary>
    public string? Name { get; set; }

    /// <summary>The order in which the caller gives an image's values.</summary>
    public Layout Layout { get; set; }

    /// <summary>For a vector of which most values are zeros: the caller gives a <c>SparseMatrix</c> with a row for each sample.</summary>
    public bool Sparse { get; set; }
}

/// <summary>The shape of one parameter of <c>Forward</c>, without the batch.</summary>
/// <param name="shape">The sizes, without the batch. For an image always channels, height, width, whatever the layout.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ShapeAttribute(params int[] shape) : Attribute
{
    /// <summary>The sizes, without the batch.</summary>
    public int[] Sizes { get; } = shape;

    /// <summary>The order in which the caller gives an image's values.</summary>
    public Layout Layout { get; set; }

    /// <summary>For a vector of which most values are zeros: the caller gives a <c>SparseMatrix</c> with a row for each sample.</summary>
    public bool Sparse { get; set; }
}
