using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Passes;

/// <summary>
/// A GraphBuilder that simplifies while it builds: what <see cref="Add(Primitive, Node[])"/> returns has the value of the
/// operation asked for, and no rule applies to it any more. Rules see operands that are simplified already.
/// </summary>
internal sealed class FoldingBuilder(GraphBuilder builder)
{
    /// <summary>Whether a rule has applied: if none has, the graph is its own simplification.</summary>
    public bool Folded { get; private set; }

    public Node Add(Primitive op, params Node[] inputs) => Add(op, inputs.ToImmutableArray());

    public Node Add(Primitive op, ImmutableArray<Node> inputs)
    {
        if (Simpler(op, inputs) is { } simpler)
        {
            Folded = true;
            return simpler;
        }

        return builder.Add(op, inputs);
    }

    private Node? Simpler(Primitive op, ImmutableArray<Node> inputs) =>
        ConstantRules.Apply(this, op, inputs) ?? op switch
        {
            Elementwise elementwise => ElementwiseRules.Apply(this, elementwise, inputs),
            Broadcast broadcast => BroadcastRules.Apply(this, broadcast, inputs[0]),
            Reshape reshape => ReshapeRules.Apply(this, reshape, inputs[0]),
            Transpose transpose => TransposeRules.Apply(this, transpose, inputs[0]),
            Slice slice => SliceRules.Apply(this, slice, inputs[0]),
            _ => MoveRules.Apply(this, op, inputs),
        };
}
