namespace DeepGen.Generator.Ir;

internal enum ElementType
{
    Float32,
    Int32,

    /// <summary>Float32 of which most are zeros: a matrix, or one for each sample, that lists its entries row by row, known at run time only.</summary>
    Sparse,
}

internal sealed record TensorType(ElementType Element, Shape Shape)
{
    public static TensorType Float(Shape shape) => new(ElementType.Float32, shape);

    public static TensorType Float(params Size[] sizes) => new(ElementType.Float32, Shape.Of(sizes));

    public static TensorType Sparse(params Size[] sizes) => new(ElementType.Sparse, Shape.Of(sizes));

    public bool IsSparse => Element == ElementType.Sparse;

    public override string ToString() => Element switch { ElementType.Float32 => "f32", ElementType.Int32 => "i32", _ => "s32" } + Shape;
}
