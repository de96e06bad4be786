using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Passes;

/// <summary>
/// One walk over a graph that keeps every value as a core and a transpose put off. Operations with a rule work on cores; for
/// the others the transpose is written out at last, once. Parameter-only values are never put off: they are prepared once.
/// </summary>
internal sealed class TransposeSinker
{
    private readonly GraphBuilder _builder = new();
    private readonly Dictionary<Node, LazyView> _views = [];
    private readonly Dictionary<Node, ImmutableArray<LazyView>> _results = [];
    private readonly Dictionary<Graph, LayoutWishes> _knownWishes;

    public TransposeSinker(ParameterOnly isFixed, Dictionary<Graph, LayoutWishes> knownWishes)
    {
        _knownWishes = knownWishes;
        Folding = new FoldingBuilder(_builder);
        Layouts = new LayoutWriter(Folding, isFixed);
        IsFixed = isFixed;
    }

    /// <summary>Of the nodes of the new graph.</summary>
    public ParameterOnly IsFixed { get; }

    public FoldingBuilder Folding { get; }

    public LayoutWriter Layouts { get; }

    /// <param name="graph">What to rebuild.</param>
    /// <param name="inputs">The layouts the inputs come in.</param>
    /// <param name="outputs">The layouts the outputs must have; null where any transposed one will do.</param>
    public SunkGraph Sink(Graph graph, ImmutableArray<Layout> inputs, ImmutableArray<Layout?> outputs)
    {
        LayoutWishes wishes = WishesIn(graph);
        for (int j = 0; j < inputs.Length; j++)
        {
            _views.Add(graph.Inputs[j], InputView(graph.Inputs[j], inputs[j]));
        }

        foreach (Node node in graph.Nodes.Where(n => n.Op is not Input))
        {
            ImmutableArray<LazyView> Operands() => node.Inputs.Select(n => _views[n]).ToImmutableArray();
            if (node.Op is Repeat repeat)
            {
                _results.Add(node, SinkRepeat.Through(this, node, repeat, Operands()));
                continue;
            }

            LazyView view = node.Op is Item item ? _results[node.Inputs[0]][item.Index] : View(node, Operands(), wishes);
            Labels.Keep(node, view.Core);
            _views.Add(node, view);
        }

        var values = graph.Outputs.Select((o, k) => Output(_views[o.Node], outputs[k])).ToImmutableArray();
        Graph sunk = _builder.Build(graph.Outputs.Zip(values, (o, v) => new GraphOutput(o.Name, v.Core)));
        return new SunkGraph(sunk, values.Select(v => v.Layout).ToImmutableArray());
    }

    public LayoutWishes WishesIn(Graph graph) => LayoutWishes.For(graph, _knownWishes);

    public TransposeSinker ForBody(ParameterOnly isFixed) => new(isFixed, _knownWishes);

    private LazyView InputView(Node input, Layout layout)
    {
        var op = (Input)input.Op;
        Node core = _builder.Add(op with { InputType = op.InputType with { Shape = layout.CoreOf(input.Shape) } });
        return new LazyView(Labels.Keep(input, core), layout, input.Shape);
    }

    private LazyView Output(LazyView view, Layout? layout)
    {
        if (layout is null && view.IsTransposed)
        {
            return view;
        }

        Layout target = layout ?? Layout.Natural(view.Shape.Rank);
        return new LazyView(Layouts.Write(view, target), target, view.Shape);
    }

    private LazyView View(Node node, ImmutableArray<LazyView> x, LayoutWishes wishes)
    {
        if (node.Op is Transpose transpose && !(x[0].IsPlain && IsFixed.Contains(x[0].Core)))
        {
            LazyView source = x[0].IsTransposed ? x[0] : LazyView.Of(Layouts.Write(x[0]));
            return LazyView.Transposed(source.Core, Permutation.Then(source.Order, transpose.Permutation));
        }

        if (x.All(v => v.IsPlain))
        {
            return LazyView.Of(Folding.Add(node.Op, x.Select(v => v.Core).ToImmutableArray()));
        }

        return node.Op switch
        {
            Elementwise or Concat => LayoutChoice.Join(this, node.Op, x, wishes.Of(node)),
            Reshape reshape => SinkReshape.Past(this, reshape, x[0]),
            MatMul product => SinkMatMul.Past(this, product, x[0], x[1]),
            _ when x[0].IsTransposed && SinkAxes.Past(Folding, node.Op, x[0]) is { } view => view,
            _ => LazyView.Of(Folding.Add(node.Op, x.Select(v => Layouts.Write(v)).ToImmutableArray())),
        };
    }
}
