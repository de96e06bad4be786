using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Lower;

/// <summary>
/// Graph to kernels. Layout operations become views; elementwise chains are computed inside the kernel that produces or
/// consumes them; every other value gets a buffer. Kernels come out in the order of the graph.
/// </summary>
internal sealed partial class GraphLowering(WeightTable? weights, IReadOnlyDictionary<string, string> layers)
{
    private readonly WeightTable? _weights = weights;
    private readonly IReadOnlyDictionary<string, string> _layers = layers;
    private readonly List<Buffer> _buffers = [];
    private readonly List<IReadOnlyList<float>> _constants = [];
    private List<Statement> _statements = [];
    private LossGuard? _guard;
    private Occasion _occasion;
    private int _repeats;

    /// <summary>Lowers a program whose outputs go to the given places, over weights that the table prepares.</summary>
    /// <param name="layers">The kind of layer behind a label, for the reader.</param>
    /// <param name="isOwn">Whether an input is memory of ours, in which a stream keeps something.</param>
    public static LoweredProgram Lower(
        Graph graph, WeightTable weights, IReadOnlyList<View> outputs, IReadOnlyDictionary<string, string> layers, Func<Node, bool>? isOwn = null) =>
        Lower(graph, new GraphLowering(weights, layers), outputs, null, isOwn);

    /// <summary>Lowers the program that prepares the weights, from parameters as the user knows them.</summary>
    public static LoweredProgram LowerPrepare(Graph graph, WeightTable table, IReadOnlyDictionary<string, View> parameters) =>
        Lower(
            graph,
            new GraphLowering(null, new Dictionary<string, string>()),
            table.Requests.Select(r => r.Target).ToList(),
            parameters,
            whereNarrow: table.Requests.Select(r => r.Narrow).ToList());

    private static LoweredProgram Lower(
        Graph graph,
        GraphLowering lowering,
        IReadOnlyList<View> outputs,
        IReadOnlyDictionary<string, View>? parameters,
        Func<Node, bool>? isOwn = null,
        IReadOnlyList<View?>? whereNarrow = null)
    {
        SampleSeparation.Verify(graph);
        WeightTable? weights = lowering._weights;
        var scope = new Scope(graph);
        for (int i = 0; i < graph.Inputs.Length; i++)
        {
            if (graph.Inputs[i].Type.IsSparse)
            {
                scope.Matrices[graph.Inputs[i]] = graph.Inputs[i].Op;
                continue;
            }

            Shape shape = graph.Inputs[i].Shape;
            var buffer = new Buffer(Memory.Input, i, shape.ConstantLength)
            {
                HasSamples = true,
                SampleStride = shape.ConstantLength,
                HasSlack = isOwn?.Invoke(graph.Inputs[i]) ?? false,
            };
            scope.Views[graph.Inputs[i]] = View.Dense(buffer, shape, paddedRows: false);
        }

        foreach (Node leaf in graph.Nodes.Where(n => n.Op is Parameter or Constant))
        {
            if (weights is not null)
            {
                scope.Weights[leaf] = new WeightValue(leaf, ImmutableArray<LoopVariable>.Empty);
            }
            else if (leaf.Op is Parameter parameter)
            {
                scope.Views[leaf] = parameters![parameter.Path];
            }
        }

        lowering.LowerScope(scope, outputs, whereNarrow);
        List<Statement> statements = SampleLoops.Wrap(lowering._statements, graph.Inputs.Length > 0);
        JoinMaps.Run(statements);
        JoinRows.Run(statements);
        Bands.Run(statements, lowering._buffers);
        PooledProducts.Run(statements);
        int chunk = MemoryPlan.ChooseChunk(statements, lowering._buffers);
        long length = MemoryPlan.Assign(statements, lowering._buffers, chunk);
        return new LoweredProgram(statements, lowering._buffers, lowering._constants, length, chunk);
    }

    /// <param name="outputs">Where the results go.</param>
    /// <param name="whereNarrow">Where else they go if registers are narrow: null where to the same places.</param>
    private void LowerScope(Scope scope, IReadOnlyList<View> outputs, IReadOnlyList<View?>? whereNarrow = null)
    {
        Dictionary<Node, View> places = scope.Places;
        for (int i = 0; i < outputs.Count; i++)
        {
            Node node = scope.Graph.Outputs[i].Node;
            View? narrow = whereNarrow?[i];
            bool mayLieThere = scope.IsSingleUse(node) || MayBeReadIn(outputs[i], scope.BorderOf(node));
            bool isBornThere = narrow is null && HasKernel(node) && node.Op is not (Remember or RememberAll);
            if (mayLieThere && (isBornThere || IsCollected(node)) && !IsGrowing(node) && !places.ContainsKey(node))
            {
                places[node] = outputs[i];
                if (narrow is not null)
                {
                    scope.WhereNarrow[node] = narrow;
                }
            }
        }

        PlaceParts(scope, places);
        foreach (Node node in scope.Graph.Nodes)
        {
            if (node.Op is Repeat)
            {
                LowerRepeat(scope, node);
            }
            else if (HasKernel(node) && !IsGrowing(node) && !scope.IsDeferred(node) && !scope.Views.ContainsKey(node) && !IsPutOff(node, places))
            {
                Materialise(scope, node, places.TryGetValue(node, out View place) ? place : null);
            }
        }

        for (int i = 0; i < outputs.Count; i++)
        {
            Node node = scope.Graph.Outputs[i].Node;
            if (IsGrowing(node))
            {
                As(_guard is not null && _guard.IsIdle(node) ? Occasion.Target : Occasion.Always, () => Accumulate(scope, node, outputs[i]));
            }
            else if (!places.TryGetValue(node, out View place) || place != outputs[i])
            {
                Copy(scope, node, outputs[i]);
                if (whereNarrow?[i] is { } narrow)
                {
                    NestKernel wide = TakeLast();
                    Copy(scope, node, narrow);
                    Emit(wide.OrWhereNarrow(TakeLast()));
                }
            }
        }

        // A copy is one kernel, after those that compute what it reads.
        NestKernel TakeLast()
        {
            var kernel = (NestKernel)((KernelStatement)_statements[_statements.Count - 1]).Kernel;
            _statements.RemoveAt(_statements.Count - 1);
            return kernel;
        }
    }

    private static bool IsCollected(Node node) => node.Op is Item item && item.Index >= ((Repeat)node.Inputs[0].Op).Carried;

    private static bool MayBeReadIn(View place, Border border) =>
        place.Buffer.IsReadable && (place.Buffer.Memory != Memory.Workspace || place.Frame.Contains(border));

    /// <summary>Winners are put in their places only if somebody reads the places, not the list of winners.</summary>
    private static bool IsPutOff(Node node, Dictionary<Node, View> places) => node.Op is PlaceWinners && !places.ContainsKey(node);

    private static bool HasKernel(Node node) =>
        !Scope.IsView(node) && !node.Type.IsSparse
        && node.Op is not (Input or Parameter or Constant or Extent { Of.IsBatch: true } or Positions or Repeat);

    /// <summary>Computes a node that has a kernel, into the given place or a buffer of its own.</summary>
    private View Materialise(Scope scope, Node node, View? into)
    {
        if (node.Op is Remember remember)
        {
            // The row goes where it will be found the next time; the value is all rows there.
            View past = ViewOf(scope, node.Inputs[0]);
            PlacePart(scope, node.Inputs[1], past.RowAt(remember.Axis, remember.Time));
            return scope.Views[node] = past;
        }

        if (node.Op is RememberAll)
        {
            Copy(scope, node.Inputs[1], ViewOf(scope, node.Inputs[0]));
            return scope.Views[node] = ViewOf(scope, node.Inputs[1]);
        }

        bool isIdle = _guard is not null && _guard.IsIdle(node);
        View target = As(isIdle ? Occasion.Target : Occasion.Always, () => Compute(scope, node, into));
        if (isIdle && _guard!.IsZeroThen(node))
        {
            As(Occasion.NoTarget, () => Fill(node, node.Shape, target, 0));
        }

        return target;
    }

    private View Compute(Scope scope, Node node, View? into)
    {
        View target = into ?? Rearranged(scope, node) ?? NewPlace(scope, node);
        switch (node.Op)
        {
            case Elementwise:
                MaterialiseExpression(scope, node, target);
                break;
            case var _ when Scope.IsHeavy(node):
                MaterialiseHeavy(scope, node, new AccumulatorExpression(), node, target);
                break;
            case Concat concat:
                int start = 0;
                foreach (Node part in node.Inputs)
                {
                    PlacePart(scope, part, target.Slice(concat.Axis, start, 1) with { PaddedRows = false });
                    start += part.Shape[concat.Axis].Value;
                }

                break;
            case Pad pad:
                View interior = target with { PaddedRows = false };
                for (int axis = 0; axis < node.Shape.Rank; axis++)
                {
                    interior = pad.Before[axis] == 0 ? interior : interior.Slice(axis, pad.Before[axis], 1);
                }

                FillAround(node, node.Inputs[0].Shape, interior, pad);
                PlacePart(scope, node.Inputs[0], interior with { PaddedRows = false });
                break;
            case PlaceWinners winners:
                LowerPlaceWinners(scope, node, winners, target);
                break;
            case Extent extent:
                Emit(new SizeKernel(Title(node), target, extent.Of));
                break;
            case Gather:
                LowerGather(scope, node, target);
                break;
            case ScatterAdd:
                LowerScatterAdd(scope, node, target);
                break;
            case EdgeSum or EdgeLogSum:
                LowerEdges(scope, node, target);
                break;
            case Noise:
                View row = target.Strides[target.Strides.Length - 1] == 1 || node.Shape.Rank == 1 ? target : NewView(node.Shape, default);
                Emit(new NoiseKernel(Title(node), row.OfOneSample(node.Shape), Extents(node.Shape), ViewOf(scope, node.Inputs[0])));
                if (row != target)
                {
                    EmitNest(Title(node), node.Shape, target, Shape.Scalar, null, new LoadExpression(row.OfOneSample(node.Shape)), null);
                }

                break;
            default:
                throw new IrException($"No kernel for {node.Op.Name}.");
        }

        scope.Views[node] = target;
        return target;
    }

    private void PlacePart(Scope scope, Node part, View place)
    {
        if (scope.IsDeferred(part))
        {
            Materialise(scope, part, place);
        }
        else if (!IsInPlace(scope, part, place))
        {
            Copy(scope, part, place);
        }
    }

    private void Copy(Scope scope, Node node, View target)
    {
        if (!CopyMoved(scope, node, target))
        {
            EmitNest(Title(node), node.Shape, target, Shape.Scalar, null, Leaf(scope, node), null);
        }
    }

    private void Emit(Kernel kernel) => _statements.Add(new KernelStatement(kernel) { Occasion = _occasion });

    /// <summary>Kernels emitted meanwhile are called in a loop.</summary>
    private void EmitLoop(LoopVariable counter, Size times, string comment, Action emit)
    {
        List<Statement> outside = _statements;
        _statements = [];
        emit();
        outside.Add(new LoopStatement(counter, times, comment, _statements));
        _statements = outside;
    }

    /// <summary>Kernels emitted meanwhile are for those samples.</summary>
    private View As(Occasion occasion, Func<View> emit)
    {
        Occasion before = _occasion;
        _occasion = occasion;
        View result = emit();
        _occasion = before;
        return result;
    }

    private void As(Occasion occasion, Action emit)
    {
        Occasion before = _occasion;
        _occasion = occasion;
        emit();
        _occasion = before;
    }

    private void LowerGather(Scope scope, Node node, View target)
    {
        Node table = node.Inputs[0];
        Node index = node.Inputs[1];
        int indexRank = index.Shape.Count(s => !s.IsBatch);
        ImmutableArray<Size> extents = Extents(node.Shape);
        Emit(new GatherKernel(
            Title(node),
            target.OfOneSample(node.Shape),
            extents.Take(indexRank).ToImmutableArray(),
            ViewOf(scope, index).OfOneSample(index.Shape),
            ViewOf(scope, table),
            table.Shape[0].Value,
            extents.Skip(indexRank).ToImmutableArray()));
    }

    private void LowerScatterAdd(Scope scope, Node node, View target)
    {
        (Node index, Node a) = (node.Inputs[0], node.Inputs[1]);
        int columns = (int)node.Shape.ConstantLength / node.Shape[0].Value;
        Size rows = index.Shape.Single(s => !s.IsBatch);
        View ids = ViewOf(scope, index), added = ViewOf(scope, a);
        View? sources = added.Reshape(a.Shape, Shape.Of(a.Shape[0], rows, columns));
        View? place = target.Reshape(node.Shape, Shape.Of(node.Shape[0], columns));
        if (sources is null || sources.Strides[2] != 1 || place is null || place.Strides[1] != 1)
        {
            throw new IrException($"{node} adds up rows that do not lie in one piece.");
        }

        Emit(new ScatterKernel(Title(node), place, node.Shape[0].Value, columns, rows, ids, sources));
    }

    private static ImmutableArray<Size> Extents(Shape shape) => shape.Where(s => !s.IsBatch).ToImmutableArray();

    private string Title(Node node) => Title([node]);

    /// <summary>The layers in a kernel; operations that belong to no layer are named only where there is no layer.</summary>
    private string Title(IEnumerable<Node> nodes)
    {
        List<Node> all = nodes.ToList();
        IEnumerable<string> labels = all.Where(n => n.Label is not null)
            .Select(n => _layers.TryGetValue(n.Label!, out string layer) ? $"{layer} {n.Label}" : n.Label!)
            .Distinct();
        string named = string.Join(", ", labels);
        string product = string.Join(", ", all.Where(Scope.IsHeavy).Select(n => n.Op.Name));
        return (named.Length, product.Length) switch
        {
            (0, _) => string.Join(", ", all.Select(n => n.Op.Name).Distinct()),
            (_, 0) => named,
            _ => $"{product}: {named}",
        };
    }
}
