using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Lower;

/// <summary>
/// When each value of a program with sums over the batch can be computed. Times go round in threes: at 3k samples are computed
/// one by one, at 3k + 1 what belongs to the batch as a whole, at 3k + 2 loops whose iterations have stages of their own. Free
/// values can be had at any time: leaves, and views of leaves.
/// </summary>
internal sealed class StageTimes
{
    /// <summary>The time of free values.</summary>
    public const int Always = -3;

    private readonly Dictionary<Node, int> _times = [];

    public StageTimes(Graph graph)
    {
        foreach (Node node in graph.Inputs.Concat(graph.Nodes).Distinct())
        {
            _times[node] = Earliest(node);
        }
    }

    public int this[Node node] => _times[node];

    public bool IsFree(Node node) => _times[node] == Always;

    public static bool IsSamples(int time) => Mod(time) == 0;

    public static bool IsWhole(int time) => Mod(time) == 1;

    /// <summary>The first time of samples at which a value of that time can be read.</summary>
    public static int SamplesFrom(int time) => Math.Max(0, IsSamples(time) ? time : Next(time, 0));

    public static int WholeFrom(int time) => IsWhole(time) ? time : Next(time, 1);

    private static int LoopAfter(int time) => Next(time, 2);

    private int Earliest(Node node)
    {
        int ready = node.Inputs.IsEmpty ? Always : node.Inputs.Max(i => _times[i]);
        if (node.Inputs.IsEmpty || (ready == Always && Scope.IsView(node) && node.Op is not Item))
        {
            return Always;
        }

        // What is dropped of a matrix is drawn before the stages, or by everybody who reads it.
        if (node.Type.IsSparse)
        {
            return Always;
        }

        return node.Op switch
        {
            _ when BatchSums.Mixes(node) => node.Inputs.Select((x, i) => BatchSums.ReadsOthers(node, i) ? AfterAll(x) : SamplesFrom(_times[x])).Max(),
            Item => ready,
            Repeat repeat when BatchSums.Within(repeat) => LoopAfter(ready),
            _ when BatchSums.IsSum(node) => WholeFrom(SamplesFrom(ready)),
            _ => BatchSums.HasSamples(node) ? SamplesFrom(ready) : WholeFrom(ready),
        };
    }

    /// <summary>The first time of samples at which a value can be read of every sample, not of one's own alone. An input is there from the beginning.</summary>
    private int AfterAll(Node x) => SamplesFrom(x.Op is Input ? Always : WholeFrom(SamplesFrom(_times[x])));

    /// <summary>The first time after this one that is congruent.</summary>
    private static int Next(int time, int kind) => time + 1 + Mod(kind - (time + 1));

    private static int Mod(int value) => ((value % 3) + 3) % 3;
}
