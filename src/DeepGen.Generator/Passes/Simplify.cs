using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Passes;

/// <summary>
/// The same values by fewer operations: numbers folded, views merged, identities dropped, loops relieved of what they carry
/// for nobody. No float operation changes its operands' values, so bounds proven before hold after.
/// </summary>
internal static class Simplify
{
    /// <summary>A loop's rules look at its finished body, so what they free shows in the next round; two are the rule.</summary>
    private const int Rounds = 6;

    public static Graph Run(Graph graph)
    {
        bool folded = true;
        for (int round = 0; round < Rounds && folded; round++)
        {
            var simplifier = new Simplifier(graph, input => new Kept((Input)input.Op));
            graph = simplifier.Rewrite(graph);
            folded = simplifier.Folded;
        }

        return graph;
    }

    private sealed class Simplifier : GraphRewriter
    {
        private readonly FoldingBuilder _folding;
        private readonly Func<Node, LoopInput?> _input;
        private readonly ILookup<Node, int> _needed;

        public Simplifier(Graph graph, Func<Node, LoopInput?> input)
        {
            _folding = new FoldingBuilder(Builder);
            _input = input;
            _needed = graph.Nodes.Where(n => n.Op is Item).ToLookup(n => n.Inputs[0], n => ((Item)n.Op).Index);
        }

        public bool Folded { get => field || _folding.Folded; private set; }

        protected override Node? RewriteInput(Node input) => _input(input) switch
        {
            Kept kept => Builder.Add(kept.Input),
            Number number => Uniform.Make(_folding, number.Value, input.Shape),
            _ => null,
        };

        protected override Node Rewrite(Node node, ImmutableArray<Node> operands) => _folding.Add(node.Op, operands);

        protected override ImmutableArray<Node?> RewriteRepeat(Node node, Repeat repeat, ImmutableArray<Node> operands)
        {
            var plan = new LoopPlan(repeat, operands, _needed[node]);
            var inside = new Simplifier(plan.Body, input => plan.Inputs[((Input)input.Op).Index]);
            Graph body = inside.Rewrite(plan.Body);
            Folded |= plan.Shrinks || inside.Folded;
            if (body.Outputs.IsEmpty)
            {
                return plan.Results.Select(r => r.Invariant).ToImmutableArray();
            }

            Node loop = Labels.Keep(node, Builder.Add(plan.Loop(body), plan.Operands));
            return plan.Results.Select(r => r.Invariant ?? (r.Item is { } item ? Builder.Add(new Item(item), loop) : null)).ToImmutableArray();
        }
    }
}
