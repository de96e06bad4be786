namespace DeepGen;

/// <summary>
/// The input of a network whose layers are attributes of the class: its shape without the batch, (784) for a vector,
/// (1, 28, 28) for an image as channels, height, width, ("T", 64) for a sequence of T rows of 64, where T is known at run time
/// only and a <see cref="SizeAttribute"/> says how large it may be.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class InputAttribute : Attribute
{
    /// <summary>An input of no sizes, which is none.</summary>
    public InputAttribute() => Shape = [];

    /// <summary>An input of constant sizes.</summary>
    /// <param name="shape">The sizes, without the batch. For an image always channels, height, width, whatever the layout.</param>
    public InputAttribute(params int[] shape) => Shape = NamedSizes.AsObjects(shape);

    /// <summary>An input some of whose sizes are names.</summary>
    /// <param name="shape">Numbers, and names of sizes.</param>
    public InputAttribute(params object[] shape) => Shape = shape;

    /// <summary>The sizes, without the batch: numbers, and names of sizes.</summary>
    public IReadOnlyList<object> Shape { get; }

    /// <summary>The input's name in <c>Predict</c> and in messages; "input" if left out.</summary>
    public string? Name { get; set; }

    /// <summary>The order in which the caller gives an image's values.</summary>
    public Layout Layout { get; set; }

    /// <summary>For a vector of which most values are zeros: the caller gives a <c>SparseMatrix</c> with a row for each sample.</summary>
    public bool Sparse { get; set; }
}

/// <summary>The shape of one parameter of <c>Forward</c>, without the batch.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ShapeAttribute : Attribute
{
    /// <summary>A tensor of no sizes, which is none.</summary>
    public ShapeAttribute() => Sizes = [];

    /// <summary>A tensor of constant sizes.</summary>
    /// <param name="shape">The sizes, without the batch. For an image always channels, height, width, whatever the layout.</param>
    public ShapeAttribute(params int[] shape) => Sizes = NamedSizes.AsObjects(shape);

    /// <summary>A tensor some of whose sizes are names; sizes of the same name are equal in every call.</summary>
    /// <param name="shape">Numbers, and names of sizes.</param>
    public ShapeAttribute(params object[] shape) => Sizes = shape;

    /// <summary>The sizes, without the batch: numbers, and names of sizes.</summary>
    public IReadOnlyList<object> Sizes { get; }

    /// <summary>The order in which the caller gives an image's values.</summary>
    public Layout Layout { get; set; }

    /// <summary>For a vector of which most values are zeros: the caller gives a <c>SparseMatrix</c> with a row for each sample.</summary>
    public bool Sparse { get; set; }
}

/// <summary>
/// A size of inputs that is known at run time only: shapes refer to it by its name, and every call says how large it is. Memory
/// is laid out for the largest; loops go as far as they need.
/// </summary>
/// <param name="name">The name, as shapes write it: a C# name such as "T".</param>
/// <param name="largest">The largest value it may have.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SizeAttribute(string name, int largest) : Attribute
{
    /// <summary>The name, as shapes write it.</summary>
    public string Name { get; } = name;

    /// <summary>The largest value it may have.</summary>
    public int Largest { get; } = largest;

    /// <summary>
    /// If not every sample has that many: the name of one more input, after all others, which says how many steps each sample has.
    /// What lies beyond them is not looked at. Left out, every sample has all.
    /// </summary>
    public string? Lengths { get; set; }
}

internal static class NamedSizes
{
    public static object[] AsObjects(int[] sizes)
    {
        var objects = new object[sizes.Length];
        for (int i = 0; i < sizes.Length; i++)
        {
            objects[i] = sizes[i];
        }

        return objects;
    }
}
