using System.Collections.Immutable;
using DeepGen.Generator.Declare;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Layers;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Check;

/// <summary>
/// How many steps each sample has of the sizes that say so. A layer in which steps meet asks here, and leaves out those
/// beyond; to all others they are steps like any. What goes in and what comes out is zero there.
/// </summary>
/// <param name="graph">The graph under way.</param>
/// <param name="around">Of the body of a stack, the lengths outside, as a slice of them.</param>
internal sealed class StepScope(GraphBuilder graph, Func<string, Term?>? around = null)
{
    /// <summary>Less than any value is, for what must not be the largest.</summary>
    private const float LeastOfAll = -1e30f;

    private readonly Dictionary<string, Term?> _lengths = [];

    /// <summary>A number for each sample, [B]; null if all samples have all steps.</summary>
    public Term? Length(Size size)
    {
        if (!size.IsOpen || size.Offset != 0)
        {
            return null;
        }

        if (!_lengths.TryGetValue(size.Symbol!, out Term? length))
        {
            length = around?.Invoke(size.Symbol!);
            _lengths.Add(size.Symbol!, length);
        }

        return length;
    }

    public bool IsRagged(Shape shape) => shape.Any(s => Length(s) is not null);

    /// <summary>The value, and a number beyond the last step of each sample.</summary>
    public Term Within(Term x, float beyond = 0)
    {
        for (int axis = 0; axis < x.Shape.Rank; axis++)
        {
            if (Length(x.Shape[axis]) is { } length)
            {
                x = Exists(x.Shape, axis, length).Apply(new Select(), x, x.Filled(beyond));
            }
        }

        return x;
    }

    /// <summary>1 for each step there is along an axis, else 0.</summary>
    public Term Exists(Shape shape, int axis, Term length) =>
        new Term(graph, graph.Add(new Positions(shape[axis]))).Over(shape, axis).Apply(new Compare(Comparison.Less), length.Over(shape, shape.Sizes.IndexOf(Size.Batch)));

    /// <summary>The sum along axes, of the steps there are.</summary>
    public Term Sum(Term x, params int[] axes) => (axes.Any(a => Length(x.Shape[a]) is not null) ? Within(x) : x).Sum(axes);

    /// <summary>The largest along axes, of the steps there are.</summary>
    public Term Max(Term x, params int[] axes) => (axes.Any(a => Length(x.Shape[a]) is not null) ? Within(x, LeastOfAll) : x).Max(axes);

    /// <summary>The mean along axes, of the steps there are.</summary>
    public Term Mean(Term x, params int[] axes)
    {
        int[] ragged = axes.Where(a => Length(x.Shape[a]) is not null).ToArray();
        if (ragged.Length == 0)
        {
            return x.Mean(axes);
        }

        Term sum = Within(x).Sum(ragged);
        sum = ragged.Aggregate(sum, (y, a) => y / Length(x.Shape[a])!.Over(y.Shape, y.Shape.Sizes.IndexOf(Size.Batch)));
        return sum.Mean(axes.Except(ragged).Select(a => a - ragged.Count(r => r < a)).ToArray());
    }

    /// <summary>The inputs of a network, those that say lengths being read first.</summary>
    public ImmutableArray<Term?> Within(ModuleSpec module, IEnumerable<Term?> inputs)
    {
        ImmutableArray<Term?> all = inputs.ToImmutableArray();
        for (int i = 0; i < all.Length; i++)
        {
            if (module.Inputs[i].Ends is { Length: > 0 } symbol && all[i] is { } lengths)
            {
                // Whole numbers become floats by a table of all there are.
                int count = module.Inputs[i].Longest + 1;
                Term table = new Term(graph, graph.Add(new Positions(count))).Reshape(Shape.Of(count, 1));
                _lengths[symbol] = table.Apply(new Gather(), lengths).Reshape(Shape.Of(Size.Batch));
            }
        }

        return Within(all);
    }

    public ImmutableArray<Term?> Within(ImmutableArray<Term?> values) =>
        values.Select(v => v is { Node.Type.Element: ElementType.Float32 } ? Within(v) : v).ToImmutableArray();
}
