using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Passes;

/// <summary>A value computed when weights are prepared, by the outermost scope that can.</summary>
internal sealed record Prepared(HoistScope Home, Node Node);

/// <summary>
/// The program, or a loop's body, while <see cref="HoistPrepare"/> splits it: the graph of each half as far as it is built,
/// and which half each value of the old graph went to.
/// </summary>
internal abstract class HoistScope(HoistScope? outer)
{
    private readonly Dictionary<Node, Node> _main = [];
    private readonly Dictionary<Node, Prepared> _prepared = [];

    public GraphBuilder Main { get; protected init; } = new();

    public GraphBuilder PrepareBuilder { get; protected init; } = new();

    private int Depth { get; } = outer is null ? 0 : outer.Depth + 1;

    private HoistScope Root => outer is null ? this : outer.Root;

    public bool IsPrepared(Node old) => _prepared.ContainsKey(old);

    public void Define(Node old, Node main) => _main.Add(old, Labels.Keep(old, main));

    public void Define(Node old, Prepared prepared) => _prepared.Add(old, prepared);

    public Prepared PreparedOf(Node old) => _prepared[old];

    public Node MainOf(Node old) => _prepared.TryGetValue(old, out Prepared prepared) ? Read(prepared) : _main[old];

    public void Prepare(Node old)
    {
        Prepared prepared = PrepareIn(old.Op, old.Inputs.Select(PreparedOf).ToImmutableArray());
        Labels.Keep(old, prepared.Node);
        Define(old, prepared);
    }

    /// <summary>Applies an operation in the innermost of its operands' homes.</summary>
    public virtual Prepared PrepareIn(Primitive op, ImmutableArray<Prepared> operands)
    {
        HoistScope home = operands.IsEmpty ? Root : operands.Select(o => o.Home).Aggregate((a, b) => a.Depth >= b.Depth ? a : b);
        return home == this
            ? new Prepared(this, PrepareBuilder.Add(op, operands.Select(Import).ToImmutableArray()))
            : home.PrepareIn(op, operands);
    }

    /// <summary>The value in this scope's part of Main. Constants, positions and broadcasts are made where they are used: as stored
    /// tensors they would only be larger.</summary>
    public Node Read(Prepared value)
    {
        value = value.Home.Origin(value);
        return value.Node.Op switch
        {
            Constant or Positions => Main.Add(value.Node.Op),
            Broadcast => Main.Add(value.Node.Op, Read(new Prepared(value.Home, value.Node.Inputs[0]))),
            _ => value.Home == this ? Export(value.Node) : ReadFromOutside(value),
        };
    }

    /// <summary>The value in this scope's part of Prepare.</summary>
    public Node Import(Prepared value)
    {
        value = value.Home.Origin(value);
        return value.Home == this ? value.Node : value.Node.Op switch
        {
            Constant or Positions => PrepareBuilder.Add(value.Node.Op),
            Broadcast => PrepareBuilder.Add(value.Node.Op, Import(new Prepared(value.Home, value.Node.Inputs[0]))),
            _ => ImportFromOutside(value),
        };
    }

    /// <summary>The value itself, if the node only stands for one imported from outside.</summary>
    protected abstract Prepared Origin(Prepared value);

    protected abstract Node Export(Node node);

    protected abstract Node ReadFromOutside(Prepared value);

    protected abstract Node ImportFromOutside(Prepared value);
}
