using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Layers;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Check;

/// <summary>
/// Where parameters come from. In the network itself they are Parameter nodes; in the body of a stack they are inputs
/// of the body, each a slice of a slab that the scope around it supplies. So are the keys of Dropout; and what a step makes
/// of running statistics goes the other way, collected over the copies.
/// </summary>
internal sealed class ParameterScope
{
    /// <summary>Before the name of a size whose lengths a slice is.</summary>
    private const char LengthsMark = '#';

    private readonly ParameterScope? _outer;
    private readonly int _count;
    private readonly int _firstSlice;
    private readonly List<(string Path, Term Slice)> _slices = [];
    private readonly List<(string Path, Term Value)> _updates = [];
    private Size? _nodes;

    public ParameterScope(GraphBuilder graph, Initial initial, bool usesTiles, TrainingScope? training = null)
    {
        Graph = graph;
        Initial = initial;
        UsesTiles = usesTiles;
        Training = training;
        Steps = new StepScope(graph);
        Counts = ImmutableArray<int>.Empty;
    }

    private ParameterScope(ParameterScope outer, int count, int firstSlice)
    {
        Graph = new GraphBuilder();
        _outer = outer;
        _count = count;
        _firstSlice = firstSlice;
        Initial = outer.Initial;
        UsesTiles = outer.UsesTiles;
        Training = outer.Training;
        Steps = new StepScope(Graph, Lengths);
        Counts = outer.Counts.Add(count);
    }

    public GraphBuilder Graph { get; }

    /// <summary>How weights begin that do not say so themselves.</summary>
    public Initial Initial { get; }

    /// <summary>Whether convolutions that do not say so themselves are computed in tiles, where they can be.</summary>
    public bool UsesTiles { get; }

    /// <summary>How many steps there are of each sample's sequences.</summary>
    public StepScope Steps { get; }

    /// <summary>Whether these are the nodes of the network's graphs; the first who asks says which are.</summary>
    public bool IsNodes(Size size) => _outer?.IsNodes(size) ?? (_nodes ??= size) == size;

    /// <summary>The nodes of the network's graphs; null if it has none so far.</summary>
    public Size? Nodes => _nodes;

    /// <summary>Null while predicting.</summary>
    public TrainingScope? Training { get; }

    /// <summary>The values that parameters of this scope have after the step.</summary>
    public IReadOnlyList<(string Path, Term Value)> Updates => _updates;

    /// <summary>How often everything here is repeated, outermost stack first.</summary>
    public ImmutableArray<int> Counts { get; }

    public long Copies => Saturating.Product(Counts.Select(c => (long)c).ToArray());

    /// <summary>The inside of a body repeated count times, whose inputs before firstSlice are not parameters.</summary>
    public ParameterScope Repeated(int count, int firstSlice) => new(this, count, firstSlice);

    /// <summary>The parameter; after an update, its new value.</summary>
    public Term Parameter(string path, Shape shape)
    {
        if (_updates.FirstOrDefault(u => u.Path == path).Value is Term updated)
        {
            return updated;
        }

        if (_outer is null)
        {
            return path[0] == TrainingScope.Mark
                ? Training!.Setting(Graph, path, SettingKind.DropoutKeys, shape)
                : new(Graph, Graph.Add(new Parameter(path, shape)));
        }

        return Slice(path, shape);
    }

    private Term Slice(string path, Shape shape)
    {
        Term? slice = _slices.FirstOrDefault(s => s.Path == path && s.Slice.Shape.Equals(shape)).Slice;
        if (slice is null)
        {
            slice = new(Graph, Graph.Add(new Input(_firstSlice + _slices.Count, path, TensorType.Float(shape))));
            _slices.Add((path, slice));
        }

        return slice;
    }

    /// <summary>The same lengths for every copy.</summary>
    private Term? Lengths(string symbol) =>
        _outer!.Steps.Length(Size.Named(symbol, int.MaxValue)) is { } around ? Slice(LengthsMark + symbol, around.Shape) : null;

    /// <summary>Says what a parameter is after the step.</summary>
    public void Update(string path, Term value)
    {
        _updates.RemoveAll(u => u.Path == path);
        _updates.Add((path, value));
    }

    /// <summary>The slabs the body's parameter inputs are slices of, in the order of those inputs.</summary>
    public ImmutableArray<Term> Slabs() => _slices
        .Select(s => Shape.Of(s.Slice.Shape.Sizes.Insert(0, _count)) is var shape && s.Path[0] == LengthsMark
            ? _outer!.Steps.Length(Size.Named(s.Path.Substring(1), int.MaxValue))!.Over(shape, 1)
            : _outer!.Parameter(s.Path, shape))
        .ToImmutableArray();
}
