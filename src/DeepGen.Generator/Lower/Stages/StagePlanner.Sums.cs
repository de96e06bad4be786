using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Lower;

/// <summary>
/// Sums that need not grow where their summands are computed. They get a stage of their own; the one before it, rid of them, is
/// not bound to the batch's parts, and its products take as many rows at a time as a prediction's.
/// </summary>
internal sealed partial class StagePlanner
{
    /// <summary>So few values of a sample are kept as soon as they are added.</summary>
    private const int Few = 16;

    /// <summary>
    /// Whether all sums of a stage with products of many rows add up what is kept anyway, or little. Products in a loop are so many
    /// that whatever is added up is kept.
    /// </summary>
    private bool CanSumApart(int time, List<(Node Node, View Place)> asked)
    {
        List<Node> sums = asked.Select(a => a.Node).Where(IsGrown).ToList();
        List<Node> computed = _graph.Nodes.Where(n => BatchSums.HasSamples(n) && _times[n] == time).ToList();
        return sums.Count > 0
            && (computed.Any(n => n.Op is Repeat repeat && HasProducts(repeat.Body))
                || (sums.All(s => s.Op is Reduce && s.Inputs[0] is var x && (_views.ContainsKey(x) || SampleLength(x) <= Few))
                    && computed.Any(n => n.Op is MatMul)));
    }

    private static bool HasProducts(Graph body) =>
        body.Nodes.Any(n => BatchSums.HasSamples(n) && (n.Op is MatMul || (n.Op is Repeat repeat && HasProducts(repeat.Body))));

    private SampleStage SumsApart(List<(Node Node, View Place)> asked) => Growing(asked.Where(a => IsGrown(a.Node)).ToList(), Sums);

    private StageGraph Sums(List<(Node Node, View Place)> sums)
    {
        var builder = new GraphBuilder();
        var summands = new Dictionary<Node, Node>();
        var views = new Dictionary<Node, View>();
        var outputs = new List<GraphOutput>();
        foreach (Node sum in sums.Select(s => s.Node))
        {
            Node[] factors = sum.Inputs.Select(Summand).ToArray();
            outputs.Add(new GraphOutput(FormattableString.Invariant($"{outputs.Count}"), builder.Add(sum.Op, factors)));
        }

        return new StageGraph(IsSamples: true, builder.Build(outputs), views, ImmutableDictionary<Node, WeightValue>.Empty, sums.Select(s => s.Place).ToList());

        // What is kept, seen as the sum sees it, and summed or multiplied within each sample first.
        Node Summand(Node x)
        {
            if (summands.TryGetValue(x, out Node summand))
            {
                return summand;
            }

            bool isSummed = (Scope.IsView(x) && x.Op is not Item) || x.Op is Reduce or MatMul;
            if (isSummed && !_views.ContainsKey(x) && x.Inputs.All(BatchSums.HasSamples))
            {
                summand = builder.Add(x.Op, x.Inputs.Select(Summand).ToArray());
            }
            else
            {
                summand = builder.Add(new Input(views.Count, FormattableString.Invariant($"in{views.Count}"), x.Type));
                views.Add(summand, PlaceOf(x));
            }

            summand.Label ??= x.Label;
            summands.Add(x, summand);
            return summand;
        }
    }

    private static int SampleLength(Node node) => node.Shape.Where(s => !s.IsBatch).Aggregate(1, (n, s) => n * s.Value);
}
