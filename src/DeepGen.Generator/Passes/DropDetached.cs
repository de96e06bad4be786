using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Passes;

/// <summary>
/// Once gradients are taken, a detached value is the value itself. To be run on nothing that will be differentiated again.
/// </summary>
internal static class DropDetached
{
    public static Graph Run(Graph graph) => new Rewriter().Rewrite(graph);

    private sealed class Rewriter : GraphRewriter
    {
        protected override Node Rewrite(Node node, ImmutableArray<Node> operands) =>
            node.Op is Detach ? operands[0] : Builder.Add(node.Op, operands);

        protected override ImmutableArray<Node?> RewriteRepeat(Node node, Repeat repeat, ImmutableArray<Node> operands) =>
            Loop(node, repeat with { Body = Run(repeat.Body) }, operands);
    }
}
