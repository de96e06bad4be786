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

    /// <summary>Whether all sums of a stage with products of many rows add up what is kept anyway, or little.</summary>
    private bool CanSumApart(int time, List<(Node Node, View Place)> asked)
    {
        List<Node> sums = asked.Select(a => a.Node).Where(IsGrown).ToList();
        return sums.Count > 0
            && sums.All(s => s.Op is Reduce && s.Inputs[0] is var x && (_views.ContainsKey(x) || SampleLength(x) <= Few))
            && _graph.Nodes.Any(n => n.Op is MatMul && BatchSums.HasSamples(n) && _times[n] == time);
    }

    private SampleStage SumsApart(List<(Node Node, View Place)> asked) => Growing(asked.Where(a => IsGrown(a.Node)).ToList(), Sums);

    private StageGraph Sums(List<(Node Node, View Place)> sums)
    {
        var builder = new GraphBuilder();
        var summands = new Dictionary<Node, Node>();
        var views = new Dictionary<Node, View>();
        var outputs = new List<GraphOutput>();
        foreach (Node sum in sums.Select(s => s.Node))
        {
            Node x = sum.Inputs[0];
            if (!summands.TryGetValue(x, out Node summand))
            {
                summand = builder.Add(new Input(summands.Count, FormattableString.Invariant($"in{summands.Count}"), x.Type));
                summand.Label = x.Label;
                summands.Add(x, summand);
                views.Add(summand, PlaceOf(x));
            }

            outputs.Add(new GraphOutput(FormattableString.Invariant($"{outputs.Count}"), builder.Add(sum.Op, summand)));
        }

        return new StageGraph(IsSamples: true, builder.Build(outputs), views, ImmutableDictionary<Node, WeightValue>.Empty, sums.Select(s => s.Place).ToList());
    }

    private static int SampleLength(Node node) => node.Shape.Where(s => !s.IsBatch).Aggregate(1, (n, s) => n * s.Value);
}
