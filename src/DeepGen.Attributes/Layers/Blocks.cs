namespace DeepGen;

/// <summary>
/// A block repeated, each copy with parameters of its own: one emitted loop, however large the count. The block must keep the
/// shape. The parameters of copy i are named "i.…" below the stack's own name.
/// </summary>
/// <typeparam name="TBlock">A class marked <see cref="BlockAttribute"/>.</typeparam>
/// <param name="count">How many copies.</param>
public sealed class StackAttribute<TBlock>(int count) : LayerAttribute
{
    /// <summary>How many copies.</summary>
    public int Count { get; } = count;

    /// <summary>
    /// While training, keeps only what goes into each copy and computes the rest once more when the gradient needs it: less
    /// memory, more time.
    /// </summary>
    public bool Checkpoint { get; set; }
}

/// <summary>The same as <see cref="StackAttribute{TBlock}"/>, for projects whose C# has no generic attributes.</summary>
/// <param name="block">A class marked <see cref="BlockAttribute"/>.</param>
/// <param name="count">How many copies.</param>
public sealed class StackAttribute(Type block, int count) : LayerAttribute
{
    /// <summary>The block.</summary>
    public Type Block { get; } = block;

    /// <summary>How many copies.</summary>
    public int Count { get; } = count;

    /// <summary>
    /// While training, keeps only what goes into each copy and computes the rest once more when the gradient needs it: less
    /// memory, more time.
    /// </summary>
    public bool Checkpoint { get; set; }
}

/// <summary>A block used once, with its parameters below this layer's own name.</summary>
/// <typeparam name="TBlock">A class marked <see cref="BlockAttribute"/>.</typeparam>
public sealed class UseAttribute<TBlock> : LayerAttribute;

/// <summary>The same as <see cref="UseAttribute{TBlock}"/>, for projects whose C# has no generic attributes.</summary>
/// <param name="block">A class marked <see cref="BlockAttribute"/>.</param>
public sealed class UseAttribute(Type block) : LayerAttribute
{
    /// <summary>The block.</summary>
    public Type Block { get; } = block;
}
