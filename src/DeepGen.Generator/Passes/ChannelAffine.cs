using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Passes;

/// <summary>linear(x, W)·Scale + Shift, with one scale and one shift for each channel, the last axis; null for 1 and for 0.</summary>
internal sealed record ChannelAffine(Primitive Linear, Node X, Node W, Node? Scale, Node? Shift)
{
    public Size Channels => W.Shape[W.Shape.Rank - 1];

    /// <summary>What op makes of it, with v as the other operand; null if that is no longer affine.</summary>
    public ChannelAffine? Then(FoldingBuilder folding, Elementwise op, bool isLeft, Node? v)
    {
        Node? Map(Elementwise f, Node? x) => x is null ? null : v is null ? folding.Add(f, x) : folding.Add(f, x, v);
        Node Negated(Node? x) => x is null ? Uniform.Make(folding, -1, Shape.Of(Channels)) : folding.Add(new Negate(), x);

        return op switch
        {
            Add => this with { Shift = Map(op, Shift) ?? v },
            Subtract when isLeft => this with { Shift = Map(op, Shift) ?? folding.Add(new Negate(), v!) },
            Subtract => this with { Scale = Negated(Scale), Shift = Shift is null ? v : folding.Add(op, v!, Shift) },
            Multiply => this with { Scale = Map(op, Scale) ?? v, Shift = Map(op, Shift) },
            Divide when isLeft => this with { Scale = Map(op, Scale ?? Uniform.Make(folding, 1, Shape.Of(Channels))), Shift = Map(op, Shift) },
            Negate => this with { Scale = Negated(Scale), Shift = Map(op, Shift) },
            _ => null,
        };
    }

    public Node Write(FoldingBuilder folding)
    {
        Node w = Scale is null ? W : folding.Add(new Multiply(), W, Along(folding, Scale, W.Shape));
        Node y = folding.Add(Linear, X, w);
        return Shift is null ? y : folding.Add(new Add(), y, Along(folding, Shift, y.Shape));
    }

    private static Node Along(FoldingBuilder folding, Node vector, Shape shape) =>
        folding.Add(new Broadcast(shape, EquatableArray.Of(shape.Rank - 1)), vector);
}
