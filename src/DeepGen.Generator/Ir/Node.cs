using System.Collections.Immutable;

namespace DeepGen.Generator.Ir;

/// <summary>A value of the program: an operation applied to earlier values. Created by <see cref="GraphBuilder"/> only.</summary>
internal sealed class Node
{
    internal Node(int id, Primitive op, ImmutableArray<Node> inputs, ImmutableArray<TensorType> types)
    {
        Id = id;
        Op = op;
        Inputs = inputs;
        Types = types;
    }

    public int Id { get; }

    public Primitive Op { get; }

    public ImmutableArray<Node> Inputs { get; }

    /// <summary>One type but for a Repeat, whose results are taken apart by Item.</summary>
    public ImmutableArray<TensorType> Types { get; }

    public TensorType Type => Types[0];

    public Shape Shape => Types[0].Shape;

    /// <summary>Names of the source for people and for Trace: "encode", "3.relu". Not part of a node's identity.</summary>
    public string? Label { get; set; }

    public override string ToString() => "%" + Id;
}
