using System.Collections;
using System.Collections.Immutable;

namespace DeepGen.Generator.Ir;

/// <summary>The extents of a tensor, outermost first. Compared by value.</summary>
internal sealed class Shape(ImmutableArray<Size> sizes) : IEquatable<Shape>, IReadOnlyList<Size>
{
    public static Shape Scalar { get; } = new(ImmutableArray<Size>.Empty);

    public ImmutableArray<Size> Sizes { get; } = sizes;

    public int Rank => Sizes.Length;

    public int Count => Sizes.Length;

    public Size this[int axis] => Sizes[axis];

    public bool IsConstant => Sizes.All(s => s.IsConstant);

    public bool HasBatch => Sizes.Any(s => s.IsBatch);

    /// <summary>Whether an axis within the sample is known at run time only.</summary>
    public bool IsOpen => Sizes.Any(s => s.IsOpen);

    /// <summary>The largest number of elements of one sample: the batch counts as one.</summary>
    public long ConstantLength => Sizes.Where(s => !s.IsBatch).Aggregate(1L, (n, s) => n * s.Value);

    public static Shape Of(params Size[] sizes) => new(sizes.ToImmutableArray());

    public static Shape Of(IEnumerable<Size> sizes) => new(sizes.ToImmutableArray());

    public static Shape OfConstants(IEnumerable<int> sizes) => new(sizes.Select(s => (Size)s).ToImmutableArray());

    public Shape Without(IEnumerable<int> axes) => Of(Sizes.Where((_, i) => !axes.Contains(i)));

    public Shape With(int axis, Size size) => new(Sizes.SetItem(axis, size));

    public Shape Permute(IEnumerable<int> permutation) => Of(permutation.Select(a => Sizes[a]));

    /// <summary>The shape with every symbol replaced by its value.</summary>
    public Shape Bind(IReadOnlyDictionary<string, int> sizes) => Of(Sizes.Select(s => s.Bind(sizes)));

    public bool Equals(Shape? other) => other is not null && Sizes.SequenceEqual(other.Sizes);

    public override bool Equals(object? obj) => Equals(obj as Shape);

    public override int GetHashCode() => Sizes.Aggregate(17, (h, s) => unchecked((h * 31) + s.GetHashCode()));

    public override string ToString() => "[" + string.Join(",", Sizes) + "]";

    public IEnumerator<Size> GetEnumerator() => ((IEnumerable<Size>)Sizes).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
