using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Passes;

/// <summary>One number everywhere. There is one way to write it: a scalar Constant, broadcast if the shape has axes.</summary>
internal static class Uniform
{
    public static float? Of(Node node) => node switch
    {
        { Op: Constant { Values.Count: 1 } constant } => constant.Values[0],
        { Op: Broadcast } => Of(node.Inputs[0]),
        _ => null,
    };

    public static bool Is(Node node, float value) => Of(node) == value;

    public static Node Make(FoldingBuilder builder, float value, Shape shape)
    {
        Node scalar = builder.Add(Constant.Of(value));
        return shape.Rank == 0 ? scalar : builder.Add(new Broadcast(shape, EquatableArray<int>.Empty), scalar);
    }
}
