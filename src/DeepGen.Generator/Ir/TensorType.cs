namespace DeepGen.Generator.Ir;

internal enum ElementType
{
    Float32,
    Int32,
}

internal sealed record TensorType(ElementType Element, Shape Shape)
{
    public static TensorType Float(Shape shape) => new(ElementType.Float32, shape);

    public static TensorType Float(params Size[] sizes) => new(ElementType.Float32, Shape.Of(sizes));

    public override string ToString() => (Element == ElementType.Float32 ? "f32" : "i32") + Shape;
}
