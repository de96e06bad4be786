using DeepGen.Generator.Ir;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Passes;

/// <summary>
/// How the elements of a value lie in its core: axis i of the value is axis Order[i] of the core. With a Grid the value is
/// flatter: the core has the shape Grid, is transposed by Order, and the result is then reshaped to the value's shape.
/// </summary>
internal sealed record Layout(EquatableArray<int> Order, Shape? Grid)
{
    public bool IsNatural => Grid is null && Permutation.IsIdentity(Order);

    public static Layout Natural(int rank) => new(Permutation.Identity(rank), null);

    /// <summary>The shape a core has whose value has that shape.</summary>
    public Shape CoreOf(Shape value) => Grid ?? value.Permute(Permutation.Inverse(Order));
}

/// <summary>A value whose transposing has been put off: reshape(transpose(Core, Order), Shape).</summary>
internal sealed record LazyView(Node Core, Layout Layout, Shape Shape)
{
    /// <summary>The core is the value.</summary>
    public bool IsPlain => Layout.IsNatural;

    /// <summary>Each axis of the value is an axis of the core.</summary>
    public bool IsTransposed => Layout.Grid is null;

    public EquatableArray<int> Order => Layout.Order;

    public static LazyView Of(Node node) => new(node, Layout.Natural(node.Shape.Rank), node.Shape);

    /// <summary>The view whose core is another, in the same order.</summary>
    public static LazyView Transposed(Node core, EquatableArray<int> order) =>
        new(core, new Layout(order, null), core.Shape.Permute(order));
}
