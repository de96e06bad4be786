using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Passes;

namespace DeepGen.Generator.Lower;

/// <summary>
/// Cuts a program with sums over the batch into stages. Stages are put together last to first: what one reads, an earlier one is
/// asked to leave behind.
/// </summary>
internal sealed partial class StagePlanner
{
    private readonly Graph _graph;
    private readonly StageMemory _memory;
    private readonly StageTimes _times;
    private readonly Recomputing _recomputing;
    private readonly Dictionary<Node, View> _views;
    private readonly Dictionary<Node, WeightValue> _weights;
    private readonly Dictionary<Node, Border> _borders = [];
    private readonly Dictionary<Node, int> _users = [];
    private readonly Dictionary<Node, View> _rows = [];
    private readonly Dictionary<(Node Repeat, int Index), View> _halves = [];
    private readonly SortedDictionary<int, List<(Node Node, View Place)>> _asked = [];
    private readonly int _depth;

    /// <param name="graph">The program, or a loop's body.</param>
    /// <param name="memory">Where values lie that outlive a stage.</param>
    /// <param name="views">Where the inputs lie.</param>
    /// <param name="weights">The inputs that are prepared weights.</param>
    /// <param name="depth">How many loops are around it.</param>
    public StagePlanner(Graph graph, StageMemory memory, Dictionary<Node, View> views, Dictionary<Node, WeightValue> weights, int depth)
    {
        (_graph, _memory, _views, _weights, _depth) = (graph, memory, views, weights, depth);
        _times = new StageTimes(graph);
        _recomputing = new Recomputing(_times, KeptAnyway(graph));
        foreach (Node node in graph.Inputs.Concat(graph.Nodes).Distinct())
        {
            _recomputing.Visit(node);
            foreach (Node input in node.Inputs)
            {
                _users[input] = (_users.TryGetValue(input, out int n) ? n : 0) + 1;
            }

            if (Border.Around(node) is { } border)
            {
                Node x = node.Inputs[0];
                _borders[x] = border.Union(_borders.TryGetValue(x, out Border known) ? known : default);
            }
        }

        foreach (GraphOutput output in graph.Outputs)
        {
            _users[output.Node] = (_users.TryGetValue(output.Node, out int n) ? n : 0) + 1;
        }
    }

    /// <summary>
    /// Over a graph the factors of products whose depth is the batch, and what neighbours read: samples cross many stages there, each of
    /// which does little, so that a place read more is cheaper than a pass more.
    /// </summary>
    private static HashSet<Node> KeptAnyway(Graph graph)
    {
        var kept = new HashSet<Node>();
        if (!graph.Nodes.Any(BatchSums.Mixes))
        {
            return kept;
        }

        foreach (Node node in graph.Nodes.Where(n => BatchSums.IsProduct(n) || BatchSums.Mixes(n)))
        {
            kept.UnionWith(node.Inputs.Where(BatchSums.HasSamples).Select(x => x.Op is Transpose ? x.Inputs[0] : x));
        }

        return kept;
    }

    /// <summary>The stages in the order in which they run; output k goes to place k.</summary>
    public IReadOnlyList<Stage> Plan(IReadOnlyList<View> outputs)
    {
        for (int k = 0; k < outputs.Count; k++)
        {
            Deliver(_graph.Outputs[k].Node, outputs[k]);
        }

        var stages = new List<Stage>();
        while (_asked.Count > 0)
        {
            int time = _asked.Keys.Last();
            List<(Node Node, View Place)> asked = TakeAsked(time);
            if (StageTimes.IsSamples(time))
            {
                if (CanSumApart(time, asked))
                {
                    stages.Add(SumsApart(asked));
                    asked = asked.Where(a => !IsGrown(a.Node)).Concat(TakeAsked(time)).Distinct().ToList();
                }

                stages.Add(Samples(time, asked));
            }
            else if (StageTimes.IsWhole(time))
            {
                stages.Add(new WholeStage(Compose(time, isSamples: false, asked)));
            }
            else
            {
                stages.AddRange(asked.Select(a => a.Node).Distinct().Select(Loop));
            }
        }

        stages.Reverse();
        return stages;
    }

    /// <summary>Has a value put into a place: computed there, if nothing speaks against it, else copied.</summary>
    private void Deliver(Node node, View place)
    {
        while (_users[node] == 1 && place.Buffer.IsReadable && !_times.IsFree(node) && Under(node, place) is { } under)
        {
            (node, place) = (node.Inputs[0], under);
        }

        bool isLoopResult = node.Op is Item && IsStaged(node.Inputs[0]);
        bool mayLieThere = !_times.IsFree(node) && !_views.ContainsKey(node) && place.Buffer.IsReadable && !IsGrown(node);
        if (isLoopResult)
        {
            var repeat = (Repeat)node.Inputs[0].Op;
            mayLieThere &= ((Item)node.Op).Index >= repeat.Carried;
        }

        if (mayLieThere)
        {
            _views.Add(node, place);
            Ask(isLoopResult ? node.Inputs[0] : node, place, _times[node]);
        }
        else
        {
            Copy(node, place);
        }
    }

    private void Ask(Node node, View place, int time)
    {
        if (!_asked.TryGetValue(time, out List<(Node Node, View Place)> asked))
        {
            _asked.Add(time, asked = []);
        }

        if (!asked.Contains((node, place)))
        {
            asked.Add((node, place));
        }
    }

    private List<(Node Node, View Place)> TakeAsked(int time)
    {
        List<(Node Node, View Place)> asked = _asked.TryGetValue(time, out List<(Node Node, View Place)> known) ? known : [];
        _asked.Remove(time);
        return asked;
    }

    private static bool IsStaged(Node repeat) => BatchSums.Within((Repeat)repeat.Op);

    private static bool IsGrown(Node node) => BatchSums.IsSum(node) && !BatchSums.IsProduct(node);

    /// <summary>Where a value lies that another stage reads; whoever computes it is asked to put it there.</summary>
    private View PlaceOf(Node node)
    {
        if (_views.TryGetValue(node, out View place))
        {
            return place;
        }

        if (Scope.IsView(node) && node.Op is not Item && _views.TryGetValue(node.Inputs[0], out View source) && Seen(node, source) is { } seen)
        {
            return seen;
        }

        // What a loop has collected is read backwards where it lies.
        if (node is { Op: Reverse } && node.Inputs[0].Op is Item && Seen(node, PlaceOf(node.Inputs[0])) is { } backwards)
        {
            _views[node] = backwards;
            return backwards;
        }

        bool isLoopResult = node.Op is Item && IsStaged(node.Inputs[0]);
        if (isLoopResult && ((Item)node.Op).Index < ((Repeat)node.Inputs[0].Op).Carried)
        {
            place = CarriedResult(node);
        }
        else
        {
            _borders.TryGetValue(node, out Border border);
            place = BatchSums.HasSamples(node) ? _memory.NewKept(node.Shape, border)
                : IsGrown(node) ? NewSum(node)
                : _memory.NewValue(node.Shape);
        }

        _views[node] = place;
        if (isLoopResult)
        {
            Ask(node.Inputs[0], place, _times[node]);
        }
        else if (IsGrown(node))
        {
            Ask(node, place, _times[node] - 1);
        }
        else
        {
            Copy(node, place);
        }

        return place;
    }

    /// <summary>Winners are listed in the stage that computes them, and nowhere else.</summary>
    private View NewSum(Node node) => LiveChoice.PaysForFilters(node) && _times[node.Inputs[1]] == _times[node] - 1
        ? StageMemory.NewSumByOutput(node.Shape)
        : StageMemory.NewSum(node.Shape);

    /// <summary>
    /// Where a factor of a product lies whose rows are samples, read by whole vectors: what the caller passed ends where it
    /// ends, so that ragged rows of it are copied first.
    /// </summary>
    private View RowsOf(Node node)
    {
        View view = PlaceOf(node);
        int last = node.Shape.Rank - 1;
        if (!BatchSums.HasSamples(node) || node.Type.Element == ElementType.Int32
            || (view.Strides[last] == 1 && (view.Buffer.MayOverread || node.Shape[last].Value % Lanes.Count == 0)))
        {
            return view;
        }

        if (!_rows.TryGetValue(node, out View copy))
        {
            _rows.Add(node, copy = _memory.NewKept(node.Shape, default));
            Copy(node, copy);
        }

        return copy;
    }

    /// <summary>
    /// A permuted, reversed or reshaped value is its operand in a place seen the other way round; but a product's columns lie side by side.
    /// </summary>
    private static View? Under(Node node, View place) => node.Op switch
    {
        Reshape => place.Reshape(node.Shape, node.Inputs[0].Shape),
        Transpose transpose when !BatchSums.IsProduct(node.Inputs[0]) => place.Permute(Permutation.Inverse(transpose.Permutation).Items),
        Reverse reverse when !BatchSums.IsProduct(node.Inputs[0]) => place.Reverse(reverse.Axis, node.Shape[reverse.Axis]),
        _ => null,
    };

    private static View? Seen(Node node, View source) => node.Op switch
    {
        Transpose transpose => source.Permute(transpose.Permutation.Items),
        Broadcast broadcast when source.BatchAxis >= 0 || !BatchSums.HasSamples(node) => source.Broadcast(node.Shape.Rank, broadcast.Axes),
        Slice slice => source.Slice(slice.Axis, slice.Start, slice.Step),
        Reverse reverse => source.Reverse(reverse.Axis, node.Shape[reverse.Axis]),
        Reshape => source.Reshape(node.Inputs[0].Shape, node.Shape),
        _ => null,
    };

    private SampleStage Samples(int time, List<(Node Node, View Place)> asked) =>
        Growing(asked, places => Compose(time, isSamples: true, places));

    /// <summary>The sums that grow in a stage lie side by side, so that the areas of the parts can be added up in one go.</summary>
    private SampleStage Growing(List<(Node Node, View Place)> asked, Func<List<(Node, View)>, StageGraph> compose)
    {
        long start = _memory.ValuesLength;
        var places = new List<(Node, View)>();
        foreach ((Node node, View place) in asked)
        {
            if (!IsGrown(node))
            {
                places.Add((node, place));
                continue;
            }

            _memory.Place(place.Buffer);
            places.Add((node, place with { Buffer = new Buffer(Memory.Sums, 0, place.Buffer.Length) { Offset = place.Buffer.Offset - start } }));
        }

        // What the stage reads gets its place after them.
        long length = _memory.ValuesLength - start;
        return new SampleStage(compose(places), start, length);
    }

    private StageGraph Compose(int time, bool isSamples, List<(Node Node, View Place)> asked)
    {
        var import = new StageImport(time, isSamples, _times, _recomputing, isSamples ? PlaceOf : RowsOf, RowsOf, _weights);
        List<Node> roots = asked.Select(a => a.Node).ToList();
        List<View> places = asked.Select(a => a.Place).ToList();
        Graph graph = import.Build(roots);
        if (!isSamples)
        {
            // A product that is rearranged afterwards gets a place that outlives its stage, so that threads can share it.
            foreach (Node product in graph.Nodes.Where(BatchSums.IsProduct).Except(graph.Outputs.Select(o => o.Node)).ToList())
            {
                graph = new Graph(graph.Inputs, graph.Outputs.Add(new GraphOutput(FormattableString.Invariant($"{graph.Outputs.Length}"), product)));
                places.Add(_memory.NewValue(product.Shape));
            }
        }

        return new StageGraph(isSamples, graph, import.Views, import.Weights, places) { Matrices = import.Matrices };
    }

    /// <summary>Has a copy of a value put into a place.</summary>
    private void Copy(Node node, View place) =>
        Ask(node, place, BatchSums.HasSamples(node) ? StageTimes.SamplesFrom(_times[node]) : StageTimes.WholeFrom(_times[node]));
}
