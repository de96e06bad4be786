using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Passes;

/// <summary>
/// A transpose that moves only axes of extent 1 moves no element: it is a Reshape. Done after transposes have sunk, because
/// until then it is their permutation that lets them cancel.
/// </summary>
internal static class UnitTransposes
{
    public static Graph Run(Graph graph) => new Rewriter().Rewrite(graph);

    private sealed class Rewriter : GraphRewriter
    {
        protected override Node Rewrite(Node node, ImmutableArray<Node> operands) =>
            node.Op is Transpose transpose && TransposeRules.MovesOnlyUnitAxes(transpose, operands[0].Shape)
                ? new FoldingBuilder(Builder).Add(new Reshape(node.Shape), operands)
                : Builder.Add(node.Op, operands);

        protected override ImmutableArray<Node?> RewriteRepeat(Node node, Repeat repeat, ImmutableArray<Node> operands) =>
            Loop(node, repeat with { Body = Run(repeat.Body) }, operands);
    }
}
