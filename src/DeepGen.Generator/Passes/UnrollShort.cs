using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Passes;

/// <summary>
/// Writes out short loops over layers that add up samples, as BatchNorm does: every iteration then waits for the whole batch, and what
/// ends one is computed where the next begins, while it is in the cache. A longer loop stays one.
/// </summary>
internal static class UnrollShort
{
    private const int Few = 3;

    public static Graph Run(Graph graph) => Concerns(graph) ? new Rewriter().Rewrite(graph) : graph;

    private static bool Concerns(Graph graph) => graph.Nodes.Any(n => n.Op is Repeat repeat && (IsWrittenOut(repeat) || Concerns(repeat.Body)));

    private static bool IsWrittenOut(Repeat repeat) =>
        repeat is { Count: { IsConstant: true, Value: <= Few }, Checkpoint: false } && AddsUpSamples(repeat.Body);

    private static bool AddsUpSamples(Graph body) => body.Nodes.Any(n =>
        n.Op is Reduce reduce && reduce.Axes.Any(a => n.Inputs[0].Shape[a].IsBatch));

    private sealed class Rewriter : GraphRewriter
    {
        protected override ImmutableArray<Node?> RewriteRepeat(Node node, Repeat repeat, ImmutableArray<Node> operands)
        {
            repeat = repeat with { Body = Run(repeat.Body) };
            if (!IsWrittenOut(repeat))
            {
                return Loop(node, repeat, operands);
            }

            ImmutableArray<Node> carried = operands.Take(repeat.Carried).ToImmutableArray();
            List<Node>[] collected = Enumerable.Range(0, repeat.Collected).Select(_ => new List<Node>()).ToArray();
            for (int i = 0; i < repeat.Count.Value; i++)
            {
                IEnumerable<Node> sliced = operands.Skip(repeat.Carried).Take(repeat.Sliced).Select(x => Part(x, i));
                ImmutableArray<Node> results = Iteration(
                    repeat.Body, carried.Concat(sliced).Concat(operands.Skip(repeat.Carried + repeat.Sliced)).ToList());
                carried = results.Take(repeat.Carried).ToImmutableArray();
                for (int k = 0; k < repeat.Collected; k++)
                {
                    collected[k].Add(AsPart(results[repeat.Carried + k]));
                }
            }

            return carried.Concat(collected.Select(parts => Builder.Add(new Concat(0), parts.ToArray()))).ToImmutableArray<Node?>();
        }

        private ImmutableArray<Node> Iteration(Graph body, IReadOnlyList<Node> inputs)
        {
            var values = body.Inputs.Select((input, i) => (input, i)).ToDictionary(p => p.input, p => inputs[p.i]);
            foreach (Node node in body.Nodes.Where(n => !values.ContainsKey(n)))
            {
                values.Add(node, Labels.Keep(node, Builder.Add(node.Op, node.Inputs.Select(n => values[n]).ToArray())));
            }

            return body.Outputs.Select(o => values[o.Node]).ToImmutableArray();
        }

        private Node Part(Node x, int i) =>
            Builder.Add(new Reshape(Shape.Of(x.Shape.Sizes.RemoveAt(0))), Builder.Add(new Slice(0, i, 1, 1), x));

        private Node AsPart(Node x) => Builder.Add(new Reshape(Shape.Of(x.Shape.Sizes.Insert(0, 1))), x);
    }
}
