using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Passes;

internal enum LoopPart
{
    Carried,
    Sliced,
    Shared,
}

/// <summary>A loop's body under construction, whose inputs may be asked for in any order: they get their places at the end.</summary>
internal sealed class OpenLoop
{
    /// <summary>Provisional places are part · Room + the order of asking, so sorting them sorts by part.</summary>
    private const int Room = 1 << 24;

    private int _count;

    public GraphBuilder Body { get; } = new();

    public static LoopPart PartOf(Node input) => (LoopPart)(((Input)input.Op).Index / Room);

    public Node Add(LoopPart part, string name, TensorType type) => Body.Add(new Input(((int)part * Room) + _count++, name, type));

    /// <summary>The body, without sliced and shared inputs that nothing reads; and the inputs as <see cref="Add"/> returned them, in
    /// the order of the body's.</summary>
    public (Graph Body, ImmutableArray<Node> Inputs) Close(IEnumerable<GraphOutput> outputs)
    {
        Graph open = Body.Build(outputs);
        var read = new HashSet<Node>(open.Nodes);
        ImmutableArray<Node> inputs = open.Inputs.Where(i => PartOf(i) == LoopPart.Carried || read.Contains(i)).ToImmutableArray();
        return (new Renumbering(inputs).Rewrite(open), inputs);
    }

    private sealed class Renumbering(ImmutableArray<Node> inputs) : GraphRewriter
    {
        protected override Node? RewriteInput(Node input) =>
            inputs.IndexOf(input) is >= 0 and int place ? Builder.Add((Input)input.Op with { Index = place }) : null;

        protected override ImmutableArray<Node?> RewriteRepeat(Node node, Repeat repeat, ImmutableArray<Node> operands) =>
            Loop(node, repeat, operands);
    }
}
