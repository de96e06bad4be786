using System.Collections.Immutable;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Interpret;

/// <summary>
/// Two nodes between which a value lies. Where both are one node the value is a point: every execution computes exactly
/// that node's bits. One value has one object, so that a rule can see that two operands are the same value.
/// </summary>
internal sealed class Bounds(Node lower, Node upper)
{
    public Bounds(Node point) : this(point, point)
    {
    }

    public Node Lower { get; } = lower;

    public Node Upper { get; } = upper;

    public Shape Shape => Lower.Shape;

    public bool IsPoint => ReferenceEquals(Lower, Upper);

    /// <summary>Most primitives have one result.</summary>
    public static implicit operator ImmutableArray<Bounds>(Bounds single) => ImmutableArray.Create(single);
}
