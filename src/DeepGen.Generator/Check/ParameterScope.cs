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
    private readonly ParameterScope? _outer;
    private readonly int _count;
    private readonly int _firstSlice;
    private readonly List<(string Path, Term Slice)> _slices = [];
    private readonly List<(string Path, Term Value)> _updates = [];

    public ParameterScope(GraphBuilder graph, Initial initial, bool usesTiles, TrainingScope? training = null)
    {
        Graph = graph;
        Initial = initial;
        UsesTiles = usesTiles;
        Training = training;
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
        Counts = outer.Counts.Add(count);
    }

    public GraphBuilder Graph { get; }

    /// <summary>How weights begin that do not say so themselves.</summary>
    public Initial Initial { get; }

    /// <summary>Whether convolutions that do not say so themselves are computed in tiles, where they can be.</summary>
    public bool UsesTiles { get; }

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

        Term? slice = _slices.FirstOrDefault(s => s.Path == path && s.Slice.Shape.Equals(shape)).Slice;
        if (slice is null)
        {
            slice = new(Graph, Graph.Add(new Input(_firstSlice + _slices.Count, path, TensorType.Float(shape))));
            _slices.Add((path, slice));
        }

        return slice;
    }

    /// <summary>Says what a parameter is after the step.</summary>
    public void Update(string path, Term value)
    {
        _updates.RemoveAll(u => u.Path == path);
        _updates.Add((path, value));
    }

    /// <summary>The slabs the body's parameter inputs are slices of, in the order of those inputs.</summary>
    public ImmutableArray<Term> Slabs() => _slices
        .Select(s => _outer!.Parameter(s.Path, Shape.Of(s.Slice.Shape.Sizes.Insert(0, _count))))
        .ToImmutableArray();
}
